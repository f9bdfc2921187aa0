"""An analyst who knows what the article says, and brings the window to say the same by keyboard.

What is in focus is read off the session, as a person reads it off the screen; whatever is done is
done by keys.
"""

from __future__ import annotations

from collections.abc import Iterable

from flow.keyboard import Keyboard
from gold import Frame, Gold

from db.values import Entity, Position, Ref, Span, Stance
from desktop.article.scheme import POSITION_KEYS
from desktop.article.state import ArticleState

_SIDES: dict[Position, str] = {position: key for key, position in POSITION_KEYS.items()}
_PATIENCE = 40  # keys to move one edge


class Analyst:
    """Corrects the article that is open until it says what ``gold`` says."""

    def __init__(self, keyboard: Keyboard, gold: Gold) -> None:
        self.keys = keyboard
        self.session = keyboard.app.session
        self.names = {each.span: each.label for each in gold.entities}
        self.frames = gold.frames

    @property
    def state(self) -> ArticleState:
        """The article on the screen."""
        assert self.session.state is not None
        return self.session.state

    # --- names

    def decide_names(self) -> None:
        """Go from suggestion to suggestion; stances wait until their names are right."""
        while any(isinstance(self.state.get(stop), Entity) for stop in self.state.stops()):
            focused = self.session.focused
            if isinstance(focused, Entity) and not focused.decision.decided:
                self.decide_name(focused)
            else:
                self.keys.press("Tab")

    def decide_name(self, name: Entity) -> None:
        """Accept, reject, relabel, or move the bounds of the name in focus."""
        label = self.names.get(name.span)
        if label == name.label:
            self.keys.press("Return")
        elif label is not None:
            self.label(label)
        elif (meant := self._meant(name)) is None or not self._move(name, meant):
            self.keys.press("X")
        else:
            moved = self.session.focused
            assert isinstance(moved, Entity)
            if moved.label != self.names[meant]:
                self.label(self.names[meant])

    def label(self, label: str) -> None:
        """Give the label by its digit, or else by typing it."""
        found = self.session.scheme.label(label)
        if found.shortcut:
            self.keys.press(found.shortcut)
        else:
            self.keys.press("A" if self.session.selection else "L")
            self.keys.type(label)
            self.keys.press("Return")

    def add_names(self) -> list[Span]:
        """Select and label what nobody suggested; return where that was."""
        there = {each.span for each in self.state.visible if isinstance(each, Entity)}
        missing = sorted(self.names.keys() - there)
        for span in missing:
            self.keys.select(span)
            self.label(self.names[span])
        return missing

    def _meant(self, name: Entity) -> Span | None:
        """Return what a name with the wrong bounds stands for, if nothing else stands there."""
        meant = [span for span in self.names if span.overlaps(name.span)]
        if len(meant) != 1 or self.state.entity_on(meant[0]):
            return None
        return meant[0]

    def _move(self, name: Entity, to: Span) -> bool:
        for edge, keys in (("start", "[]"), ("end", "{}")):
            wanted, key = getattr(to, edge), ""
            for _ in range(_PATIENCE):
                focused = self.session.focused
                assert isinstance(focused, Entity)
                way = wanted - getattr(focused.span, edge)
                if not way:
                    break
                # By words, until that goes too far.
                once_more = not key or (key.startswith("Ctrl+") and key[-1] == keys[way > 0])
                key = ("Ctrl+" if once_more else "") + keys[way > 0]
                self.keys.press(key)
        focused = self.session.focused
        return isinstance(focused, Entity) and focused.id == name.id and focused.span == to

    # --- stances

    def decide_stances(self) -> None:
        """Correct each suggested stance that means something, refuse the others, add the rest."""
        left = list(self.frames)
        while self.state.left():
            stance = self.session.focused
            if not isinstance(stance, Stance) or stance.decision.decided:
                self.keys.press("Tab")
                continue
            alike = {nth: _likeness(stance, one.stance) for nth, one in enumerate(left)}
            best = max(alike, key=alike.__getitem__, default=None)
            if best is None or not alike[best]:
                self.keys.press("Shift+X", "4")
            else:
                self.correct(left.pop(best))
        for frame in left:
            self.keys.select(frame.stance.evidence[0])
            self.keys.press("S")
            self.correct(frame)

    def correct(self, frame: Frame) -> None:
        """Bring the stance in focus to say what a frame says."""
        meant, done = frame.stance, self.session.focus
        for slot, key in (("evidence", "V"), ("cue", "U")):
            if getattr(self._stance, slot) != (spans := getattr(meant, slot)):
                self._fill_words(key, spans)
        for slot, key in (("holder", "H"), ("target", "T")):
            ref: Ref = getattr(meant, slot)
            assert ref.span is not None
            if self._span(getattr(self._stance, slot)) != ref.span:
                self.keys.select(ref.span)
                self._press(key)
        if [self._span(ref) for ref in self._stance.nested] != [ref.span for ref in meant.nested]:
            if self._stance.nested:
                self.keys.press("Shift+R")
            for ref in meant.nested:
                assert ref.span is not None
                self.keys.select(ref.span)
                self.keys.press("R")
        if self._stance.target.negated != meant.target.negated:
            self._press("G")
        if self._stance.position is not meant.position:
            self._press(_SIDES[meant.position])
        if not self._stance.decision.decided:
            self._press("Return")
        else:
            assert self.session.focus == done

    def _press(self, key: str) -> None:
        """Press a key, and again where the window warns of what it contradicts."""
        self.keys.press(key)
        if self.session.people.warned:
            self.keys.press(key)

    def _fill_words(self, key: str, spans: Iterable[Span]) -> None:
        for nth, span in enumerate(spans):
            self.keys.select(span)
            self.keys.press(f"Shift+{key}" if nth else key)

    @property
    def _stance(self) -> Stance:
        assert isinstance(self.session.focused, Stance)
        return self.session.focused

    def _span(self, ref: Ref) -> Span | None:
        return self.state.settled(ref).span


def _likeness(suggested: Stance, meant: Stance) -> int:
    """Return how much a suggested stance is like one that is meant; 0: it is on other words."""
    shared = sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in suggested.evidence
        for other in meant.evidence
    )
    same = (suggested.holder.span == meant.holder.span) + (
        suggested.target.span == meant.target.span
    )
    return shared and shared + 100 * same
