"""Articles of any length, made of the paragraphs of our samples."""

import hashlib
from itertools import cycle, islice
from uuid import UUID

import resources
from db.values import Article, Metadata


def article_of(words: int, skip: int = 0) -> Article:
    """Return an article of that many words: the samples' paragraphs round and round.

    Those that ``skip`` another number of paragraphs at first are other articles.
    """
    paragraphs = [
        line
        for sample in sorted(resources.path("samples").glob("*.txt"))
        for line in sample.read_text("utf-8").splitlines()
        if line.strip()
    ]
    taken: list[str] = []
    left = words
    for paragraph in islice(cycle(paragraphs), skip, None):
        piece = paragraph.split(" ")[:left]
        taken.append(" ".join(piece))
        left -= len(piece)
        if left <= 0:
            break
    text = "\n\n".join(taken) + "\n"
    return Article(
        id=UUID(int=words + (skip << 64)),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        meta=Metadata(title=f"An article of {words:,} words, {skip}", language="en"),
    )
