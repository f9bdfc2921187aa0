"""Train the bundled pipeline's encoder and its head for names; see the model card.

    python packaging/model/train.py --data ../shared/data

First the network learns from labelled texts. Then it labels newspaper sentences that nobody has
labelled, keeps what it is sure of, and learns from both (self-training; Yarowsky, ACL 1995; Xie et
al., CVPR 2020). After every pass the state is kept in ``build/model``; the same command goes on
from there when it was stopped. The network learns names alone: numbers, times and laws are the
work of :mod:`desktop.suggest.names.rules`. Writes ``build/model/names.pt``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # the project, when run from anywhere

import torch
from augment import NamePool, reworded
from learning import Checkpoint, Run, device
from lessons import LABELS, TAGS, Lesson, batches, lessons_of
from network import Tagger, pretrained, published
from reading import held_out, one_pass, paragraphs, sources, unlabelled
from records import names_only
from spacy.language import Language
from tagging import PIECES, loss, names_found, scores_of
from tokenisation import tokeniser
from world import made_up

from desktop.suggest.evaluation.records import Record
from desktop.suggest.evaluation.scoring import Tally
from desktop.suggest.network.pieces import WordPieces

SEED = 20
PASSES = {"labelled": 3, "both": 3}
RATES = {"labelled": (1.0, 0.3), "both": (0.6, 0.02)}
_MADE_UP = 8_000  # names of each label
_SURE = 0.85
_SILVER_WEIGHT = 0.6


class Teaching:
    """Both halves of the training, pass by pass."""

    def __init__(self, data: Path, state: Path, limit: int | None) -> None:
        self._nlp: Language = tokeniser()
        self._pieces = WordPieces(published() / "tokenizer.json")
        self._sources = sources(data, limit)
        self._unlabelled = unlabelled(data)[:limit]
        self._held_out = {
            name: [names_only(record) for record in records][:limit]
            for name, records in held_out(data).items()
        }
        everything = [record for records in self._sources.values() for record in records]
        lists = Path(__file__).parent / "names"
        self._pool = NamePool(everything, lists, made_up(SEED, _MADE_UP))
        self._checkpoint = Checkpoint(state / "checkpoint.pt")
        self._silver_file = state / "silver.json"
        torch.manual_seed(SEED)
        self._run = Run(Tagger(pretrained(), TAGS), loss)

    def teach(self) -> Tagger:
        """Go through all passes that are not done yet; return the network with averaged weights."""
        done = 0
        if (kept := self._checkpoint.load()) is not None:
            done = kept["done"]
            self._run.restore(kept)
        plan = [(half, turn) for half, turns in PASSES.items() for turn in range(turns)]
        for number, (half, turn) in enumerate(plan[done:], start=done):
            chance = random.Random(SEED + number)
            torch.manual_seed(SEED + number)
            started = time.monotonic()
            records = [(record, 1.0) for record in one_pass(self._sources, chance)]
            if half == "both":
                silver = paragraphs(self._silver(), chance)
                records += [(record, _SILVER_WEIGHT) for record in silver]
            lessons = [
                lesson
                for record, weight in records
                for lesson in lessons_of(
                    self._nlp, self._pieces, reworded(record, self._pool, chance), weight
                )
            ]
            cut = list(batches(lessons, PIECES, chance))
            mean = self._run.one_pass(cut, _rates(half, turn))
            self._tell(number + 1, mean, time.monotonic() - started, lessons)
            self._checkpoint.save(self._run.state() | {"done": number + 1})
        return self._run.averaged()

    def _tell(self, number: int, loss: float, seconds: float, lessons: list[Lesson]) -> None:
        tagger = self._run.averaged()
        note = {
            "pass": number,
            "loss": round(loss, 4),
            "pieces": sum(len(lesson.window.ids) for lesson in lessons),
            "seconds": round(seconds),
        }
        for name, records in self._held_out.items():
            tally = Tally()
            for record, found in zip(records, self._labelled(tagger, records), strict=True):
                tally.add(record, [(*span, 1.0) for span in found.spans])
            figures = tally.per_label()
            note[name] = {label: figures.get(label, {}).get("f") for label in _TOLD}
        self._run.back()
        print(json.dumps(note), flush=True)

    def _labelled(self, tagger: Tagger, records: Iterable[Record]) -> list[Record]:
        """Return the records with the names the network finds, the unsure ones as unknown."""
        records = list(records)
        lessons: list[Lesson] = []
        owners: list[int] = []
        for owner, record in enumerate(records):
            for lesson in lessons_of(self._nlp, self._pieces, record, 1.0):
                lessons.append(lesson)
                owners.append(owner)
        spans: list[list[tuple[int, int, str]]] = [[] for _ in records]
        unsure: list[list[tuple[int, int]]] = [[] for _ in records]
        scores = scores_of(tagger, lessons)
        for owner, lesson, names, found in zip(
            owners, lessons, names_found(tagger, lessons), scores, strict=True
        ):
            doc = self._nlp.make_doc(records[owner].text)
            inside: set[int] = set()
            for start, end, label, probability in names:
                first, last = lesson.window.tokens[start], lesson.window.tokens[end - 1]
                begin, finish = doc[first].idx, doc[last].idx + len(doc[last])
                inside.update(range(start, end))
                spans[owner].append((begin, finish, label))
                if probability < _SURE:
                    unsure[owner].append((begin, finish))
            out = torch.from_numpy(found).softmax(dim=-1)[:, 0]
            for place in (out < _SURE).nonzero().flatten().tolist():
                if place not in inside:
                    token = doc[lesson.window.tokens[place]]
                    unsure[owner].append((token.idx, token.idx + len(token)))
        return [
            Record(record.text, tuple(own), tuple(doubts), record.source)
            for record, own, doubts in zip(records, spans, unsure, strict=True)
        ]

    def _silver(self) -> list[Record]:
        """Return the unlabelled sentences with what the network, half taught, is sure of."""
        if not self._silver_file.exists():
            tagger = self._run.averaged()
            raw = [Record(text, (), (), "silver") for text in self._unlabelled]
            rows = [
                {
                    "text": record.text,
                    "spans": [span for span in record.spans if span[:2] not in record.ignore],
                    "ignore": record.ignore,
                }
                for record in self._labelled(tagger, raw)
            ]
            self._run.back()
            self._silver_file.parent.mkdir(parents=True, exist_ok=True)
            self._silver_file.write_text(json.dumps(rows), encoding="utf-8")
        return [
            Record(
                row["text"],
                tuple((start, end, label) for start, end, label in row["spans"]),
                tuple((start, end) for start, end in row["ignore"]),
                "silver",
            )
            for row in json.loads(self._silver_file.read_text(encoding="utf-8"))
        ]

    def clear(self) -> None:
        """Forget what only a stopped run needs."""
        self._checkpoint.clear()
        self._silver_file.unlink(missing_ok=True)


_TOLD = ("names", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP")


def _rates(half: str, turn: int) -> tuple[float, float]:
    high, low = RATES[half]
    step = (low - high) / PASSES[half]
    return high + step * turn, high + step * (turn + 1)


def main() -> int:
    """Train, and write what ``export.py`` makes into the pipeline."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--state", type=Path, default=Path("build/model"))
    parser.add_argument("--limit", type=int, help="records of each file, for a trial")
    given = parser.parse_args()
    started = time.monotonic()
    teaching = Teaching(given.data, given.state, given.limit)
    tagger = teaching.teach()
    torch.save({"weights": tagger.state_dict(), "labels": LABELS}, given.state / "names.pt")
    teaching.clear()
    print(json.dumps({"seconds": round(time.monotonic() - started), "device": str(device())}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
