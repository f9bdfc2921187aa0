"""How values are put into words for the analyst."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from db.twin_offers import is_offer
from db.values import (
    Annotation,
    Attribution,
    Certainty,
    Decision,
    Entity,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
)
from desktop.article.places import main_span
from desktop.article.scheme import LabelSpec
from desktop.article.state import ArticleState

POSITION_MARKS = {
    Position.FAVOR: "▲",
    Position.AGAINST: "▼",
    Position.NEUTRAL: "●",
    Position.MIXED: "◆",
    Position.UNCLEAR: "?",
}
"""Shape beside colour, so that a stance is never told by colour alone."""


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Article", text)


_called: dict[Position, str] = {}


def call_positions(names: Mapping[Position, str | None]) -> None:
    """Call stances as the open project does, and by their own names where it says nothing."""
    _called.clear()
    _called.update({position: name for position, name in names.items() if name})


def position_name(position: Position) -> str:
    """Return what the window calls a stance: "For" is ``favor`` in the data."""
    return _called.get(position) or own_position_name(position)


def own_position_name(position: Position) -> str:
    """Return what the window calls a stance where the project says nothing of it."""
    return {
        Position.FAVOR: tr("For"),
        Position.AGAINST: tr("Against"),
        Position.NEUTRAL: tr("Neutral"),
        Position.MIXED: tr("Mixed"),
        Position.UNCLEAR: tr("Unclear"),
    }[position]


def guideline_text(label: LabelSpec) -> str:
    """Return what the guideline says of a label, and below it the examples, one a line."""
    examples = "\n".join(f"·  {example}" for example in label.examples)
    return "\n\n".join(part for part in (label.guideline, examples) if part)


def certainty_name(certainty: Certainty) -> str:
    """Return what the window calls how certain an analyst is."""
    return {
        Certainty.CERTAIN: tr("Certain"),
        Certainty.SOMEWHAT: tr("Somewhat uncertain"),
        Certainty.VERY_UNCERTAIN: tr("Very uncertain"),
    }[certainty]


def reasons(annotation: Annotation) -> dict[str, str]:
    """Return why an annotation may be wrong: the word in the data, and the word in the window."""
    match annotation:
        case Entity():
            return {
                "boundary": tr("Wrong bounds"),
                "type": tr("Wrong label"),
                "not an entity": tr("Not a name"),
            }
        case Statement():
            return {
                "source": tr("Wrong source"),
                "boundary": tr("Wrong bounds"),
                "not a statement": tr("Nothing is said"),
            }
        case Stance(overall=True):
            return {"polarity": tr("Wrong side"), "no stance": tr("No side is taken")}
        case Stance():
            return {
                "holder": tr("Wrong holder"),
                "target": tr("Wrong target"),
                "polarity": tr("Wrong side"),
                "no stance": tr("No side is taken"),
            }


def status_name(status: Status) -> str:
    """Return what the window calls a decision."""
    return {
        Status.SUGGESTED: tr("Suggestion"),
        Status.ACCEPTED: tr("Accepted"),
        Status.CORRECTED: tr("Corrected"),
        Status.ADDED: tr("Added"),
        Status.REJECTED: tr("Rejected"),
    }[status]


def origin_name(origin: Origin) -> str:
    """Return who first drew an annotation."""
    return {
        Origin.MODEL: tr("model"),
        Origin.RULE: tr("rule"),
        Origin.MEMORY: tr("decided before"),
        Origin.PROPAGATED: tr("as elsewhere here"),
        Origin.IMPORTED: tr("imported"),
        Origin.CODER: tr("by hand"),
    }[origin]


def ref_text(state: ArticleState, ref: Ref | None) -> str:
    """Return what fills a slot; an empty slot is a dash."""
    if ref is None:
        return "–"
    ref = state.settled(ref)
    if ref.issue is not None and ref.issue in state.issue_names:
        return state.issue_names[ref.issue]
    if ref.span is not None:
        return one_line(ref.span.of(state.text))
    return {
        RefKind.WRITER: tr("the writer"),
        RefKind.IMPLICIT: tr("not named"),
        RefKind.ISSUE: tr("an issue of the project"),
    }.get(ref.kind, "–")


def target_text(state: ArticleState, target: Ref) -> str:
    """Return what a stance is toward, and that it is toward *not* that where it is negated."""
    words = ref_text(state, target)
    return tr("not: {}").format(words) if target.negated else words


def refs_text(state: ArticleState, refs: tuple[Ref, ...]) -> str:
    """Return what several refs name, the outermost source first; none is a dash."""
    return " → ".join(ref_text(state, ref) for ref in refs) or "–"


def spans_text(state: ArticleState, spans: tuple[Span, ...], longest: int = 90) -> str:
    """Return the words of a slot, several stretches parted by an ellipsis; none is a dash."""
    words = " … ".join(one_line(span.of(state.text)) for span in spans)
    return shortened(words, longest) or "–"


def cue_text(state: ArticleState, frame: Stance | Statement) -> str:
    """Return the words of a cue, and how what they lead to is given: directly or indirectly."""
    statement = state.get(frame.statement) if isinstance(frame, Stance) else frame
    words = spans_text(state, frame.cue)
    words = f"“{words}”" if frame.cue else words
    if not isinstance(statement, Statement) or statement.attribution is Attribution.NONE:
        return words
    return f"{words}, {_attribution_name(statement.attribution)}"


def _attribution_name(attribution: Attribution) -> str:
    return {
        Attribution.DIRECT: tr("direct"),
        Attribution.INDIRECT: tr("indirect"),
        Attribution.MIXED: tr("partly direct"),
        Attribution.NONE: tr("not attributed"),
    }[attribution]


def where_from(annotation: Annotation) -> str:
    """Return the line under a card: score, origin and reason, and what a correction changed."""
    decision = annotation.decision
    parts = [f"{decision.score:.0%}"] if decision.score is not None else []
    parts.append(tr("as in a twin") if is_offer(annotation) else origin_name(decision.origin))
    if isinstance(annotation, Stance) and annotation.why:
        parts.append(annotation.why)
    if before := _before(annotation, decision):
        parts.append(before)
    return " · ".join(parts)


def summary(state: ArticleState, annotation: Annotation) -> str:
    """Return an annotation in one line, as the list of all of them shows it."""
    match annotation:
        case Entity():
            return one_line(annotation.span.of(state.text))
        case Statement():
            said = spans_text(state, annotation.content, 60)
            return f"{ref_text(state, annotation.source)}: “{said}”"
        case Stance():
            mark = POSITION_MARKS[annotation.position]
            if annotation.overall:
                return f"{mark} {target_text(state, annotation.target)}"
            target = target_text(state, annotation.target)
            words = f"{ref_text(state, annotation.holder)} {mark} {target}"
            return words if annotation.target.span else f"{words}: “{_evidence(state, annotation)}”"


def kind_name(annotation: Annotation) -> str:
    """Return an entity's label, a stance's side, or what a statement is called."""
    match annotation:
        case Entity():
            return annotation.label
        case Statement():
            return tr("Quotation")
        case Stance():
            return position_name(annotation.position)


def one_line(text: str) -> str:
    """Return a text with each run of blanks and line ends as one space."""
    return " ".join(text.split())


def shortened(text: str, longest: int) -> str:
    """Return a text of at most ``longest`` code points, the rest an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _evidence(state: ArticleState, stance: Stance) -> str:
    return shortened(one_line(main_span(stance).of(state.text)), 60)


def _before(annotation: Annotation, decision: Decision) -> str:
    suggested = decision.suggested
    if not suggested:
        return ""
    if isinstance(annotation, Entity) and suggested["label"] != annotation.label:
        return tr("was {}").format(suggested["label"])
    if isinstance(annotation, Stance) and suggested["position"] != annotation.position.value:
        return tr("was {}").format(position_name(Position(suggested["position"])))
    return tr("bounds or slots changed")


def contradicting(many: int) -> str:
    """Say how many suggestions a bulk left undecided, and why."""
    if many == 1:
        return tr("1 contradicts a recorded stance and is left to you.")
    return tr("{} contradict recorded stances and are left to you.").format(many)
