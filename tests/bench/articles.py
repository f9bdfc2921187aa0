"""Articles of any length, made of the paragraphs of our samples."""

import hashlib
from itertools import cycle
from uuid import UUID

import resources
from db.values import Article, Metadata


def article_of(words: int) -> Article:
    """Return an article of that many words: the samples' paragraphs round and round."""
    paragraphs = [
        line
        for sample in sorted(resources.path("samples").glob("*.txt"))
        for line in sample.read_text("utf-8").splitlines()
        if line.strip()
    ]
    taken: list[str] = []
    left = words
    for paragraph in cycle(paragraphs):
        piece = paragraph.split(" ")[:left]
        taken.append(" ".join(piece))
        left -= len(piece)
        if left <= 0:
            break
    text = "\n\n".join(taken) + "\n"
    return Article(
        id=UUID(int=words),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        meta=Metadata(title=f"An article of {words:,} words", language="en"),
    )
