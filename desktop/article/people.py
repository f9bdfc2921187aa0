"""The actors of the article under the analyst's hands: who they are, and what is done to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from db.actor_book import ActorBook, key_of, may_be
from db.acts import Act
from db.forms import form_of
from db.positions import Recorded
from db.values import Actor, Annotation, Entity, RefKind, Stance
from desktop.article import commands
from desktop.article.actors import ActorHere, actors_here, facts
from desktop.article.commands.resolving import resolved
from desktop.article.ledger import Ledger
from desktop.article.who import Who, is_name
from desktop.article.wording import tr

if TYPE_CHECKING:
    from desktop.article.session import ArticleSession

_MOMENT = 60  # ms
_REST = 10  # times as long as gathering takes nobody gathers again
_GUESSES = 12
_AT_ONCE = 500  # annotations in one turn of the event loop


class People(QObject):
    """Knows a session's actors; gathered again a moment after anybody new is named.

    A moment, since the suggestions for a long article come in a hundred batches.
    """

    gathered = Signal()
    """:attr:`here` is other than it was."""
    who_wanted = Signal(object)
    """It is to be said who is meant by an :class:`ActorHere`'s mentions: offer the actors."""
    affiliation_wanted = Signal(object)
    """It is to be said what an :class:`ActorHere` belongs to."""
    merge_wanted = Signal(object, object, str, object)
    """Actors are to become one in the whole project: the one they become, the others' ids, its name
    and more aliases of it."""
    positions_wanted = Signal(object)
    """A set of actors whose positions elsewhere are to be read."""
    positions_known = Signal()
    """The positions of somebody named here are known."""
    contradicted = Signal(object)
    """What was asked for contradicts this :class:`Recorded`; asked for again it is done."""
    withdrawn = Signal()
    """That warning is no longer to the point."""

    def __init__(self, session: ArticleSession) -> None:
        super().__init__(session)
        self._session = session
        self.who = Who()
        self.known = False
        """Whether the project's actors are known: before, no act says who is who."""
        self.here: list[ActorHere] = []
        self.ledger = Ledger()
        self._asked: set[UUID] = set()
        self._warned: object = None
        self._facts: dict[UUID, object] = {}
        self._named: dict[UUID, ActorHere] = {}  # who the list says each mention is
        self._soon = QTimer(self, singleShot=True, interval=_MOMENT)
        self._soon.timeout.connect(self._begin)
        self._work: Iterator[None] = iter(())
        self._spent = 0.0
        session.article_changed.connect(self._on_article)
        session.annotations_changed.connect(self._gather_soon)
        session.focus_changed.connect(lambda _: self.forget_warning())
        self._start()

    @property
    def warned(self) -> bool:
        """Whether something waits for being asked for again."""
        return self._warned is not None

    @property
    def book(self) -> ActorBook:
        """The project's actors."""
        return self.who.book

    def use(self, book: ActorBook | None) -> None:
        """Know the actors of a project; None when it is closed."""
        self.who.book = book or ActorBook()
        self.known = book is not None
        self._forget()
        self._start()

    def follow(self, act: Act) -> None:
        """Keep the actors in line with an act, done here or elsewhere, or taken back."""
        if self.known and self.book.apply(act.changes):
            self._start()

    # --- on the way of an act

    def resolved(self, act: Act) -> Act:
        """Return an act with the actors of what it decides on."""
        state = self._session.state
        if state is None or not self.known:
            return act
        return resolved(state, act, self.who, self._session.named_labels)

    def contradicts(self, act: Act) -> tuple[frozenset[object], Recorded] | None:
        """Return what an act would record, and the first recorded position it contradicts."""
        state = self._session.state
        return self.ledger.contradicted(state, act) if state and self.known else None

    def objects(self, act: Act) -> bool:
        """Tell, once, that an act contradicts what is recorded; asked for again it may be done."""
        found = self.contradicts(act)
        if found is None or self._warned == found:
            self.forget_warning()
            return False
        self._warned = found
        self.contradicted.emit(found[1])
        return True

    def forget_warning(self) -> None:
        """Wait for nothing to be asked for again."""
        if self._warned is not None:
            self._warned = None
            self.withdrawn.emit()

    # --- who is here

    def _gathering(self) -> Iterator[None]:
        """Read the actors off the article, and yield where the window may have its turn."""
        session, state, here = self._session, self._session.state, list[ActorHere]()
        if state is not None:
            yield from self.who.look(state, session.named_labels)
            yield
            here = yield from actors_here(state, session.actor_labels, self.who)
            yield
        self._named = {id_: each for each in here for id_ in each.mentions}
        yield
        told = dict[UUID, object]()
        for nth, one in enumerate(state.visible if state else ()):
            told[one.id] = self._told(one)
            if nth % _AT_ONCE == 0:
                yield
        self._facts = told
        if here != self.here:
            self.here = here
            self.gathered.emit()
        self._ask_for({each.actor for each in here if each.actor})

    def _begin(self) -> None:
        self._work, self._spent = self._gathering(), 0.0
        self._session.spare.begin(self._go_on, self)

    def _go_on(self) -> bool:
        began = perf_counter()
        more = next(self._work, self) is not self
        self._spent += perf_counter() - began
        if not more:  # in a long article, seldom: a list beside the text may lag behind the hand
            self._soon.setInterval(max(_MOMENT, round(_REST * 1000 * self._spent)))
        return more

    def of(self, identifier: UUID | None) -> ActorHere | None:
        """Return who a mention means, or who holds a stance."""
        state = self._session.state
        annotation = state.get(identifier) if state else None
        if isinstance(annotation, Stance):
            holder = annotation.holder
            mention = holder.entity if holder.kind is RefKind.ENTITY else None
            if mention is None and (actor := self.book.get(holder.actor)):
                return next(
                    (each for each in self.here if each.actor == actor.id),
                    ActorHere(actor.name, actor.kind or "", (), (), frozenset(), actor.id),
                )
            identifier = mention
        return self._named.get(identifier) if identifier else None

    def mention(self) -> UUID | None:
        """Return the mention in focus, or in the slot of the holder of the stance in focus."""
        focused = self._session.focused
        if isinstance(focused, Stance):
            return focused.holder.entity if focused.holder.kind is RefKind.ENTITY else None
        return focused.id if isinstance(focused, Entity) else None

    def called(self, mention: UUID | None) -> str:
        """Return what a mention is called in the text."""
        state = self._session.state
        entity = state.get(mention) if state else None
        return form_of(entity.span.of(state.text)) if state and isinstance(entity, Entity) else ""

    def guesses(self, here: ActorHere) -> list[Actor]:
        """Return who else of the project it may be, the likeliest first."""
        words = {key for form in (here.name, *here.forms) for key in key_of(form).split()}
        found: dict[UUID, int] = {}
        for form in (here.name, *here.forms):
            for actor in self.book.find(form, here.label):
                found[actor.id] = 3
        for other in self.here:
            if other.actor and may_be(other.label, here.label):
                found.setdefault(other.actor, 1)
        for actor in self.book.by_id.values():
            if words & set(key_of(actor.name).split()) and may_be(actor.kind, here.label):
                found[actor.id] = max(found.get(actor.id, 0), 2)
        found.pop(here.actor or UUID(int=0), None)
        best = sorted(found, key=lambda id_: (-found[id_], self.book.name(id_)))
        return [self.book.by_id[identifier] for identifier in best[:_GUESSES]]

    # --- acts

    def ask_who(self, here: ActorHere | None = None) -> bool:
        """Ask who is meant by what is in focus, or by an actor of the list."""
        return self._ask(self.who_wanted, here)

    def ask_affiliation(self, here: ActorHere | None = None) -> bool:
        """Ask what the actor in focus, or one of the list, belongs to."""
        return self._ask(self.affiliation_wanted, here)

    def is_(self, mentions: Sequence[UUID], actor: Actor | str, label: str = "") -> bool:
        """Say who mentions, or the holder of the stance in focus, mean; a text is a new actor."""
        known = self._actor(actor, label)
        focused = self._session.focused
        if not mentions and isinstance(focused, Stance):
            return self._session.do(commands.holder_is, focused.id, known, self.book)
        return self._session.do(commands.this_is, mentions, known, self.book)

    def split_out(self, mention: UUID) -> bool:
        """Make a mention an actor of its own, called what it is called here."""
        state = self._session.state
        entity = state.get(mention) if state else None
        if state is None or not isinstance(entity, Entity):
            return False
        return self.is_((mention,), form_of(entity.span.of(state.text)), entity.label)

    def rename(self, here: ActorHere, name: str) -> bool:
        """Give an actor another name, in the whole project."""
        actor = self.book.get(here.actor) or self._new(here)
        return self._session.do(commands.rename_actor, actor, name, self.book)

    def affiliate(self, here: ActorHere, to: ActorHere | Actor | str | None) -> bool:
        """Say what an actor belongs to; None: nothing."""
        actor = self.book.get(here.actor) or self._new(here)
        if isinstance(to, ActorHere):
            to = self.book.get(to.actor) or self._new(to)
        body = self._actor(to, "ORG") if to is not None else None
        return self._session.do(commands.affiliate, actor, body, self.book)

    def join(self, into: ActorHere, others: Iterable[ActorHere]) -> bool:
        """Make actors of the list one, called what the first is called.

        Those that the project knows become one in all of it.
        """
        together = [into, *(each for each in others if each != into)]
        known = [each.actor for each in together if each.actor]
        nameless = [each for each in together if not each.actor]
        forms = [form for each in nameless for form in each.forms]
        if len(together) < 2:
            return False
        if len(known) > 1:
            keep = into.actor or known[0]
            gone = [each for each in known if each != keep]
            self.merge_wanted.emit(keep, gone, into.name, [form for form in forms if is_name(form)])
            return True
        actor = self.book.get(known[0]) if known else self._new(into)
        assert actor is not None
        if not into.actor:
            actor = replace(actor, name=into.name)
        mentions = [id_ for each in nameless for id_ in each.mentions]
        return self._session.do(commands.join, mentions, forms, actor, self.book)

    # --- positions elsewhere

    def take_positions(self, of: Iterable[UUID], found: Iterable[Recorded]) -> None:
        """Know what some actors hold, all over the project."""
        self.ledger.take(of, found)
        self.positions_known.emit()

    def forget_positions(self) -> None:
        """Read them anew: they may have changed in another article; what waits, waits on."""
        self._forget_positions()
        self._start()

    def _ask_for(self, actors: set[UUID]) -> None:
        new = actors - self._asked
        if new and self.known:
            self._asked |= new
            self.positions_wanted.emit(new)

    # --- within

    def _ask(self, wanted: SignalInstance, here: ActorHere | None) -> bool:
        here = here or self.of(self._session.focus) or self._unnamed()
        if here is None:
            self._session.told.emit(tr("Go to a name, or to a stance that somebody holds."))
            return False
        wanted.emit(here)
        return True

    def _unnamed(self) -> ActorHere | None:
        """Return what is in focus as somebody whom no name of the list tells."""
        state, focused = self._session.state, self._session.focused
        if state is None:
            return None
        match focused:
            case Entity(label=label) if label in self._session.named_labels:
                form = form_of(focused.span.of(state.text))
                return ActorHere(form, label, (form,), (focused.id,), frozenset(), focused.actor)
            case Stance(holder=holder) if holder.kind in (RefKind.SPAN, RefKind.IMPLICIT):
                form = form_of(holder.span.of(state.text)) if holder.span else ""
                return ActorHere(form, "PERSON", (), (), frozenset(), holder.actor)
            case _:
                return None

    def _actor(self, actor: Actor | str, label: str) -> Actor:
        if isinstance(actor, Actor):
            return actor
        return Actor(uuid4(), " ".join(actor.split()), label or None)

    def _new(self, here: ActorHere) -> Actor:
        forms = (form for form in here.forms if key_of(form) != key_of(here.name))
        return Actor(uuid4(), here.name, here.label, tuple(forms))

    def _on_article(self) -> None:
        self._session.spare.end(self._go_on)  # what is half done is of another article
        self._forget()
        self._start()

    def _forget(self) -> None:
        self._forget_positions()
        self.forget_warning()

    def _forget_positions(self) -> None:
        self.ledger.forget()
        self._asked.clear()

    def _gather_soon(self, touched: set[UUID]) -> None:
        """Gather again, but not for a mere acceptance: that names nobody new."""
        state = self._session.state
        if state and any(self._told(state.get(one)) != self._facts.get(one) for one in touched):
            self._start()

    def _told(self, annotation: Annotation | None) -> object:
        """Return what the list tells of an annotation: accepting what it tells changes nothing."""
        named = self._named.get(annotation.id) if annotation else None
        return facts(annotation, named.actor if named else None)

    def _start(self) -> None:
        if not self._soon.isActive():  # a restart would put it off for as long as batches come
            self._soon.start()
