"""The model card's tables of the reader: sides on held-out questions, syntax on the treebanks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pairs import read_pairs
from spacy.language import Language
from spacy.training import Example
from treebanks import TREEBANKS, example_of, sentences

from desktop.suggest.evaluation.pairs import Side
from desktop.suggest.evaluation.sides import evaluate_pairs
from desktop.suggest.network.questions import Question
from desktop.suggest.network.reader import ReaderStep
from desktop.suggest.text.syntax import STEP

QUESTIONS = {
    "newsmtsc.dev_mt": "several people in a sentence",
    "newsmtsc.dev_rw": "as met in the news",
    "directed_sentiment.dev": "holder and target",
}
SIDE: tuple[Side, ...] = ("against", "neutral", "favor")
_COUNTED: tuple[str, ...] = ("uas", "las", "tags", "lemmas")


def sides(nlp: Language, data: Path) -> str:
    """Return a Markdown table of macro F, accuracy and calibration error."""
    reader: Any = nlp.get_pipe(STEP)
    lines = ["| | questions | macro F | right | calibration error |", "|---|---|---|---|---|"]
    for name, about in QUESTIONS.items():
        pairs = read_pairs(data, name)
        asked: list[tuple[Question, Side]] = [(one.question, SIDE[one.side]) for one in pairs]
        found = next(one for one in evaluate_pairs(reader, iter(asked)).values() if one)
        lines.append(
            f"| **{name}** ({about}) | {len(pairs):,} | {found['macro_f1']:.1f} "
            f"| {found['accuracy']:.1f} % | {found['calibration_error']:.3f} |"
        )
    return "\n".join(lines)


def syntax(nlp: Language, data: Path) -> str:
    """Return a Markdown table of accuracies on the treebanks, sentence by sentence."""
    lines = [
        "| | words | heads (UAS) | with relation (LAS) | tags | lemmas |",
        "|---|---|---|---|---|---|",
    ]
    for bank in TREEBANKS:
        for part in ("dev", "test"):
            examples = [example_of(nlp, one) for one in sentences(data, bank, part)]
            counts = _counts(nlp, examples)
            words = counts.pop("words")
            cells = " | ".join(f"{100 * counts[name] / words:.1f}" for name in _COUNTED)
            lines.append(f"| {bank}.{part} | {words:,} | {cells} |")
    return "\n".join(lines)


def _counts(nlp: Language, examples: list[Example]) -> dict[str, int]:
    reader: ReaderStep = nlp.get_pipe(STEP)  # pyright: ignore[reportAssignmentType]
    for example in examples:
        for token in example.predicted[1:]:
            token.is_sent_start = False
    list(reader.pipe([example.predicted for example in examples]))
    counts: dict[str, int] = dict.fromkeys(("words", *_COUNTED), 0)
    for example in examples:
        for heads, deps, tags, lemmas in _words(example):
            counts["words"] += 1
            counts["uas"] += heads[0] == heads[1]
            same = deps[0].split(":")[0] == deps[1].split(":")[0]
            counts["las"] += heads[0] == heads[1] and same
            counts["tags"] += tags[0] == tags[1]
            counts["lemmas"] += lemmas[0] == lemmas[1]
    return counts


def _words(example: Example) -> Iterator[tuple[tuple[Any, Any], ...]]:
    """Yield, of each word both sides have: gold and found head, relation, tag and lemma."""
    heads, deps = example.get_aligned_parse(projectivize=False)
    tags = example.get_aligned("TAG", as_string=True)
    lemmas = example.get_aligned("LEMMA", as_string=True)
    for token in example.predicted:
        number = token.i
        if heads[number] is None or not deps[number] or token.is_space:
            continue
        yield (
            (heads[number], token.head.i),
            (deps[number], token.dep_),
            (tags[number], token.tag_),
            ((lemmas[number] or "").lower(), token.lemma_.lower()),
        )
