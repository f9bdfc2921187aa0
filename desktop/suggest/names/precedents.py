"""What the project's analysts decided before, kept to at once and without training.

A form decided twice the same way is suggested so from then on, wherever it stands; one rejected
twice is not suggested again. What counts as decided is :mod:`db.forms`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from db.forms import Learnt, form_of, is_part
from db.values import Annotation, Article, Entity, Origin, Span, Status, ZoneKind
from desktop.suggest.names.mention import UNSCORED, Mention

_WORD = re.compile(r"\w+")


class Precedents:
    """Forms by what is known of them."""

    def __init__(self) -> None:
        self._known: dict[str, Learnt] = {}
        # a form's first word → the form, and how far into the form that word stands
        self._by_first_word: dict[str, list[tuple[str, int]]] = {}

    def learn(self, forms: Mapping[str, Learnt], *, anew: bool) -> None:
        """Take in what is known of forms now, nothing any more where it is empty.

        With ``anew`` all that was known before is forgotten.
        """
        if anew:
            self._known.clear()
        self._known.update(forms)
        self._known = {form: known for form, known in self._known.items() if known}
        self._by_first_word = {}
        for form in sorted(self._known, key=len, reverse=True):
            if first := _WORD.search(form):
                self._by_first_word.setdefault(first[0], []).append((form, first.start()))

    def refuses(self, text: str, mention: Mention) -> bool:
        """Tell whether a mention's form was rejected under its label."""
        known = self._known.get(form_of(mention.span.of(text)), {})
        return mention.label in known and known[mention.label] is None

    def applied(
        self, text: str, stretches: Iterable[Span], mentions: Sequence[Mention]
    ) -> list[Mention]:
        """Return the mentions with what was decided before in their place, sorted.

        A form gives way to a longer name it is part of.
        """
        if not self._known:
            return list(mentions)
        kept = [mention for mention in mentions if not self.refuses(text, mention)]
        for stretch in stretches:
            for known in self._places(text, stretch):
                rivals = [mention for mention in kept if mention.span.overlaps(known.span)]
                if any(r.span.covers(known.span) and r.span != known.span for r in rivals):
                    continue
                kept = [mention for mention in kept if mention not in rivals]
                kept.append(known)
        return sorted(kept, key=lambda mention: mention.span)

    def contradicted(
        self, article: Article, visible: Iterable[Annotation], decisions: Iterable[Annotation]
    ) -> bool:
        """Tell whether suggestions shown on an article lack a known form, or have a refused one.

        What was decided there, rejected or not, is nobody's business any more.
        """
        if not self._known:
            return False
        settled = sorted(one.span for one in decisions if isinstance(one, Entity))
        longest = max((span.end - span.start for span in settled), default=0)

        def is_settled(span: Span) -> bool:
            first = bisect_left(settled, Span(span.start - longest, 0))
            last = bisect_left(settled, Span(span.end, 0))
            return any(one.overlaps(span) for one in settled[first:last])

        shown = [
            Mention(one.span, one.label, UNSCORED, one.decision.origin)
            for one in visible
            if isinstance(one, Entity) and one.decision.status is Status.SUGGESTED
        ]
        body = [
            Span(zone.start, zone.end)
            for zone in article.zones
            if zone.kind is not ZoneKind.BOILERPLATE
        ]
        here = {(mention.span, mention.label) for mention in shown}
        wanted = {
            (mention.span, mention.label)
            for mention in self.applied(article.text, body, shown)
            if not is_settled(mention.span)
        }
        return here != wanted

    def _places(self, text: str, stretch: Span) -> Iterator[Mention]:
        """Yield where known forms stand, the longest first, as words of their own."""
        done = stretch.start
        for word in _WORD.finditer(text, stretch.start, stretch.end):
            for form, lead in self._by_first_word.get(word[0], ()):
                span = Span(word.start() - lead, word.start() - lead + len(form))
                if span.start < done or span.end > stretch.end:
                    continue
                if form_of(span.of(text)) != form or is_part(text, span, stretch.end):
                    continue
                if (best := self._best(form)) is not None:
                    yield Mention(span, *best, Origin.MEMORY)
                    done = span.end
                    break

    def _best(self, form: str) -> tuple[str, float] | None:
        sure = [(label, score) for label, score in self._known[form].items() if score is not None]
        return max(sure, key=lambda one: one[1], default=None)


NONE = Precedents()
"""Of a project nothing was decided in; nobody teaches it anything."""
