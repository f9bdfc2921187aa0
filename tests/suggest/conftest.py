"""What the tests of the suggestions share."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from db.values import Origin, Span
from desktop.suggest.names.mention import Mention

Namer = Callable[..., list[Mention]]


@pytest.fixture
def named() -> Namer:
    """Return a function that finds given names in a text, as the entity room would.

    ``named(text, PERSON=["Ada Byrne"], ORG=["Home Office"])``: every place they stand at.
    """

    def find(text: str, **names: list[str]) -> list[Mention]:
        found = [
            Mention(Span(*match.span()), label, 0.9, Origin.MODEL)
            for label, forms in names.items()
            for form in forms
            for match in re.finditer(rf"\b{re.escape(form)}\b", text)
        ]
        found.sort(key=lambda mention: (mention.span.start, -mention.span.end))
        kept: list[Mention] = []
        for mention in found:
            if not kept or kept[-1].span.end <= mention.span.start:
                kept.append(mention)
        return kept

    return find
