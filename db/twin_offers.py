"""What was decided on a paragraph, offered in the twins that have it word for word.

Offers are computed when an article is read and kept nowhere: they follow the decisions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid5

from db.transplanting import Place, transplanted
from db.values import (
    Annotation,
    Article,
    Decision,
    Entity,
    Origin,
    Span,
    Stance,
    Status,
    layer_of,
)

_STANDING = (Status.ACCEPTED, Status.CORRECTED, Status.ADDED)


def offered(decided: list[Annotation], text: str, article: Article) -> list[Annotation]:
    """Return what was decided on a twin, whose text is ``text``, as suggestions on an article."""
    standing = (one for one in decided if one.decision.status in _STANDING and not _overall(one))
    found = transplanted(standing, article.id, _shared(text, article.text), _name)
    suggested = Decision(Status.SUGGESTED, Origin.PROPAGATED)
    return [replace(one, decision=suggested) for one in found.values()]


def is_offer(annotation: Annotation) -> bool:
    """Tell what a twin offers from what the engine suggests, which has a score."""
    decision = annotation.decision
    return (
        decision.origin is Origin.PROPAGATED
        and decision.score is None
        and decision.status is not Status.ADDED
    )


def _overall(annotation: Annotation) -> bool:
    return isinstance(annotation, Stance) and annotation.overall


def _name(annotation: Annotation) -> UUID:
    """Return an id that two twins' equal decisions share, and that no suggestion has."""
    if isinstance(annotation, Entity):
        said = f"{annotation.span.start}:{annotation.span.end}:{annotation.label}"
    else:
        said = str(annotation.id)
    return uuid5(annotation.article, f"twin:{layer_of(annotation)}:{said}")


def _shared(theirs: str, ours: str) -> Place:
    """Return what places stretches of paragraphs that both texts have, word for word."""
    here = defaultdict[str, list[int]](list)
    for start, line in _paragraphs(ours):
        here[line].append(start)
    there = list[tuple[int, int, int]]()  # start, end and where it begins here
    seen = defaultdict[str, int](int)
    for start, line in _paragraphs(theirs):
        nth = seen[line]
        seen[line] += 1
        if nth < len(here[line]):
            there.append((start, start + len(line), here[line][nth]))

    def place(span: Span) -> Span | None:
        for start, end, at in there:
            if start <= span.start and span.end <= end:
                return Span(span.start - start + at, span.end - start + at)
        return None

    return place


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1
