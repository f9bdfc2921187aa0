"""What comes into the open project: one text at once, everything else by an import beside us."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from db.values import Metadata
from desktop.importing.report import Outcome
from desktop.library.readers.incoming import Incoming, ReadError
from desktop.library.shelf import Shelf
from desktop.shell.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.imports import Unfinished
    from db.taking_in import Taken
    from desktop.importing.bar import ImportBar
    from desktop.importing.process import ImportProcess
    from desktop.importing.report_dialog import ReportDialog
    from desktop.importing.report_model import ReportModel
    from desktop.parts import Parts

_PLAIN = (".txt", ".text")
_SMALL = 2**20  # bytes of a text that is read while the window waits


class BringingIn(QObject):
    """Takes in what is opened, dropped or pasted; ``show`` lists the library and opens one."""

    def __init__(
        self, parts: Parts, store: Store, show: Callable[[UUID | None], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._parts, self._store, self._show = parts, store, show
        self._process: ImportProcess | None = None
        self._lines: ReportModel | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None  # the report, and columns
        self._said = ""

    @property
    def busy(self) -> bool:
        """Whether an import runs."""
        return self._process is not None

    def take(self, files: Sequence[Path]) -> None:
        """Take files and folders in; a table nobody has told of is asked about first."""
        from desktop.importing.sources import is_table

        if not files:
            return
        if len(files) == 1 and (one := _one_text(files[0])):
            self.add(one)
        elif any(is_table(file) for file in files):
            self.ask(files)
        else:
            self.begin(files)

    def add(self, one: Incoming) -> None:
        """Take one article in, and open it."""
        self._store.add_article(one.text, one.meta, partial(self._on_added, one.meta))

    def ask(self, files: Iterable[Path] = ()) -> None:
        """Ask what is to be imported, and how."""
        from desktop.importing.dialog import ImportDialog

        settings = self._parts.settings
        dialog = ImportDialog(files, settings.columns, self._parts.window)

        def accept() -> None:
            settings.columns = dialog.columns
            self.begin(dialog.paths, labels=dialog.labels)

        dialog.accepted.connect(accept)
        dialog.open()

    def begin(self, paths: Sequence[Path], labels: str = "add") -> None:
        """Import files and folders beside us."""
        from desktop.importing.process import ImportProcess
        from desktop.importing.report_model import ReportModel
        from desktop.importing.sources import named

        if self._process:
            words = self.tr("One import at a time: this one is not through yet.")
            self._parts.window.toast.say(words)
            return
        self._forget()
        self._folder = tempfile.TemporaryDirectory(prefix="standfirst-")
        columns = Path(self._folder.name, "columns.json")
        columns.write_text(json.dumps(self._parts.settings.columns), "utf-8")
        self._lines = ReportModel()
        process = self._process = ImportProcess(self)
        bar = self._bar()
        process.progressed.connect(bar.go_on)
        process.told.connect(self._lines.add)
        process.ended.connect(self._on_ended)
        process.failed.connect(self._on_failed)
        bar.begin(named(list(paths)))
        arguments = [f"--labels={labels}", f"--report={self._report}", f"--columns={columns}"]
        if coder := self._parts.settings.coder:
            arguments.append(f"--coder={coder}")
        # Behind all that is still to be written.
        start = partial(process.start, self._store.path, list(paths), arguments)
        self._store.ask(lambda _: None, lambda _: start())

    def look_for_unfinished(self) -> None:
        """Offer to go on with an import that was cut short, where its files are still there."""

        def run(session: Session) -> list[Unfinished]:
            from db.imports import unfinished

            return unfinished(session)

        def then(found: list[Unfinished]) -> None:
            for one in found:
                paths = [Path(source) for source in one.sources]
                if not self.busy and all(path.exists() for path in paths):
                    from desktop.importing.sources import named  # with all readers: it is slow

                    bar = self._bar()
                    bar.going_on.connect(partial(self.begin, paths))
                    bar.given_up.connect(partial(self._leave, one.id))
                    bar.offer(named(paths), one.articles)
                    return

        self._store.ask(run, then)

    def _leave(self, identifier: UUID) -> None:
        def run(session: Session) -> None:
            from db.imports import leave

            leave(session, identifier)

        self._store.ask(run, lambda _: None)

    def stop(self) -> None:
        """End with the project: what is in is whole."""
        if self._process:
            self._process.end()
            self._process = None
        if bar := self._found_bar():
            bar.hide()
        self._forget()

    def _forget(self) -> None:
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    @property
    def _report(self) -> Path:
        assert self._folder
        return Path(self._folder.name, "report.csv")

    def _found_bar(self) -> ImportBar | None:
        from desktop.importing.bar import ImportBar

        return self._parts.window.findChild(ImportBar)

    def _bar(self) -> ImportBar:
        from desktop.importing.bar import ImportBar

        window = self._parts.window
        if old := self._found_bar():
            old.setParent(None)
            old.deleteLater()
        bar = ImportBar()
        window.show_below(bar)
        bar.stopped.connect(self._cancel)
        bar.left.connect(window.go_to_article)
        bar.undo_wanted.connect(window.actions_table["undo"].trigger)
        bar.report_wanted.connect(self._show_report)
        return bar

    def _cancel(self) -> None:
        if self._process:
            self._bar_now().stopping()
            self._process.stop()

    def _bar_now(self) -> ImportBar:
        bar = self._found_bar()
        assert bar
        return bar

    def _on_ended(self, end: Mapping[str, Any]) -> None:
        bar, tally, first = self._bar_now(), end["tally"], end["first"]
        told = self._lines.only if self._lines and not tally[Outcome.TAKEN] else None
        if told:  # of one file that did not come in, why says more than how many
            bar.fail(f"{told.place}: {told.why}")
        else:
            bar.end(tally, stopped=end["stopped"])
        self._said = bar.text
        opens = UUID(first) if first else None
        only = tally[Outcome.TAKEN] == 1 and sum(tally.values()) == 1
        self._through(partial(self._opened, opens, only))

    def _opened(self, first: UUID | None, only: bool) -> None:
        if first:
            self._parts.library.show_shelf(Shelf.TODO)
        self._show(first)
        if only:  # as calm as any other article that is opened
            self._bar_now().hide()
            words = self.tr("Added 1 article")
            self._parts.window.toast.say(words, self.tr("Undo"), self._store.undo)

    def _on_failed(self, why: str) -> None:
        self._bar_now().fail(why)
        self._said = why
        self._through(partial(self._show, None))

    def _through(self, then: Callable[[], object]) -> None:
        def done() -> None:
            if self._process:
                self._process.deleteLater()
            self._process = None
            then()

        self._store.take_in(done)

    def _show_report(self) -> None:
        from desktop.importing.report_dialog import ReportDialog

        if self._lines is None:
            return
        dialog = ReportDialog(self._lines, self._said, self._parts.window)
        dialog.chosen.connect(self._show)
        dialog.save_wanted.connect(partial(self._ask_where, dialog))
        dialog.open()

    def _ask_where(self, parent: ReportDialog) -> None:
        proposed = self._store.path.with_name(f"{self._store.path.stem} import.csv")
        dialog = QFileDialog(
            parent, self.tr("Save report"), str(proposed), self.tr("Table (*.csv)")
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda name: self._save(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, path: Path) -> None:
        try:
            shutil.copyfile(self._report, path)
        except OSError as error:
            words = self.tr("The report was not saved: {}").format(error.strerror or error)
            self._parts.window.message.say(words)

    def _on_added(self, meta: Metadata, taken: Taken) -> None:
        from db.taking_in import How

        self._parts.library.show_shelf(Shelf.TODO)
        self._show(taken.article)
        words = {
            How.NEW: self.tr("Added “{}”"),
            How.NEWER: self.tr("“{}” took the place of its older version"),
            How.HERE: self.tr("“{}” is here already"),
            How.BACK: self.tr("“{}” was in the bin and is back, with all that is on it"),
        }[taken.how].format(meta.title)
        if taken.carried and (taken.carried.kept or taken.carried.vanished):
            told = self.tr("decisions carried over: {}, vanished: {}")
            words += f"; {told.format(taken.carried.kept, len(taken.carried.vanished))}"
        offer = "" if taken.how is How.HERE else self.tr("Undo")
        self._parts.window.toast.say(words, offer, self._store.undo if offer else None)


def _one_text(file: Path) -> Incoming | None:
    """Return the one article of a small text file; whatever else it is, the import reads it."""
    from desktop.library.readers import reading

    try:
        if file.suffix.lower() not in _PLAIN or file.stat().st_size > _SMALL:
            return None
        found = list(islice(reading.read(file), 2))
    except (OSError, ReadError):
        return None
    (one, *more) = found or [None]
    return one if isinstance(one, Incoming) and not more else None
