"""What was decided in the project so far, counted along while the analyst decides."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.acts import Act
from db.forms import MERGED, Forms, form_of
from db.values import Annotation, Entity, Status
from desktop.article.session import ArticleSession
from desktop.shell.store import Store

_Decided = tuple[str, str, Status]  # form, label, what was decided


class Remembering(QObject):
    """Counts decisions by form: the project's once, then those on the desk as they are made."""

    learnt = Signal(object, bool)
    """``dict[str, Learnt]`` of the forms whose case has changed, empty where nothing is known any
    more; and whether that is all that is known, so that the rest is to be forgotten."""

    def __init__(self, session: ArticleSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store: Store | None = None
        self._forms = Forms()
        self._here: dict[UUID, _Decided] = {}  # what the open article adds to the counts
        self._asked = 0
        self._meanwhile: list[tuple[_Decided, int]] = []  # counted since the store was asked
        session.article_changed.connect(self._on_article)
        session.annotations_changed.connect(self._on_changed)
        self._on_article()  # one may be open

    def use(self, store: Store) -> None:
        """Count an open project's decisions, and again whenever others may have decided."""
        self._store = store
        self._forms = Forms()
        store.changed_elsewhere.connect(self.ask)
        store.failed.connect(self.ask)
        store.applied.connect(self._on_applied)
        self.ask()

    def stop(self) -> None:
        """Remember nothing: the project is closed."""
        self._store = None
        self._forms = Forms()
        self._here = {}

    def ask(self, *_: object) -> None:
        """Count anew."""
        if self._store is None:
            return
        self._asked += 1
        self._meanwhile = []
        number = self._asked

        def count(session: object) -> Forms:
            from db import precedents

            return precedents.forms(session)  # pyright: ignore[reportArgumentType]

        self._store.ask(count, lambda forms: self._on_counted(number, forms))

    def _on_counted(self, number: int, forms: Forms) -> None:
        if number != self._asked:
            return
        for decided, by in self._meanwhile:
            forms.count(*decided, by)
        self._forms = forms
        self.learnt.emit(forms.all_learnt(), True)

    def _on_applied(self, act: Act) -> None:
        state = self._session.state
        if state is None or act.article != state.article.id:
            self.ask()

    def _on_article(self) -> None:
        state = self._session.state
        found = state.decisions if state else ()
        self._here = {one.id: key for one in found if (key := self._decided(one))}

    def _on_changed(self, ids: set[UUID]) -> None:
        state = self._session.state
        if state is None:
            return
        before: dict[str, object] = {}
        for identifier in ids:
            old, new = self._here.get(identifier), self._decided(state.row(identifier))
            if old == new:
                continue
            for decided, by in ((old, -1), (new, 1)):
                if decided:
                    before.setdefault(decided[0], self._forms.learnt(decided[0]))
                    self._forms.count(*decided, by)
                    self._meanwhile.append((decided, by))
            if new:
                self._here[identifier] = new
            else:
                del self._here[identifier]
        now = {form: self._forms.learnt(form) for form in before}
        if changed := {form: known for form, known in now.items() if known != before[form]}:
            self.learnt.emit(changed, False)

    def _decided(self, annotation: Annotation | None) -> _Decided | None:
        state = self._session.state
        if not isinstance(annotation, Entity) or state is None:
            return None
        status = annotation.decision.status
        if status is Status.SUGGESTED or annotation.decision.reason == MERGED:
            return None
        return form_of(annotation.span.of(state.text)), annotation.label, status
