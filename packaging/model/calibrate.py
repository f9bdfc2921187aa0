"""Count how often each kind of mention is right on held-out articles: the scores of suggestions.

    python packaging/model/calibrate.py --data ../shared/data

Writes ``resources/model/scores.json``: label → standing → share that was exactly right (see
:mod:`desktop.suggest.scores`). Each share is drawn toward its label's own by ten imagined mentions,
so that few counts make no bold claim. Prints how far the scores are off on the other half.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # the project, when run from anywhere

from articles import joined
from evaluate import conformed
from records import read

from db.values import Span
from desktop.suggest.entities import find_standings
from desktop.suggest.pipeline import load
from resources import path

HELD_OUT = ("gmb.dev", "gum_other.dev")
_IMAGINED = 10

Judged = tuple[str, str, bool]  # label, standing, right


def judged(data: Path) -> Iterator[Judged]:
    """Yield every mention suggested in the held-out articles, with whether it is right."""
    nlp = load(None)
    for name in HELD_OUT:
        for record in map(conformed, joined(read(data / "ner" / f"{name}.jsonl.gz"))):
            gold = set(record.spans)
            for mention, standing in find_standings(nlp, record.text, [Span(0, len(record.text))]):
                start, end = mention.span.start, mention.span.end
                right = (start, end, mention.label) in gold
                if right or not any(start < e and s < end for s, e in record.ignore):
                    yield mention.label, standing, right


def shares(mentions: Iterable[Judged]) -> dict[str, dict[str, float]]:
    """Return label → standing → smoothed share of right ones."""
    seen: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for label, standing, right in mentions:
        seen[label][standing].append(right)
    table: dict[str, dict[str, float]] = {}
    for label, by_standing in sorted(seen.items()):
        every = [right for rights in by_standing.values() for right in rights]
        usual = (sum(every) + 1) / (len(every) + 2)
        table[label] = {
            standing: round((sum(rights) + _IMAGINED * usual) / (len(rights) + _IMAGINED), 3)
            for standing, rights in sorted(by_standing.items())
        }
    return table


def calibration_error(table: dict[str, dict[str, float]], mentions: Iterable[Judged]) -> float:
    """Return the expected calibration error over ten bins, 0 to 1."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for label, standing, right in mentions:
        score = table.get(label, {}).get(standing, 0.5)
        bins[min(9, int(score * 10))].append((score, right))
    total = sum(map(len, bins.values()))
    return sum(
        abs(sum(score for score, _ in found) - sum(right for _, right in found)) / total
        for found in bins.values()
    )


def main() -> int:
    """Count, check on halves, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    mentions = list(judged(parser.parse_args().data))
    error = calibration_error(shares(mentions[::2]), mentions[1::2])
    file = path("model") / "scores.json"
    file.write_text(json.dumps(shares(mentions), indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"mentions": len(mentions), "calibration_error": round(error, 4)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
