"""An import that only says what would become of what arrives, and stores nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from db import versions
from db.arriving import Arriving, Came, Known, Lookup, Outcome, Twins, Where, known
from db.transactions import snapshot
from db.twins import sketched


class Rehearsal:
    """Returns what :class:`db.imports.Import` would; without a session there is no project yet."""

    def __init__(self, session: Session | None = None) -> None:
        self._session = session
        self._seen: dict[str, Known] = {}
        self._versions: versions.Known | None = None
        self._new: list[tuple[Known, bytes]] = []  # and what each is like
        if session is not None:
            with snapshot(session) as connection:
                self._versions = versions.Known(connection)

    def take(self, batch: Sequence[Arriving]) -> list[Outcome]:
        """Return what :meth:`db.imports.Import.take` would, of an import that has just begun."""
        from db.sketches import sketch

        there = Lookup()
        if self._session is not None:
            with snapshot(self._session) as connection:
                there = Lookup.of(connection, batch)
        outcomes = [self._one(arriving, there) for arriving in batch]
        articles = [
            arriving.loaded.article
            for arriving, outcome in zip(batch, outcomes, strict=True)
            if isinstance(outcome, Came) and outcome.carried is None
        ]
        seen = (self._seen[article.sha256] for article in articles)
        self._new += zip(seen, sketch([article.text for article in articles]), strict=True)
        return outcomes

    def finish(self) -> Iterator[Twins]:
        """Yield those that would have a twin, in the project or among what came before them."""
        import numpy as np

        from db.sketches import gather, join

        here = list[tuple[Known, bytes]]()
        if self._session is not None:
            for title, place, made in sketched(self._session):
                here.append((Known(Where.PROJECT, title, place), made))
        likened = [(one, made) for one, made in (*here, *self._new) if made]
        if not likened:
            return
        known = [nth if one.where is Where.PROJECT else -1 for nth, (one, _) in enumerate(likened)]
        groups = gather(join([made for _, made in likened]), np.array(known, np.int64))
        for nth, first in enumerate(map(int, groups)):
            if first != nth:
                yield Twins(likened[nth][0], likened[first][0])

    def _one(self, arriving: Arriving, there: Lookup) -> Outcome:
        article = arriving.loaded.article
        if seen := self._seen.get(article.sha256):
            return seen
        row = there.find(article.sha256, str(article.id))
        if row is not None and not there.comes_back(row, arriving):
            return known(row, None)
        self._seen[article.sha256] = Known(Where.IMPORT, article.meta.title, arriving.place)
        return Came(article.id, carried=self._carried(arriving))

    def _carried(self, arriving: Arriving) -> versions.Carried | None:
        """Return what a newer version would take over."""
        if self._session is None or self._versions is None:
            return None
        article = arriving.loaded.article
        before = self._versions.add(str(article.id), article.meta)
        if before is None or not arriving.bare:
            return None
        old = versions.older(self._session, before, article)
        return versions.supersede(self._session, old, article)[1] if old else None
