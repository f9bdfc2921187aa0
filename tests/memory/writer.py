"""A program of its own that performs acts on a project, and says so of each once it is stored.

Run as ``python writer.py PROJECT CODER COUNT``. An act marks one name, and the stretch around it
as checked: two rows that must come together or not at all. Each line it prints is an act's id.
"""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import uuid4

from db import articles, engine, history, people
from db.acts import Act, Change
from db.rows import to_row
from db.values import Decision, Entity, Origin, Span, Status, now


def main(path: Path, name: str, count: int) -> None:
    with engine.session(engine.open_project(path)) as session:
        coder = people.coder(session, name)
        article = articles.list_rows(session)[0].id
        for number in range(count):
            decision = Decision(Status.ADDED, Origin.CODER, coder=coder, decided_at=now())
            entity = Entity(uuid4(), article, Span(number, number + 1), "ORG", decision)
            identifier = uuid4()
            checked = {
                "id": str(identifier),
                "article_id": str(article),
                "start": number,
                "end": number + 1,
                "layer": "entities",
                "coder_id": str(coder),
                "at": now(),
            }
            act = Act(
                "add",
                f"add {number}",
                article,
                (
                    Change("entity", entity.id, before=None, after=to_row(entity)),
                    Change("checked", identifier, before=None, after=checked),
                ),
            )
            print(history.perform(session, act, coder).id, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
