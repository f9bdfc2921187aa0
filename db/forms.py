"""What forms were decided to be: the project's own experience with names, counted.

A form is a name as it stands in the text, white space and apostrophes levelled. Of each form and
label it is counted how often it was decided so (accepted, corrected or added) and how often it was
rejected. Pure values: :mod:`db.precedents` counts a whole project.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.values import Span, Status

ENOUGH = 2
"""Decisions of one kind after which a form is known."""

MERGED = "merged"
"""The reason of a name that went since another stands on its span: it says nothing of the form."""

_CAPITAL_AFTER = re.compile(r"(?:-|\s)[A-ZÀ-ÖØ-Þ]\w")

Learnt = dict[str, float | None]
"""What is known of one form: by label how sure it is, 0 to 1, or ``None`` where it is refused."""


def form_of(covered: str) -> str:
    """Return what two places of one name have in common: white space and apostrophes levelled."""
    return " ".join(covered.replace("’", "'").split())


def places(text: str, form: str) -> Iterator[Span]:
    """Yield where a form stands in a text, whatever stands beside it (see :func:`is_part`)."""
    words = (re.escape(word).replace("'", "['’]") for word in form.split())
    if pattern := r"\s+".join(words):
        for found in re.finditer(pattern, text):
            yield Span(*found.span())


def is_part(text: str, span: Span, end: int) -> bool:
    """Tell whether a form is part of a longer word or name: "Reading" in "Reading Gaol".

    ``end`` is how far to look, such as the end of a zone.
    """
    before, after = text[max(span.start - 1, 0) : span.start], text[span.end : span.end + 1]
    if (before.isalnum() and text[span.start].isalnum()) or (
        after.isalnum() and text[span.end - 1].isalnum()
    ):
        return True
    return text[span.start].isupper() and bool(_CAPITAL_AFTER.match(text, span.end, end))


@dataclass(slots=True)
class Forms:
    """Counts by form and label; a negative count takes decisions back."""

    decided: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])
    rejected: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])

    def count(self, form: str, label: str, status: Status, by: int = 1) -> None:
        """Count so many decisions on a form; a suggestion nobody decided on is none."""
        if status is not Status.SUGGESTED:
            counts = self.rejected if status is Status.REJECTED else self.decided
            counts.setdefault(form, Counter())[label] += by

    def learnt(self, form: str) -> Learnt:
        """Return what is known of a form.

        A label is suggested if it was decided at least twice, more often than any other, and more
        often than it was rejected; it is refused if it was rejected at least twice, and more often
        than decided. How sure it is follows Laplace's rule of succession.
        """
        decided = self.decided.get(form, Counter[str]())
        rejected = self.rejected.get(form, Counter[str]())
        known: Learnt = {}
        for label in decided.keys() | rejected.keys():
            yes, no = decided[label], rejected[label]
            rival = max((many for other, many in decided.items() if other != label), default=0)
            if no >= ENOUGH and no > yes:
                known[label] = None
            elif yes >= ENOUGH and yes > rival and yes > no:
                known[label] = round((yes + 1) / (decided.total() + no + 2), 3)
        return known

    def all_learnt(self) -> dict[str, Learnt]:
        """Return every form of which anything is known."""
        forms = self.decided.keys() | self.rejected.keys()
        return {form: known for form in sorted(forms) if (known := self.learnt(form))}
