"""Score the pipeline beside another and write the model card's tables.

    python packaging/model/card.py --data ../shared/data --beside build/first --out resources/model

The card is ``card.md`` here with the tables put in. Nothing that is scored was trained on.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # the project, when run from anywhere

from reader_card import sides, syntax

from desktop.suggest.evaluation.evaluate import evaluate
from desktop.suggest.pipeline import load

if TYPE_CHECKING:
    from spacy.language import Language

FILES = {
    "gmb.test": "radio news, silver",
    "gum_other.test": "mixed genres",
    "crossner_politics.dev": "encyclopaedia, politics",
    "redocred.test": "encyclopaedia",
    "wikigold.all": "encyclopaedia",
}
LABELS = ("names", "names_places_apart", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "LAW")
HEAD = ("names", "places apart", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "LAW")


def figures(nlp: Language, data: Path, *, plain: bool) -> dict[str, dict[str, Any]]:
    """Return what :func:`evaluate` says of each test file."""
    return {name: evaluate(nlp, data / "ner" / f"{name}.jsonl.gz", plain=plain) for name in FILES}


def row(called: str, found: dict[str, Any]) -> str:
    """Return a line of the table of F scores."""
    labels = found["labels"]
    cells = [f"{labels[label]['f']:.1f}" if _told(labels, label) else "–" for label in LABELS]
    return f"| {called} | {' | '.join(cells)} |"


def _told(labels: dict[str, dict[str, float]], label: str) -> bool:
    return label in labels and labels[label]["gold"] > 0


def tables(ours: dict[str, Any], plain: dict[str, Any], beside: dict[str, Any] | None) -> str:
    """Return the tables in Markdown: F per label, then calibration and speed."""
    lines = [f"| F | {' | '.join(HEAD)} |", f"|---|{'---|' * len(HEAD)}"]
    for name, about in FILES.items():
        lines.append(row(f"**{name}** ({about})", ours[name]))
        lines.append(row("… network alone", plain[name]))
        if beside:
            lines.append(row("… first pipeline (CNN), same rules", beside[name]))
    lines += [
        "",
        "| | precision, recall of names | overlapping, F | calibration error, names "
        "| calibration error, all | right of those ≥ 0.9 | words a second |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in FILES:
        names, sure = ours[name]["labels"]["names"], ours[name]["calibration"]
        lines.append(
            f"| {name} | {names['p']:.1f}, {names['r']:.1f} | {names['overlap_f']:.1f} "
            f"| {sure['names_error']:.3f} | {sure['error']:.3f} "
            f"| {100 * sure['right_of_those']:.1f} % of {sure['at_0.9_or_more']:,} "
            f"| {ours[name]['words_per_second']:,} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Score and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--beside", type=Path, help="another pipeline's folder")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    ours = load(None)
    beside = figures(load(str(given.beside)), given.data, plain=False) if given.beside else None
    found = tables(
        figures(ours, given.data, plain=False), figures(ours, given.data, plain=True), beside
    )
    made = {
        "{tables}": found,
        "{sides}": sides(ours, given.data),
        "{syntax}": syntax(ours, given.data),
    }
    card = (Path(__file__).parent / "card.md").read_text(encoding="utf-8")
    for mark, table in made.items():
        card = card.replace(mark, table)
        print(table)
    (given.out / "README.md").write_text(card, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
