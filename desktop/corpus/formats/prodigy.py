"""Prodigy's JSONL: one task a line, with spans, relations and an answer.

Offsets are code points. ``accept`` accepts what is marked and ``ignore`` leaves it suggested.
``reject`` rejects it where a line asks about what is marked; in a manual interface it says that the
whole is wrong somewhere, so what is marked stays suggested. A manual line that is accepted without
a mark was looked at and is empty. Questions about one text are many lines: they make one article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from db.values import Decision, Status
from desktop import dates
from desktop.corpus.formats.marked import Link, Mark, Marked, decided, parsed
from desktop.corpus.formats.metadata import metadata
from desktop.corpus.formats.objects import Found, dicts, fields, items, objects
from desktop.corpus.formats.offsets import Stretch
from desktop.corpus.parsing import Parsed
from desktop.refused import Refused

_MANUAL = ("_manual", "relations", "blocks")


def looks_like(record: Mapping[str, Any]) -> bool:
    """Tell a task of Prodigy."""
    if not isinstance(record.get("text"), str):
        return False
    spans = record.get("spans")
    return (
        "_task_hash" in record
        or record.get("answer") in ("accept", "reject", "ignore")
        or (
            isinstance(spans, list)
            and all(isinstance(one, dict) for one in cast("list[Any]", spans))
        )
    )


class Tasks:
    """The tasks of one file, those about one text held back until its last one is there."""

    def __init__(self, path: Path) -> None:
        self._left = Counter(
            hash(found.record["text"])
            for found in objects(path)
            if isinstance(found, Found) and looks_like(found.record)
        )
        self._held: defaultdict[str, list[Found]] = defaultdict(list)

    def add(self, found: Found) -> Parsed | Refused | None:
        """Take a task; return its article if no other line is about it."""
        text = found.record["text"]
        self._held[text].append(found)
        self._left[hash(text)] -= 1
        return self._article(self._held.pop(text)) if self._left[hash(text)] <= 0 else None

    def rest(self) -> Iterator[Parsed | Refused]:
        """Yield what is still held back, as texts that look alike by chance may leave it."""
        yield from map(self._article, self._held.values())

    def _article(self, tasks: list[Found]) -> Parsed | Refused:
        meta, doubts = metadata(tasks[0].record)
        marked = Marked(tasks[0].record["text"], meta, doubts=list(doubts))
        for task in tasks:
            _read(task.record, marked)
        return parsed(marked, tasks[0].place)


def _read(record: Mapping[str, Any], marked: Marked) -> None:
    """Put what one task says into its text."""
    view = record.get("_view_id")
    manual = isinstance(view, str) and view.endswith(_MANUAL)
    coder = record.get("_annotator_id") or record.get("_session_id")
    moment = record.get("_timestamp")
    at = dates.of_moment(moment) if isinstance(moment, (int, float)) else None

    def said(answer: object, score: object = None) -> Decision:
        status = {"accept": Status.ACCEPTED, "reject": Status.REJECTED}.get(
            str(answer), Status.SUGGESTED
        )
        if status is Status.REJECTED and manual:
            status = Status.SUGGESTED
        return decided(status, coder, at, score)

    answer = record.get("answer", "ignore")
    for span in dicts(record.get("spans")):
        start, end, label, quote = (span.get(key) for key in ("start", "end", "label", "text"))
        if type(start) is not int or type(end) is not int:
            marked.doubts.append(f"a span without start or end was left out: {str(span)[:80]}")
            continue
        quote = quote if isinstance(quote, str) else None
        if not isinstance(label, str) or not label.strip():
            # A span under a question about the text: what is marked has the label of the task.
            label = record.get("label")
        if not isinstance(label, str) or not label.strip():
            marked.doubts.append(f"a span from {start} to {end} without a label was left out")
            continue
        decision = said(span.get("answer", answer), span.get("score"))
        key = (id(record), span.get("token_end"))
        marked.marks.append(Mark(Stretch(start, end, quote), label, decision, key))
    for link in dicts(record.get("relations")):
        head, child = (_end(record, link, which) for which in ("head", "child"))
        marked.links.append(Link(head, child, str(link.get("label")), said(answer)))
    if manual and answer == "accept" and isinstance(record.get("spans"), list):
        marked.empty = decided(Status.ACCEPTED, coder or "prodigy", at)
    if answer == "reject" and manual and record.get("spans"):
        marked.doubts.append("it was rejected as a whole: what is marked came in as suggestions")
    if answer == "accept":
        marked.whole += [one for one in items(record.get("accept")) if isinstance(one, str)]
        if not record.get("spans") and isinstance(record.get("label"), str):
            marked.whole.append(record["label"])


def _end(record: Mapping[str, Any], link: Mapping[str, Any], which: str) -> object:
    """Return the key of the span at one end of a relation: its last token."""
    span = fields(link.get(f"{which}_span"))
    return id(record), span.get("token_end", link.get(which))
