"""Train the bundled pipeline's names on openly licensed texts, with spaCy's own recogniser.

    OMP_NUM_THREADS=1 python packaging/model/train.py --data ../shared/data --out resources/model

One core, 20 to 25 minutes. After every pass the state is kept in ``build/model``; the same command
goes on from there when it was stopped. The network learns names alone: numbers, times and laws
are the work of :mod:`desktop.suggest.rules`. What it was trained on, and why no test text is
among it, stands in ``resources/model/README.md``.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from augment import NamePool, reworded
from records import NAMES, Record, names_only, read
from scoring import score_names
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import fix_random_seed

SEED = 20
PASSES = 6
BATCH_WORDS = (500, 2000)  # grows over the first pass
LEARN_RATE = (1e-3, 1e-4)  # falls in a line over the whole run
DROPOUT = 0.15

# Each file, and how often it is read in one pass; a share is drawn anew for every pass. See the
# model card for what is held out.
TRAINING = {
    "gmb.train": 0.7,
    "redocred.dev": 1.0,
    "gum_other.train": 2.0,
    "crossner_politics.train": 2.0,
}
TUNING = ("gmb.dev", "gum_other.dev")

META = {
    "name": "standfirst_news",
    "version": "0.1.0",
    "description": "Names in English news: a small hashed-embedding network, trained on open data.",
    "author": "The Standfirst authors",
    "license": "MIT",
    "spacy_version": ">=3.8.7,<3.9.0",
    "sources": [
        {"name": "Groningen Meaning Bank", "license": "texts public domain, annotations ODbL/DbCL"},
        {"name": "Re-DocRED", "license": "MIT"},
        {"name": "GUM", "license": "annotations CC BY 4.0"},
        {"name": "CrossNER, politics", "license": "MIT"},
    ],
}

MODEL: dict[str, Any] = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "nO": None,
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 128,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": [5000, 1000, 2500, 1500],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 128,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    },
}


def blank_pipeline() -> Language:
    """Return an untrained pipeline whose tokeniser also splits "U.S.-led"."""
    nlp = spacy.blank("en")
    nlp.meta = nlp.meta | META
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[A-Za-z]\.)-(?=[A-Za-z])"]
    nlp.tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer  # pyright: ignore
    recogniser: Any = nlp.add_pipe("ner", config={"model": MODEL})
    for label in sorted(NAMES):
        recogniser.add_label(label)
    return nlp


def example_of(nlp: Language, record: Record) -> Example:
    """Return the record as spaCy learns it: names of unknown class and off-token names missing."""
    doc = nlp.make_doc(record.text)
    names: list[Span] = []
    missing: list[Span] = []
    taken: set[int] = set()
    for start, end, label in record.spans:
        span = doc.char_span(start, end, label)
        if span is None:
            record = Record(record.text, record.spans, (*record.ignore, (start, end)))
        elif taken.isdisjoint(range(span.start, span.end)):
            names.append(span)
            taken.update(range(span.start, span.end))
    for start, end in record.ignore:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None and taken.isdisjoint(range(span.start, span.end)):
            missing.append(span)
            taken.update(range(span.start, span.end))
    doc.set_ents(names, missing=missing)
    return Example(
        Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]), doc
    )


def load(data: Path, names: Iterable[str]) -> Iterator[Record]:
    """Yield the name records of the given files of the data folder."""
    for name in names:
        for record in read(data / "ner" / f"{name}.jsonl.gz"):
            yield names_only(record)


def draw(records: list[Record], times: float, chance: random.Random) -> list[Record]:
    """Return the records so many times over; of a broken number the rest is drawn by chance."""
    whole = int(times)
    return records * whole + chance.sample(records, round(len(records) * (times - whole)))


def batches(examples: list[Example], grown: bool) -> Iterator[list[Example]]:
    """Cut examples into batches of about so many words."""
    low, high = BATCH_WORDS
    size = float(high if grown else low)
    batch: list[Example] = []
    words = 0
    for example in examples:
        batch.append(example)
        words += len(example.reference)
        if words >= size:
            yield batch
            batch, words, size = [], 0, min(high, size * 1.005)
    if batch:
        yield batch


class Checkpoint:
    """The state after a pass, so that a stopped run goes on where it was."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "checkpoint.pickle"

    def save(self, nlp: Language, optimizer: Any, done: int) -> None:
        """Write aside, then swap in."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        partial = self._file.with_suffix(".partial")
        recogniser: Any = nlp.get_pipe("ner")
        state = (done, recogniser.to_bytes(), pickle.dumps(optimizer))
        partial.write_bytes(pickle.dumps(state))
        partial.replace(self._file)

    def load(self, nlp: Language) -> tuple[int, Any] | None:
        """Give the pipeline its weights back; return passes done and the optimiser."""
        if not self._file.exists():
            return None
        done, weights, optimizer = pickle.loads(self._file.read_bytes())
        recogniser: Any = nlp.get_pipe("ner")
        recogniser.from_bytes(weights)
        return done, pickle.loads(optimizer)

    def clear(self) -> None:
        """Forget the run: it is finished."""
        self._file.unlink(missing_ok=True)


def train(data: Path, out: Path, checkpoint: Checkpoint, passes: int, limit: int | None) -> None:
    """Train the recogniser and write the pipeline, with the running average of its weights."""
    fix_random_seed(SEED)
    chance = random.Random(SEED)
    sources = {name: [*load(data, [name])][:limit] for name in TRAINING}
    tuning = [*load(data, TUNING)][:limit]
    everything = [record for records in sources.values() for record in records]
    pool = NamePool(everything, Path(__file__).parent / "names")
    nlp = blank_pipeline()
    optimizer: Any = nlp.initialize(lambda: [example_of(nlp, r) for r in everything[::50]])
    done = 0
    if (kept := checkpoint.load(nlp)) is not None:
        done, optimizer = kept
    started, high, low = time.monotonic(), *LEARN_RATE
    for turn in range(done, passes):
        chance.seed(SEED + turn)
        drawn = [
            r for name, records in sources.items() for r in draw(records, TRAINING[name], chance)
        ]
        chance.shuffle(drawn)
        examples = [example_of(nlp, reworded(record, pool, chance)) for record in drawn]
        cut = list(batches(examples, grown=turn > 0))
        losses: dict[str, float] = {}
        for number, batch in enumerate(cut):
            share = (turn + number / len(cut)) / passes
            optimizer.learn_rate = high + (low - high) * share
            nlp.update(batch, sgd=optimizer, drop=DROPOUT, losses=losses)
        with nlp.use_params(optimizer.averages):
            figures = score_names(nlp, tuning)
        note = {"pass": turn + 1, "loss": round(losses["ner"]), "dev": figures["names"]}
        print(json.dumps(note | {"seconds": round(time.monotonic() - started)}), flush=True)
        checkpoint.save(nlp, optimizer, turn + 1)
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(out, exclude=["vocab"])  # its strings would be those of the training texts


def main() -> int:
    """Train, and write the pipeline where ``--out`` says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--state", type=Path, default=Path("build/model"))
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--limit", type=int, help="records of each file, for a trial")
    arguments = parser.parse_args()
    checkpoint = Checkpoint(arguments.state)
    train(arguments.data, arguments.out, checkpoint, arguments.passes, arguments.limit)
    checkpoint.clear()
    return 0


if __name__ == "__main__":
    sys.exit(main())
