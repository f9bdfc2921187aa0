"""The perfect analyst of :mod:`tests.bench.gold`: what it presses, and where each action goes."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from uuid import UUID

from PySide6.QtCore import QPoint

from db.values import Annotation, Entity, Position, Span, Stance
from desktop.app import Standfirst
from desktop.article.bounds import Bounds, Edge, Unit
from desktop.article.places import in_text, main_span, paragraph
from desktop.article.scheme import POSITION_KEYS
from desktop.article.state import ArticleState
from desktop.shell.choice_popup import ChoicePopup
from desktop.suggest.evaluation import frames
from desktop.suggest.evaluation.articles import suggested_frames
from desktop.suggest.evaluation.frames import count_frames, same_holder, same_side, same_target
from tests.bench.quality import _frame as compared
from tests.bench.real_window import quiet
from tests.flow.keyboard import Keyboard
from tests.flow.mouse import Mouse
from tests.gold import Gold

NAMES, STANCES = "entity", "stance"
SIDES = {position: key for key, position in POSITION_KEYS.items()}
EDGES = {(Edge.START, -1): "Ctrl+[", (Edge.START, 1): "Ctrl+]",
         (Edge.END, -1): "Ctrl+{", (Edge.END, 1): "Ctrl+}"}  # fmt: skip
ANEW = 3  # actions that a stance takes from the start, with one to refuse what was suggested


@dataclass(frozen=True)
class Moves:
    """Keys that decide several things at once; none where the window has no such key.

    Each is pressed only where all that it decides is right.
    """

    paragraph: tuple[str, ...] = ()
    """Accepts what is suggested in the paragraph in focus, such as ``("Shift+Return",)``."""
    article: tuple[str, ...] = ()
    """Accepts what is suggested in the article, such as ``("Ctrl+Shift+A", "Return")``."""
    everywhere: tuple[str, ...] = ()
    """Does to all equal mentions in the article what was done to the one in focus: ``("M",)``."""


@dataclass
class Analyst:
    """Brings the open article to what ``gold`` says; ``spent`` counts its actions."""

    app: Standfirst
    gold: Gold
    moves: Moves
    spent: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By layer and purpose: ``go``, ``accept``, ``decide`` on what is suggested, ``add`` what is
    not, and ``fill`` the slots of what was added.
    """

    def __post_init__(self) -> None:
        self.keys, self.mouse = Keyboard(self.app), Mouse(self.app)
        self.session = self.app.session
        self.names = {each.span: each.label for each in self.gold.entities}
        self.frames = [compared(each) for each in self.gold.frames if not each.arguable]
        self.arguable = [compared(each) for each in self.gold.frames if each.arguable]
        self.done = set[int]()  # frames of the gold that are there
        self.bounds = Bounds(self.gold.article.text)

    @property
    def state(self) -> ArticleState:
        """The article on the screen."""
        assert self.session.state is not None
        return self.session.state

    def work(self) -> None:
        """Decide on everything, add what is missing, and see that it is all there."""
        self._count(NAMES, "add", self._add_names)
        if self.moves.article:
            self._sweep(self._undecided(), self.moves.article)
        while self.state.left():
            if not self._sweep(self._here(), self.moves.paragraph):
                self._decide_next()
        self._add_stances()
        quiet(self.app)
        self._check()

    def _decide_next(self) -> None:
        focused = self.session.focused
        if focused is None or focused.decision.decided:
            kind = STANCES if isinstance(focused, Stance) else NAMES
            self._count(kind, "go", lambda: self._press("Tab"))
        else:
            self._decide(focused)

    def _decide(self, one: Annotation) -> None:
        if isinstance(one, Entity):
            self._count(NAMES, "decide", self._decide_name)
        else:
            self._count(STANCES, "decide", self._decide_stance)

    # --- several at once

    def _undecided(self) -> list[Annotation]:
        found = (self.state.get(stop) for stop in self.state.stops())
        return [one for one in found if one is not None]

    def _here(self) -> list[Annotation]:
        """Return what is undecided in the paragraph of what is in focus."""
        focused = self.session.focused
        if focused is None or not in_text(focused):
            return []
        here = paragraph(self.state.text, main_span(focused).start)
        return [
            each for each in self._undecided() if in_text(each) and here.covers(main_span(each))
        ]

    def _sweep(self, some: list[Annotation], keys: tuple[str, ...]) -> bool:
        """Put right what is wrong and accept the rest at once, if that is less than one by one."""
        frames, right, wrong = set[int](), list[UUID](), list[UUID]()
        for one in some:
            number = self._frame_of(one, frames) if isinstance(one, Stance) else None
            frames |= set() if number is None else {number}
            fits = number is not None if isinstance(one, Stance) else self._fits(one)
            (right if fits else wrong).append(one.id)
        if not keys or len(right) <= len(wrong) + len(keys):
            return False
        self.done |= frames
        for identifier in wrong:
            if one := self._open(identifier):
                kind = NAMES if isinstance(one, Entity) else STANCES
                self._count(kind, "go", lambda one=one: self._go_to(one))
                self._decide(one)
        left = [one for identifier in right if (one := self._open(identifier))]
        if left and keys is self.moves.paragraph and left[0] not in self._here():
            self._count(NAMES, "go", lambda: self._go_to(left[0]))
        if left:
            self._count(NAMES, "accept", lambda: self._press(*keys))
        quiet(self.app)
        return True

    def _open(self, identifier: UUID) -> Annotation | None:
        """Return a suggestion if it still waits: deciding on another may have decided on it."""
        now = self.state.get(identifier)
        return None if now is None or now.decision.decided else now

    def _fits(self, one: Annotation) -> bool:
        if isinstance(one, Entity):
            return self.names.get(one.span) == one.label
        return isinstance(one, Stance) and self._frame_of(one) is not None

    def _frame_of(self, stance: Stance, but: Collection[int] = ()) -> int | None:
        """Return the frame of the gold that a suggested stance says just so, if it is still open.

        ``but`` are those that others say already.
        """
        found = _as_found(self.state, stance)
        fitting = (n for n, frame in enumerate(self.frames) if same_target(found, frame))
        return next((n for n in fitting if n not in self.done and n not in but), None)

    def _go_to(self, one: Annotation) -> None:
        """Click an annotation, again where something lies over it; or else go on by Tab."""
        self.app.window.toast.hide()
        for _ in range(3):
            if self.session.focus == one.id:
                return
            self.app.canvas.reveal(main_span(one))
            self.mouse.click(self.app.canvas.viewport(), self.mouse.point(main_span(one)))
        for _ in range(self.state.left()):
            if self.session.focus != one.id:
                self._press("Tab")

    def _count(self, kind: str, what: str, act: Callable[[], None]) -> None:
        before = sum(self.keys.pressed.values()) + self.mouse.clicks
        act()
        self.spent[kind, what] += sum(self.keys.pressed.values()) + self.mouse.clicks - before

    def _press(self, *keys: str) -> None:
        """Press keys, and the last again where the window warns of what it contradicts."""
        self.keys.press(*keys)
        if self.session.people.warned:
            self.keys.press(keys[-1])

    # --- names

    def _add_names(self) -> None:
        """Drag over each name that nobody suggested anything for, and label it."""
        for span, label in sorted(self.names.items()):
            if not self.state.between(span.start, span.end) or not any(
                isinstance(one, Entity) and one.span.overlaps(span)
                for one in self.state.between(span.start, span.end)
            ):
                self._add_name(span, label)

    def _add_name(self, span: Span, label: str) -> None:
        self._select(span)
        self._label(label)
        form = span.of(self.state.text)
        alike = {one for one in self.names if one.of(self.state.text) == form} - {span}
        if self.moves.everywhere and any(self.state.entity_on(one) is None for one in alike):
            self._press(*self.moves.everywhere)

    def _decide_name(self) -> None:
        name = self.session.focused
        assert isinstance(name, Entity)
        form = name.span.of(self.state.text)
        alike = [
            one
            for one in self._undecided()
            if isinstance(one, Entity)
            and one.id != name.id
            and one.label == name.label
            and one.span.of(self.state.text) == form
        ]
        if self._fits(name):
            self._press("Return")
        elif (label := self.names.get(name.span)) is not None:
            self._label(label)
            if alike and all(self.names.get(one.span) == label for one in alike):
                self._press(*self.moves.everywhere)
        elif (meant := self._meant(name)) is None:
            self._press("X")
            if alike and all(one.span not in self.names for one in alike):
                self._press(*self.moves.everywhere)
        elif (key := self._one_word(name, meant)) and self.names[meant] == name.label:
            self._press(key)
        else:
            self._select(meant)
            self._label(self.names[meant])

    def _label(self, label: str) -> None:
        """Give a label by its digit, or by as many letters as bring it to the top of the list."""
        found = self.session.scheme.label(label)
        if found.shortcut:
            self._press(found.shortcut)
            return
        self._press("A" if self.session.selection else "L")
        offered = self.app.window.findChild(ChoicePopup)
        for letter in label.lower():
            self._press(letter)
            if offered and (first := offered.current()) and first.text == label:
                break
        self._press("Return")

    def _meant(self, name: Entity) -> Span | None:
        meant = [span for span in self.names if span.overlaps(name.span)]
        there = [one for one in meant if self.state.entity_on(one) is None]
        return there[0] if len(meant) == 1 and there else None

    def _one_word(self, name: Entity, meant: Span) -> str | None:
        for (edge, step), key in EDGES.items():
            if self.bounds.move(name.span, edge, Unit.WORD, step) == meant:
                return key
        return None

    # --- stances

    def _decide_stance(self) -> None:
        stance = self.session.focused
        assert isinstance(stance, Stance)
        found = _as_found(self.state, stance)
        costs = {
            number: self._fixes(found, frame)
            for number, frame in enumerate(self.frames)
            if number not in self.done and any(map(_touching(frame), stance.evidence))
        }
        best = min(costs, key=lambda number: costs[number], default=None)
        if self._is_arguable(found):
            self._press("Return")
        elif best is not None and costs[best] < ANEW:
            self.done.add(best)
            self._correct(self.frames[best])
            if self.session.focused is not None and not self.session.focused.decision.decided:
                self._press("Return")
        else:
            self._press("X")

    def _fixes(self, found: frames.Frame, frame: frames.Frame) -> int:
        """Return how many keys and drags bring a stance to say what a frame does."""
        held, sided = same_holder(found, frame), same_side(_held(found, frame), frame)
        about = same_target(_sided(_held(found, frame), frame), frame)
        return 2 * (not held) + (not sided) + 2 * (not about)

    def _correct(self, frame: frames.Frame) -> None:
        """Change the slots of the stance in focus that are wrong, and no others."""
        if not any(map(_touching(frame), self._stance.evidence)):
            self._fill("V", frame.evidence[:1], frame)
        if not same_holder(self._found, frame):
            self._fill("H", frame.holders, frame)
        if not same_target(_sided(self._found, frame), frame):
            self._fill("T", frame.targets[:1], frame)
        if not same_side(self._found, frame):
            turned = self._stance.target.negated ^ frame.negated
            position = frame.position.turned if turned else frame.position
            self._press(SIDES[position])
        assert same_target(self._found, frame), frame

    def _fill(self, key: str, spans: tuple[Span, ...], frame: frames.Frame) -> None:
        self._select(self._near(spans, frame))
        self._press(key)

    @staticmethod
    def _near(spans: tuple[Span, ...], frame: frames.Frame) -> Span:
        """Return the mention that is nearest to where a frame is shown."""
        return min(spans, key=lambda span: abs(span.start - frame.evidence[0].start))

    def _add_stances(self) -> None:
        for number, frame in enumerate(self.frames):
            if number not in self.done:
                self._count(STANCES, "add", lambda frame=frame: self._add_stance(frame))
                self._count(STANCES, "fill", lambda frame=frame: self._correct(frame))

    def _add_stance(self, frame: frames.Frame) -> None:
        """Select the target and take the side; the window reads the rest off the text around."""
        self._select(self._near(frame.targets, frame))
        position = frame.position.turned if frame.negated_by else frame.position
        self._press("Alt+" + SIDES[position])

    @property
    def _stance(self) -> Stance:
        assert isinstance(self.session.focused, Stance)
        return self.session.focused

    @property
    def _found(self) -> frames.Frame:
        return _as_found(self.state, self._stance)

    # --- both

    def _select(self, span: Span) -> None:
        """Drag over some words, from behind where a press in front would take hold of an edge."""
        self.app.window.toast.hide()  # it goes by itself; nobody waits for it here
        self.app.canvas.reveal(span)  # as the wheel would
        start, end = self.mouse._edges(span)
        start += QPoint(2, 0)  # as the hand does that wants to select
        for one, other in ((start, end), (end, start), (start + QPoint(3, 0), end)):
            if self.app.canvas._hand._edge_at(one.toPointF()) is None:
                self.mouse.drag(one, other)
                break
        if self.session.selection != span:  # no place to begin a drag at: by keyboard, then
            self.keys.select(span)
        assert self.session.selection == span, span.of(self.state.text)

    def _check(self) -> None:
        """See that the article says what the gold says."""
        standing = self.state.visible
        names = {one.span: one.label for one in standing if isinstance(one, Entity)}
        assert names == self.names, set(names.items()) ^ set(self.names.items())
        stances = [_as_found(self.state, one) for one in standing if isinstance(one, Stance)]
        found = [one for one in stances if not self._is_arguable(one)]
        counts = count_frames(found, [*self.frames, *self.arguable])["target"]
        assert counts.right == counts.found == counts.gold, counts

    def _is_arguable(self, found: frames.Frame) -> bool:
        """Tell a stance that another careful reader might leave out, and that is no other one."""
        arguable = any(same_target(found, frame) for frame in self.arguable)
        return arguable and not any(same_target(found, frame) for frame in self.frames)


def _as_found(state: ArticleState, stance: Stance) -> frames.Frame:
    names = (one for one in state.visible if isinstance(one, Entity))
    return suggested_frames([*names, _settled(state, stance)])[0]


def _settled(state: ArticleState, stance: Stance) -> Stance:
    holder, target = state.settled(stance.holder), state.settled(stance.target)
    return replace(stance, holder=holder, target=target)


def _touching(frame: frames.Frame) -> Callable[[Span], bool]:
    return lambda span: any(span.overlaps(other) for other in frame.evidence)


def _held(found: frames.Frame, frame: frames.Frame) -> frames.Frame:
    return replace(found, holders=frame.holders, writer=frame.writer, evidence=frame.evidence)


def _sided(found: frames.Frame, frame: frames.Frame) -> frames.Frame:
    turned = found.negated ^ frame.negated
    if frame.negated_by and any(target.covers(frame.negated_by) for target in found.targets):
        turned = not turned
    position: Position = frame.position.turned if turned else frame.position
    return replace(found, position=position)
