"""Plain files that travel with the program, and one function that finds them."""

from pathlib import Path

_ROOT = Path(__file__).parent


def path(*parts: str) -> Path:
    """Return the path of a bundled file or folder, such as ``path("samples")``.

    Raises:
        FileNotFoundError: if nothing of that name is bundled.
    """
    found = _ROOT.joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(f"{'/'.join(parts)} is not among the bundled resources")
    return found
