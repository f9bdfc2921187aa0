"""Measure what we promise: ``python -m tests.bench [AREA…]`` prints one JSON object a line.

Each area is a module of that name here with a ``measure()`` that yields :class:`Result`.
"""

import importlib
import os
import sys

AREAS = (
    "start",
    "package",
    "suggest",
    "model",
    "stance",
    "view",
    "acts",
    "work",
    "gold",
    "library",
    "import",
    "history",
    "corpus",
    "quality",
)


def main() -> int:
    """Run the areas asked for, or all; the exit code tells of unknown areas, not missed goals."""
    wanted = sys.argv[1:] or os.environ.get("ONLY", "").split() or AREAS
    if unknown := set(wanted) - set(AREAS):
        sys.stderr.write(f"no area {', '.join(unknown)}; there are {', '.join(AREAS)}\n")
        return 2
    for area in wanted:
        for result in importlib.import_module(f"tests.bench.{area}").measure():
            sys.stdout.write(result.to_json() + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
