"""An engine that finds at once, and always the same, what the tests of labels go on from."""

from __future__ import annotations

from uuid import uuid5

from db.values import (
    Annotation,
    Decision,
    Entity,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)


def suggest(app) -> None:
    """Find names and a stance as an engine does that knows the labels of the news."""
    article = app.session.state.article
    decision = Decision(Status.SUGGESTED, Origin.MODEL, 0.9)

    def span(words: str, after: int = 0) -> Span:
        start = article.text.index(words, after)
        return Span(start, start + len(words))

    body = span("Germany's environment minister").start
    names = [
        Entity(uuid5(article.id, f"{where}"), article.id, where, label, decision)
        for where, label in (
            (span("Katrin Vollmar"), "PERSON"),
            (span("Szczecin"), "GPE"),
            (span("Helen Marchbank"), "PERSON"),
            (span("The Baltic Courier"), "ORG"),
            (span("Katrin Vollmar", body), "PERSON"),
        )
    ]
    holder = Ref(RefKind.ENTITY, names[-1].span, entity=names[-1].id)
    words = span("is expected to reject demands", body)
    stance = Stance(
        uuid5(article.id, "stance"),
        article.id,
        holder,
        Ref(RefKind.SPAN, span("demands", body)),
        Position.AGAINST,
        (words,),
        decision,
    )
    found: list[Annotation] = [*names, stance]
    app.suggesting.engine.suggestions_found.emit(article.id, article.sha256, found, True)


def here(app) -> list[tuple[str, str]]:
    """The names on the article and their labels, suggested and decided."""
    state = app.session.state
    return [
        (one.span.of(state.text), one.label) for one in state.visible if isinstance(one, Entity)
    ]


def first(app, label: str) -> Entity:
    return next(o for o in app.session.state.visible if isinstance(o, Entity) and o.label == label)
