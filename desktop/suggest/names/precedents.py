"""What the project's analysts decided before, kept to at once and without training.

A form decided twice the same way is suggested so from then on, wherever it stands; one rejected
twice is not suggested again. What counts as decided is :mod:`db.forms`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
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
            self._by_first_word.clear()
        for form, known in forms.items():
            first = _WORD.search(form)
            listed = self._by_first_word.setdefault(first[0], []) if first else []
            if form in self._known and first:
                listed.remove((form, first.start()))
            if known:
                self._known[form] = known
                # The longest first.
                insort(listed, (form, first.start() if first else 0), key=lambda one: -len(one[0]))
            else:
                self._known.pop(form, None)

    def refuses(self, text: str, mention: Mention) -> bool:
        """Tell whether a mention's form was rejected under its label."""
        known = self._known.get(form_of(mention.span.of(text)), {})
        return mention.label in known and known[mention.label] is None

    def applied(
        self, text: str, stretches: Iterable[Span], mentions: Sequence[Mention]
    ) -> list[Mention]:
        """Return the mentions with what was decided before in their place, sorted.

        A form gives way to a longer name it is part of.

        Args:
            text: what the mentions are in.
            stretches: where forms are looked for; they do not overlap.
            mentions: what is found there and elsewhere.
        """
        if not self._known:
            return list(mentions)
        kept = sorted(
            (mention for mention in mentions if not self.refuses(text, mention)),
            key=lambda mention: mention.span,
        )
        starts = [mention.span.start for mention in kept]
        longest = max((mention.span.end - mention.span.start for mention in kept), default=0)
        gone, added = set[Mention](), list[Mention]()
        for stretch in stretches:
            for known in self._places(text, stretch):
                first = bisect_left(starts, known.span.start - longest)
                near = kept[first : bisect_left(starts, known.span.end)]
                rivals = [one for one in near if one not in gone and one.span.overlaps(known.span)]
                if any(r.span.covers(known.span) and r.span != known.span for r in rivals):
                    continue
                gone.update(rivals)
                added.append(known)
        added += (mention for mention in kept if mention not in gone)
        return sorted(added, key=lambda mention: mention.span)

    def stretches(self, article: Article, forms: Iterable[str] | None = None) -> list[Span]:
        """Return the body's zones, with ``forms`` those alone in which one of them may stand."""
        body = (zone for zone in article.zones if zone.kind is not ZoneKind.BOILERPLATE)
        if forms is not None:
            firsts = {word[0] for form in forms if (word := _WORD.search(form))}
            # The whole text at once: a long article has thousands of zones.
            found = (re.finditer(re.escape(word), article.text) for word in firsts)
            at = sorted(hit.start() for hits in found for hit in hits)
            body = (z for z in body if bisect_left(at, z.start) < bisect_left(at, z.end))
        return [Span(zone.start, zone.end) for zone in body]

    def contradicted(
        self,
        article: Article,
        visible: Iterable[Annotation],
        decisions: Iterable[Annotation],
        within: Sequence[Span] | None = None,
    ) -> bool:
        """Tell whether suggestions shown on an article lack a known form, or have a refused one.

        What was decided there, rejected or not, is nobody's business any more. ``within`` are the
        stretches looked at, all that is ``visible`` being in them; without it the whole body is.
        """
        if not self._known:
            return False
        shown = [
            Mention(one.span, one.label, UNSCORED, one.decision.origin)
            for one in visible
            if isinstance(one, Entity) and one.decision.status is Status.SUGGESTED
        ]
        body = self.stretches(article) if within is None else within
        here = {(mention.span, mention.label) for mention in shown}
        wanted = {
            (mention.span, mention.label) for mention in self.applied(article.text, body, shown)
        }
        if here == wanted:  # as nearly always: the decisions need no look
            return False
        settled = [one.span for one in decisions if isinstance(one, Entity)]
        return any(
            one in here or not any(one[0].overlaps(span) for span in settled)
            for one in here ^ wanted
        )

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
