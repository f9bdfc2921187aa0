"""Acts in words: when they were, and what was before and after each of their changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QLocale

from db.acts import Act, Arrival, Change, Sweep
from db.history_list import Turn
from db.rows import Row, from_row, to_row
from db.values import (
    Annotation,
    ArticleStatus,
    Certainty,
    Entity,
    Layer,
    Position,
    Span,
    Stance,
    Statement,
    Status,
    layer_of,
)
from desktop.article.state import ArticleState
from desktop.article.wording import (
    certainty_name,
    kind_name,
    one_line,
    position_name,
    reasons,
    ref_text,
    refs_text,
    shortened,
    spans_text,
    status_name,
    summary,
    target_text,
)

_LONGEST = 90  # code points of a value
_SHOWN = 12  # changes told one by one
_ARTICLE_ACTS = frozenset(
    {"status", "metadata", "checked", "import", "remove", "mark_articles", "bin_articles"}
)
_LAYERS = {layer.value: layer for layer in Layer}


@dataclass(frozen=True)
class Told:
    """One change in words: what it is on, and for each thing that changed, before and after."""

    subject: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Sides:
    """An article before and after an act, and the names of what its rows refer to by id."""

    before: ArticleState | None = None
    after: ArticleState | None = None
    actors: Mapping[UUID, str] = field(default_factory=dict)


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("History", text)


def when(at: str, now: datetime | None = None) -> str:
    """Return a moment (UTC, ISO 8601) in local time: "today, 10:42", "12 March, 10:42"."""
    moment = datetime.fromisoformat(at).astimezone()
    today = (now or datetime.now().astimezone()).date()
    clock = f"{moment:%H:%M}"
    days = (today - moment.date()).days
    if days == 0:
        return tr("today, {}").format(clock)
    if days == 1:
        return tr("yesterday, {}").format(clock)
    pattern = "d MMMM" if moment.year == today.year else "d MMMM yyyy"
    day = QLocale().toString(moment.date(), pattern)  # type: ignore[arg-type]
    return f"{day}, {clock}"


def turn_words(turn: Turn) -> str:
    """Return an undo or redo as a sentence."""
    words = tr("Undone {}") if turn.kind == "undo" else tr("Done again {}")
    by = f" · {turn.coder_name}" if turn.coder_name else ""
    return words.format(when(turn.at)) + by


def kinds() -> dict[str, tuple[str, frozenset[str]]]:
    """Return the kinds of acts to filter by: the word in the window, and the names of the acts.

    Acts of no kind here are "other": see :class:`db.history_list.Wanted`.
    """
    return {
        "accepted": (tr("Accepted"), frozenset({"accept", "accept_all", "alike"})),
        "corrected": (
            tr("Corrected"),
            frozenset({"relabel", "bounds", "slot", "position", "negate", "certainty"}),
        ),
        "added": (tr("Added"), frozenset({"add", "add_stance"})),
        "rejected": (tr("Rejected or deleted"), frozenset({"reject", "delete"})),
        "restored": (tr("Taken back, restored"), frozenset({"take_back", "restore"})),
        "notes": (tr("Notes"), frozenset({"note"})),
        "article": (
            tr("Articles"),
            _ARTICLE_ACTS,
        ),
    }


def told(act: Act, sides: Sides) -> list[Told]:
    """Return what an act changed, in words; many alike are counted instead."""
    shown = [c for c in act.changes if sides.after is not None or c.table not in _LAYERS]
    if len(act.changes) > _SHOWN or len(shown) < len(act.changes):
        found = _counted(act.changes)
    else:
        found = [words for change in shown if (words := _told(change, sides))]
    moved = [_moved(arrival) for arrival in act.arrivals]
    return [*found, *(_swept(sweep) for sweep in act.sweeps), *moved]


def then_and_now(
    then: Annotation | None, now: Annotation | None, state: ArticleState, names: Mapping[UUID, str]
) -> str:
    """Return how an annotation of the past stands now."""
    if now is None:
        return tr("Not decided now.") if then and then.decision.decided else tr("Not there now.")
    if then == now:
        return tr("As it is now.")
    by = names.get(now.decision.coder) if now.decision.coder else None
    what = kind_name(now) if then is None or kind_name(now) != kind_name(then) else ""
    words = [part for part in (what, status_name(now.decision.status).lower()) if part]
    told_now = ", ".join(words) + (tr(" by {}").format(by) if by else "")
    return tr("Now: {}.").format(told_now)


def discarded_words(how: str, reason: str | None, annotation: Annotation) -> str:
    """Return why an annotation is in the bin."""
    if how == "deleted":
        return tr("deleted")
    why = reasons(annotation).get(reason or "", reason or "")
    return tr("rejected: {}").format(why.lower()) if why else tr("rejected")


def named(state: ArticleState, annotation: Annotation) -> str:
    """Return an annotation in one line, with its label where the line does not tell it."""
    words = shortened(summary(state, annotation), _LONGEST)
    return f"{words} · {annotation.label}" if isinstance(annotation, Entity) else words


def _told(change: Change, sides: Sides) -> Told | None:
    layer = _LAYERS.get(change.table)
    if layer is None:
        return _plain(change, sides)
    before = _annotation(sides.before, change, layer, change.before)
    after = _annotation(sides.after, change, layer, change.after)
    before = before or _suggestion(after)
    after = after or _suggestion(before)
    known, state = (after, sides.after) if after is not None else (before, sides.before)
    if known is None or state is None:
        return None
    old = _fields(before, sides.before or state, sides.actors) if before else {}
    new = _fields(after, state, sides.actors) if after else {}
    if before is None:
        old["status"] = (tr("Decision"), tr("none yet"))
    if after is None:
        new["status"] = (tr("Decision"), tr("none"))
    rows = [
        (
            (old.get(key) or new[key])[0],
            old.get(key, ("", "–"))[1],
            new.get(key, ("", "–"))[1],
        )
        for key in dict.fromkeys((*old, *new))
    ]
    changed = tuple(row for row in rows if row[1] != row[2] and ((before and after) or _said(row)))
    return Told(named(state, known), changed)


def _suggestion(decided: Annotation | None) -> Annotation | None:
    """Return the suggestion an annotation was, where it was one."""
    if decided is None or decided.decision.suggestion is None:
        return None
    layer, row = layer_of(decided), to_row(decided)
    row |= decided.decision.suggested or {}
    return from_row(layer, row | {"status": Status.SUGGESTED.value, "reason": None, "note": None})


def _said(row: tuple[str, str, str]) -> bool:
    """Tell whether a line of a whole new, or whole lost, annotation says anything by itself."""
    return row[0] in (tr("Decision"), tr("Side"), tr("Label"), tr("Reason"), tr("Note"))


def _annotation(
    state: ArticleState | None, change: Change, layer: Layer, row: Row | None
) -> Annotation | None:
    if row is None or state is None:
        return None
    return from_row(layer, row) if "article_id" in row else state.row(change.id)


def _fields(
    annotation: Annotation, state: ArticleState, actors: Mapping[UUID, str]
) -> dict[str, tuple[str, str]]:
    """Return what there is to tell of an annotation, by key: its name and its words."""
    decision = annotation.decision
    found = {"status": (tr("Decision"), status_name(decision.status))}
    match annotation:
        case Entity():
            found["words"] = (tr("Words"), _words(state, annotation.span))
            found["label"] = (tr("Label"), annotation.label)
            actor = actors.get(annotation.actor, "–") if annotation.actor else "–"
            found["actor"] = (tr("Actor"), actor)
        case Statement():
            found["source"] = (tr("Source"), ref_text(state, annotation.source))
            found["cue"] = (tr("Cue"), spans_text(state, annotation.cue))
            found["content"] = (tr("Words"), spans_text(state, annotation.content))
            found["addressee"] = (tr("Addressee"), ref_text(state, annotation.addressee))
        case Stance():
            found["position"] = (tr("Side"), position_name(annotation.position))
            found["holder"] = (tr("Holder"), ref_text(state, annotation.holder))
            found["nested"] = (tr("Reporter"), refs_text(state, annotation.nested))
            found["target"] = (tr("Target"), target_text(state, annotation.target))
            found["evidence"] = (tr("Evidence"), spans_text(state, annotation.evidence))
            found["cue"] = (tr("Cue"), spans_text(state, annotation.cue))
            sure = annotation.certainty
            found["certainty"] = (tr("Certainty"), certainty_name(Certainty(sure)) if sure else "–")
    why = reasons(annotation).get(decision.reason or "", decision.reason or "–")
    found["reason"] = (tr("Reason"), why)
    found["note"] = (tr("Note"), shortened(one_line(decision.note or "–"), _LONGEST))
    return found


def _plain(change: Change, sides: Sides) -> Told | None:
    """Return a change of what is no annotation."""
    before, after = change.before or {}, change.after or {}
    match change.table:
        case "article":
            rows = tuple(
                (_column(key), _value(key, before.get(key)), _value(key, after.get(key)))
                for key in after or before
            )
            return Told(tr("The article"), rows)
        case "checked":
            return Told(tr("Looked at"), (_checked(change, sides),))
        case table:
            names = [_name(row) for row in (before, after)]
            return Told(_table(table), (("", names[0] or "–", names[1] or "–"),))


def _checked(change: Change, sides: Sides) -> tuple[str, str, str]:
    row, state = change.after or change.before or {}, sides.after
    span = Span(row.get("start", 0), row.get("end", 0))
    layer = {"entities": tr("names"), "stances": tr("stances")}.get(row.get("layer", ""), "")
    whole = state is not None and span == Span(0, len(state.text))
    words = tr("the whole text") if whole else _words(state, span) if state else "–"
    return (layer, words, "–") if change.after is None else (layer, "–", words)


def _counted(changes: Iterable[Change]) -> list[Told]:
    """Return what many changes have in common, the most frequent first."""
    alike: Counter[tuple[str, str, str, str]] = Counter()
    for change in changes:
        before, after = change.before or {}, change.after or {}
        key = next((k for k in ("label", "position", "status", "actor_id") if k in after), "")
        if key == "actor_id":
            alike[change.table, tr("Actor"), "", ""] += 1
        elif change.before is None or change.after is None:
            old, new = (_value(key, row.get(key)) if row else "–" for row in (before, after))
            alike[change.table, _column(key), old, new] += 1
        else:
            old, new = (_value(key, row.get(key)) if key else "" for row in (before, after))
            alike[change.table, _column(key), old, new] += 1
    return [
        Told(f"{_table(table)} × {QLocale().toString(count)}", ((name, before, after),))
        for (table, name, before, after), count in alike.most_common(_SHOWN)
    ]


def _swept(sweep: Sweep) -> Told:
    key = sweep.key or sweep.column
    change = _column(key), _value(key, sweep.before), _value(key, sweep.after)
    return Told(f"{_table(sweep.table)} × {QLocale().toString(len(sweep.rows))}", (change,))


def _moved(arrival: Arrival) -> Told:
    before, after = _value("removed", not arrival.removed), _value("removed", arrival.removed)
    return Told(tr("All articles of the import"), ((_column("removed"), before, after),))


def _words(state: ArticleState, span: Span) -> str:
    return shortened(one_line(span.of(state.text)), _LONGEST)


def _name(row: Row) -> str:
    return next((str(row[key]) for key in ("name", "alias", "keyword") if row.get(key)), "")


def _table(table: str) -> str:
    return {
        "article": tr("Articles"),
        "entity": tr("Names"),
        "statement": tr("Quotations"),
        "stance": tr("Stances"),
        "checked": tr("Looked at"),
        "actor": tr("Actor"),
        "actor_alias": tr("Alias of an actor"),
        "issue": tr("Issue"),
        "issue_alias": tr("Alias of an issue"),
        "issue_keyword": tr("Keyword of an issue"),
        "label": tr("Label of the scheme"),
        "saved_search": tr("Saved search"),
    }.get(table, table)


def _column(key: str) -> str:
    return {
        "status": tr("Status"),
        "removed": tr("In the bin"),
        "title": tr("Title"),
        "publication": tr("Publication"),
        "author": tr("Author"),
        "url": tr("Address"),
        "published": tr("Published"),
        "language": tr("Language"),
        "section": tr("Section"),
        "label": tr("Label"),
        "position": tr("Side"),
    }.get(key, key)


def _value(key: str, value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if key == "status" and value in set(ArticleStatus):
        return {
            ArticleStatus.TODO: tr("to do"),
            ArticleStatus.IN_PROGRESS: tr("in progress"),
            ArticleStatus.DONE: tr("done"),
            ArticleStatus.FLAGGED: tr("unsure"),
        }[ArticleStatus(str(value))]
    if key == "status":
        return status_name(Status(str(value)))
    if key == "position" and value in set(Position):
        return position_name(Position(str(value)))
    return shortened(one_line(str(value)), _LONGEST)
