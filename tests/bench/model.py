"""The bundled pipeline beside its bare encoder and beside the first pipeline we shipped."""

import io
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from spacy.language import Language

from desktop.suggest.network.encoder import EncoderStep, groups, inputs
from desktop.suggest.network.pieces import WordPieces
from desktop.suggest.pipeline import load
from resources import path
from tests.bench.articles import article_of
from tests.bench.result import Result

ROOT = Path(__file__).parents[2]
FIRST_PIPELINE = "f381dcaf93d92f45e85ee31919468c29c0d56aaf:resources/model"
"""Where the history keeps the convolutional pipeline that this one took the place of."""
WORDS, TOGETHER, RUNS = 12_000, 64, 5


def measure() -> Iterator[Result]:
    """Yield words a second of ``nlp.pipe`` and of its peers over the same texts, turn by turn."""
    texts = _passages(article_of(WORDS).text)
    nlp = load(None)
    ways: dict[str, Callable[[], object]] = {
        "pipe": lambda: list(nlp.pipe(texts, batch_size=TOGETHER)),
        "bare_session": _bare(nlp, texts),
    }
    with TemporaryDirectory() as folder:
        first = _first_pipeline(Path(folder))
        if first is not None:
            ways["first_pipeline"] = lambda: list(first.pipe(texts, batch_size=TOGETHER))
        speed = _speeds(ways)
    for name, words in speed.items():
        yield Result(f"model.{name}", words, "words/s")
    against = speed["pipe"] / speed["bare_session"]
    yield Result("model.pipe_against_bare_session", against, "x", at_least=0.85)
    if "first_pipeline" in speed:
        against = speed["pipe"] / speed["first_pipeline"]
        yield Result("model.pipe_against_first_pipeline", against, "x", at_least=0.4)
    files = [file for file in path("model").rglob("*") if file.is_file()]
    yield Result("model.files", sum(file.stat().st_size for file in files) / 1e6, "MB", at_most=50)


def _passages(text: str) -> list[str]:
    """Cut a text into passages of neighbouring paragraphs, as the engine does."""
    passages = [""]
    for paragraph in text.split("\n\n"):
        if len(passages[-1]) + len(paragraph) > 900:
            passages.append("")
        passages[-1] += paragraph + "\n"
    return passages


def _bare(nlp: Language, texts: list[str]) -> Callable[[], object]:
    """Return what runs the encoder's session alone, over batches made ready beforehand."""
    step = nlp.get_pipe("encoder")
    assert isinstance(step, EncoderStep)
    pieces = WordPieces(path("model", "encoder", "tokenizer.json"))
    ready = []
    for start in range(0, len(texts), TOGETHER):
        docs = map(nlp.make_doc, texts[start : start + TOGETHER])
        windows = [w for doc in docs for w in pieces.windows([token.text for token in doc])]
        windows.sort(key=lambda window: len(window.ids))
        ready += [inputs(group) for group in groups(windows)]
    return lambda: [step.session.run(None, batch) for batch in ready]


def _speeds(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    for way in ways.values():  # warm
        way()
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(RUNS):  # turn by turn, so that a busy machine is busy for all
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - began)
    return {name: WORDS / median(times) for name, times in seconds.items()}


def _first_pipeline(folder: Path) -> Language | None:
    """Load the first pipeline out of the history; a checkout without it goes without."""
    command = ["git", "-C", str(ROOT), "archive", FIRST_PIPELINE]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        sys.stderr.write(f"the first pipeline is left out: {done.stderr.decode().strip()}\n")
        return None
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return load(str(folder))
