"""Dates as files hold them and newspapers write them, to ISO 8601.

English, German, French, Spanish, Italian, Dutch and Portuguese month names. A date that can be read
in two ways (03/04/2024) is not guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = (
    "january januar janvier enero gennaio januari janeiro jan jän janv ene gen",
    "february februar février fevrier febrero febbraio februari fevereiro feb févr fevr fev",
    "march märz maerz marz mars marzo maart março marco mar mär mrz mrt",
    "april avril abril aprile apr avr abr",
    "may mai mayo maggio mei maio mag",
    "june juni juin junio giugno junho jun giu",
    "july juli juillet julio luglio julho jul juil lug",
    "august août aout agosto augustus aug ago",
    "september septembre septiembre setiembre settembre setembro sep sept set",
    "october oktober octobre octubre ottobre outubro oct okt ott out",
    "november novembre noviembre novembro nov",
    "december dezember décembre decembre diciembre dicembre dezembro dec dez déc dic",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)\b"
_WRITTEN = (
    re.compile(
        rf"\b(?P<month>{_NAME})\b\.? +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b,? +{_YEAR}", re.I
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)? *(?:de +|of +)?"
        rf"\b(?P<month>{_NAME})\b[.,]? *(?:de +|del +)?{_YEAR}",
        re.I,
    ),
    re.compile(rf"\b(?P<month>{_NAME})\b[.,]? *(?:de +|del +)?{_YEAR}", re.I),
)
_DOTTED = re.compile(rf"\b(?P<day>\d{{1,2}})\. ?(?P<month>\d{{1,2}})\. ?{_YEAR}")
_SLASHED = re.compile(rf"\b(?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-]{_YEAR}")
_YEAR_FIRST = re.compile(
    r"\b(?P<year>1[5-9]\d\d|20\d\d)[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})\b"
)
_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})[:h](?P<minute>\d\d)(?::\d\d)? *(?P<half>[ap]\.?m\b\.?)? *"
    r"(?P<zone>GMT|UTC|Z\b)?",
    re.I,
)
_MONTH_ALONE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_LONGEST = 200  # code points; no date is longer, and patterns are not to run over whole texts


def iso(text: str) -> str | None:
    """Return a date, with the time of day if it is told, as ISO 8601; None if it is not clear.

    A month without a day gives ``2024-03``; a time without a zone stays without one.
    """
    text = " ".join(text[:_LONGEST].split())
    if text[:4].isdigit() and (known := _standard(text)):
        return known
    for pattern in (*_WRITTEN, _DOTTED, _YEAR_FIRST):
        if found := pattern.search(text):
            parts = found.groupdict()
            month = parts["month"]
            number = int(month) if month.isdigit() else _MONTH[month.lower()]
            return _joined(parts["year"], number, parts.get("day"), text[found.end() :])
    if found := _SLASHED.search(text):
        first, second = int(found["first"]), int(found["second"])
        if first > 12 or first == second:
            return _joined(found["year"], second, str(first), text[found.end() :])
        if second > 12:
            return _joined(found["year"], first, str(second), text[found.end() :])
    return None


def of_moment(seconds: float) -> str | None:
    """Return seconds (or milliseconds) since 1970 as ISO 8601 in UTC; None if out of all bounds."""
    try:
        if abs(seconds) > 1e11:
            seconds /= 1000
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def of_header(text: str) -> str | None:
    """Return a date of a mail or a feed (RFC 5322) as ISO 8601, with its zone, or None."""
    try:
        return parsedate_to_datetime(text[:_LONGEST]).isoformat().replace("+00:00", "Z")
    except (ValueError, TypeError, OverflowError):
        return None


def _standard(text: str) -> str | None:
    """Return ISO 8601 in its usual form, if that is what it is."""
    if _MONTH_ALONE.fullmatch(text):
        return text
    try:
        if len(text) in (8, 10):
            return date.fromisoformat(text).isoformat()
        return datetime.fromisoformat(text).isoformat().replace("+00:00", "Z")
    except ValueError:
        return None


def _joined(year: str, month: int, day: str | None, rest: str) -> str | None:
    if day is None:
        return f"{year}-{month:02}"
    try:
        known = date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None
    found = _TIME.search(rest)
    if found is None:
        return known
    hour, half = int(found["hour"]), (found["half"] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return known
    hour = hour % 12 + 12 * (half == "p") if half else hour
    if hour > 23 or int(found["minute"]) > 59:
        return known
    return f"{known}T{hour:02}:{found['minute']}" + ("Z" if found["zone"] else "")
