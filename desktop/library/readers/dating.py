"""When an article was published, as its source writes it, with what is doubtful about it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from desktop import dates

_NUMERIC = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\b(.*)", re.DOTALL)
_HEADER = re.compile(r"\d{1,2} [A-Za-z]{3,9} (?:\d{4}|\d\d) \d\d:\d\d")  # RFC 5322, RFC 822
_LONGEST, _SHOWN = 200, 40


def published(text: str, day_first: bool | None = None) -> tuple[str | None, tuple[str, ...]]:
    """Return a date as ISO 8601, with its time if it is told, and what is doubtful about it.

    Args:
        text: as the source has it: ISO 8601, a mail's or a feed's, or as newspapers write it.
        day_first: how the source writes 3/4/2026, if that is known. If it is not, the day is
            taken as first, with a doubt.
    """
    return _published(text.strip()[:_LONGEST], day_first)


@lru_cache(maxsize=4096)
def _published(text: str, day_first: bool | None) -> tuple[str | None, tuple[str, ...]]:
    if not text:
        return None, ()
    if written := _NUMERIC.match(text):
        return _numeric(text, written, day_first)
    known = (dates.of_header(text) if _HEADER.search(text) else None) or dates.iso(text)
    if known is None:
        return None, (f"The date “{text[:_SHOWN]}” is not understood and was left out.",)
    return known, ()


def writes_day_first(samples: list[str]) -> bool | None:
    """Tell from dates of one source how it writes 3/4/2026; None if none of them shows it."""
    seen = [found for text in samples if (found := _NUMERIC.match(text))]
    if any(found[2] == "." for found in seen) or any(int(found[1]) > 12 for found in seen):
        return True
    return False if any(int(found[3]) > 12 for found in seen) else None


def _numeric(
    text: str, written: re.Match[str], day_first: bool | None
) -> tuple[str | None, tuple[str, ...]]:
    first, second, year = int(written[1]), int(written[3]), int(written[4])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    settled = written[2] == "." or first == second or first > 12 or second > 12
    turned = (not settled and day_first is False) or (second > 12 and first <= 12)
    day, month = (second, first) if turned else (first, second)
    try:
        date(year, month, day)
    except ValueError:
        return None, (f"The date “{text[:_SHOWN]}” is not in the calendar and was left out.",)
    known = dates.iso(f"{year}-{month:02}-{day:02}{written[5].replace(',', ' ').rstrip()}")
    known = known or f"{year}-{month:02}-{day:02}"
    if settled or day_first is not None:
        return known, ()
    return known, (
        f"The date “{text[:_SHOWN]}” may mean {known} or the month and day turned round.",
    )
