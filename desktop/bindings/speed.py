"""Deciding many at once, going through quotations, and calling a stretch empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from db.values import Annotation, Entity
from desktop.article.alike import Alike, SameMention
from desktop.article.many import Outcome
from desktop.article.overlaps import Overlaps
from desktop.article.stretches import Stretch, Stretches
from desktop.article.trail import Trail
from desktop.article.wording import contradicting, reasons, summary
from desktop.shell.command_field import Choice

if TYPE_CHECKING:
    from desktop.app import Standfirst


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Bindings", text)


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return what the menus do to many annotations at once, and to stretches of text."""
    session = app.session
    stretches, overlaps, trail = Stretches(session), Overlaps(session), Trail(session)

    def empty(stretch: Stretch, said: str) -> Callable[[], object]:
        return lambda: stretches.nothing_here(stretch, partial(_say_empty, app, said))

    return {
        "why": partial(_why, app),
        "reject": partial(_reject, app),
        "alike": partial(_alike, app),
        "everywhere": partial(_everywhere, app),
        "accept-paragraph": lambda: stretches.accept_paragraph(partial(say_accepted, app)),
        "accept-all": partial(_accept_all, app, stretches),
        "quote": partial(session.quotes.hop, 1),
        "quote-back": partial(session.quotes.hop, -1),
        "overlap": overlaps.next,
        "back": trail.back,
        "select": stretches.select,
        "checked": empty(Stretch.PARAGRAPH, tr("Paragraph checked.")),
        "checked-sentence": empty(Stretch.SENTENCE, tr("Sentence checked.")),
        "checked-article": empty(Stretch.ARTICLE, tr("Article checked.")),
    }


def say_accepted(app: Standfirst, outcome: Outcome) -> None:
    """Say how many suggestions were accepted, and how many not, and offer to take that back."""
    many = outcome.done
    words = tr("1 suggestion accepted.") if many == 1 else tr("{} suggestions accepted.")
    words = words.format(many)
    if outcome.contradicting:
        words += " " + contradicting(outcome.contradicting)
    if many:
        _say(app, words)
    else:
        app.window.toast.say(words)


def _say(app: Standfirst, words: str) -> None:
    app.window.toast.say(words, tr("Undo"), app.undo)


def _say_empty(app: Standfirst, said: str, rejected: int) -> None:
    if rejected:
        more = tr("1 suggestion in it was rejected.") if rejected == 1 else ""
        more = more or tr("{} suggestions in it were rejected.").format(rejected)
        said = f"{said} {more}"
    _say(app, said)


def _reject(app: Standfirst) -> None:
    """Reject, and offer the same for what is just like it here."""
    session, alike = app.session, SameMention(app.session)
    if not session.reject():
        return
    gone = session.just_rejected(unmoved=True)
    if isinstance(gone, Entity) and session.state and (many := alike.more_like(gone)):
        words = (
            tr("1 more “{}” is open here.") if many == 1 else tr("{1} more “{0}” are open here.")
        )
        words = words.format(summary(session.state, gone), many)
        app.window.toast.say(words, tr("Reject too  M"), partial(_alike, app))


def _why(app: Standfirst) -> None:
    """Ask why what is in focus is wrong, and, if it was just rejected, what was before it."""
    choices = list(_reasons(app))
    if choices:
        app.window.field.ask(tr("What is wrong?"), choices)
    else:
        app.session.told.emit(tr("Nothing is in focus."))


def _reasons(app: Standfirst) -> Iterator[Choice]:
    session, key = app.session, 0
    if focused := session.focused:
        for reason, words in reasons(focused).items():
            key += 1
            yield Choice(words, "", str(key), partial(session.reject, reason))
    if gone := session.just_rejected():
        for reason, words in reasons(gone).items():
            key += 1
            give = partial(session.give_reason, gone.id, reason)
            yield Choice(words, _rejected_name(app, gone), str(key), give)


def _rejected_name(app: Standfirst, gone: Annotation) -> str:
    assert app.session.state is not None
    return tr("of “{}”, just rejected").format(summary(app.session.state, gone))


def _alike(app: Standfirst) -> None:
    def told(done: Alike) -> None:
        words = done.words(tr("here"))
        if done.changed:
            _say(app, words)
        else:
            app.window.toast.say(words)

    SameMention(app.session).here(told)


def _everywhere(app: Standfirst) -> None:
    """Decide here at once, and on all other articles in the store's thread: all one act."""
    from desktop.shell.everywhere import Elsewhere, decide_everywhere

    project, found = app.project, None
    if project and project.ready:
        found = SameMention(app.session).here_at_once()
    if project is None or found is None:
        return
    act, here = found

    def told(found: Elsewhere) -> None:
        done = Alike(
            here.verdict,
            here.changed + found.changed,
            here.left_alone + found.left_alone,
            here.contradicting + found.contradicting,
        )
        articles = found.articles + bool(act.changes)
        where = tr("in 1 article") if articles == 1 else tr("in {} articles").format(articles)
        words = done.words(where if done.changed else tr("in this project"))
        if done.changed:
            _say(app, words)
        else:
            app.window.toast.say(words)

    app.window.toast.say(tr("Looking through all articles…"))
    decide_everywhere(project.store, here.verdict, act, app.session.scheme, told)


def _accept_all(app: Standfirst, stretches: Stretches) -> None:
    from desktop.article.bulk_bar import AcceptBar

    bar = app.window.findChild(AcceptBar)
    if bar is None:
        bar = AcceptBar(app.session, stretches)
        bar.marked.connect(app.canvas.set_marked)
        bar.accepted.connect(partial(say_accepted, app))
        bar.left.connect(app.window.go_to_article)
        app.window.show_below(bar)
    bar.begin()
