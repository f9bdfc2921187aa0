"""A project as a stream of records."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session

from db import exchange, schemes
from db.issues import issues
from db.transactions import snapshot
from desktop.corpus.records import record
from desktop.corpus.shape import Record


def records(session: Session) -> Iterator[Record]:
    """Yield the record of every article, one at a time in memory, all from one moment's state."""
    with snapshot(session):
        scheme, known = schemes.current(session), issues(session)
        for loaded in exchange.outgoing(session):
            yield record(loaded, scheme, known)
