"""Dates, times, money, percentages, quantities, ordinals and cardinals by rule, as in OntoNotes.

A qualifier belongs to the number ("about 40 per cent", "more than 9,000"), an article does not
("the 1990s" but "a year ago", where it counts). Each end of a range with a word between is one
mention ("between [May] and [August]"), a range with a dash is one ("[1914–18]").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.values import Span

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_SURE_MONTH = r"(?:January|February|April|June|July|August|September|October|November|December)"
_MAY = r"(?P<it>May|March)(?!['’]s|\s[A-Z])"  # also a name and two verbs: wants a word in front
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:1[5-9]|20)\d\d"
_SEASON = r"(?:spring|summer|autumn|winter)"
_UNIT = (
    r"(?:days?|weeks?|fortnights?|months?|years?|decades?|century|centuries|weekends?|quarters?)"
)
_PART = r"(?:morning|afternoon|evening|night|lunchtime)s?"
_CLOCK = r"(?:hours?|minutes?|mins?|seconds?)"

_ONES = r"one|two|three|four|five|six|seven|eight|nine"
_SMALL = (
    rf"{_ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    rf"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[-\s](?:{_ONES}))?"
)
_BIG = r"(?:hundred|thousand|million|billion|trillion|dozen)"
_SPELLED = rf"(?:(?:{_SMALL})(?:[\s-]{_BIG}(?:\sand\s(?:{_SMALL}))?)*|(?:a|half\sa)\s{_BIG}(?!s))"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:[\s-]?(?:million|billion|trillion|thousand|hundred|bn|tn|m|k)\b)"
_NUMBER = rf"(?:(?:(?:{_DIGITS}){_SCALE}?|{_SPELLED})(?:[\s-]and[\s-]a[\s-]half)?)"
_ABOUT = (
    r"(?:(?:about|around|roughly|approximately|nearly|almost|over|some|up\sto|at\sleast|at\smost"
    r"|(?:more|less|fewer|greater|higher|lower)\sthan|as\s(?:many|much|few|little)\sas|an\sestimated"
    r"|close\sto|just\s(?:over|under))\s)?"
)
_VAGUE = r"(?:several|a\sfew|few|many|a\scouple\sof|couple\sof)"
# "an hour" counts one, "euros an hour" is a rate and no time.
_SINGLE = (
    r"(?<=\bin\s)an?|(?<=\bfor\s)an?|(?<=\bafter\s)an?|(?<=\bwithin\s)an?|(?<=\bthan\s)an?"
    r"|(?<=\babout\s)an?|an?(?=\s\w+\s(?:ago|later|earlier)\b)|half\san?"
)
_COUNT = rf"(?:{_ABOUT}(?:(?:{_DIGITS})\s?[-–]\s?)?{_NUMBER}|{_VAGUE}|{_SINGLE})"
_RELATIVE = r"(?:last|next|this|past|coming|previous|following|recent)"
_WHEN = r"(?:(?:earlier|later|early|late|mid|the\send\sof|the\sstart\sof)[\s-])?"
_HOLIDAY = (
    r"(?:Christmas(?:\s(?:Day|Eve))?|Boxing\sDay|Easter(?:\s(?:Sunday|Monday))?|Good\sFriday(?!\s[Aa]g)"
    r"|New\sYear(?:['’]s\s(?:Day|Eve))?|Thanksgiving(?:\sDay)?|Ramadan|Eid(?:\sal-\w+)?|Hanukkah"
    r"|Passover|Diwali|Halloween|Bastille\sDay|Remembrance\s(?:Day|Sunday)|May\sDay)"
)

_CURRENCY = r"(?:(?:US|A|C|NZ|HK)?\$|[£€¥₹]|(?:USD|GBP|EUR)\s)"
_COIN = (
    r"(?:pounds?|dollars?|euros?|pence|cents?|yen|yuan|rupees?|roubles?|rubles?|francs?|crowns?|zlotys?"
    r"|pesos?|lira)"
)
_MEASURE = (
    r"(?:(?:square|cubic|sq\.?)[\s-])?(?:kilomet(?:re|er)s?|met(?:re|er)s?|centimet(?:re|er)s?"
    r"|millimet(?:re|er)s?|miles?|yards?|feet|foot|inch(?:es)?|acres?|hectares?|kilograms?|kilos?"
    r"|grams?|tonnes?|tons?|pounds?(?=\sof\s(?!money))|ounces?|lit(?:re|er)s?|gallons?|pints?|barrels?"
    r"|degrees(?:\s(?:Celsius|Fahrenheit|[CF]\b))?|(?:mega|giga|kilo)?watts?(?:[\s-]hours?)?"
    r"|mph|kph|km/h|km²|km|cm|mm|kg|ft|MW|GW|°C?)"
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
    r"|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth)"
)


# Whole words; figures are not torn out of longer ones ("604/2013", "M25", "1.5").
_OPEN = r"(?<![\w£$€¥/])(?<![\w][.,:-])"
_SHUT = r"(?!\w|[,.:/]\d)"
_UNIT_NAME = re.compile(
    r"\b(?:Radio|Channel|Flight|Route|No\.?|Number|Figure|Table|Group|Room|Part|Level|Tier|Phase|Stage"
    r"|Highway|Interstate|Division|League|War|Block|Gate|Terminal|Line|Page|Chapter|Article|Section"
    r"|Boeing|Airbus|Apollo|Type|Formula|Covid|Area|Site|Camp|Dublin|Pier|Platform|Unit)[\s-]$"
)


def _rules(label: str, *patterns: str, case: bool = False) -> list[tuple[str, re.Pattern[str]]]:
    flags = re.NOFLAG if case else re.IGNORECASE
    return [(label, re.compile(f"{_OPEN}(?:{pattern}){_SHUT}", flags)) for pattern in patterns]


# In order: what an earlier rule has taken, a later one leaves alone. A group named "it" is the
# mention where the pattern reads more than that.
_RULES: list[tuple[str, re.Pattern[str]]] = [
    *_rules(
        "MONEY",
        rf"{_ABOUT}{_CURRENCY}\s?(?:{_DIGITS}){_SCALE}?"
        rf"(?:\s?[-–]\s?{_CURRENCY}?(?:{_DIGITS}){_SCALE}?)?",
        rf"{_ABOUT}{_NUMBER}[\s-]{_COIN}|{_ABOUT}(?:{_DIGITS})p",
    ),
    *_rules(
        "PERCENT",
        rf"{_ABOUT}{_NUMBER}(?:\s?[-–]\s?(?:{_DIGITS}))?"
        r"(?:\s?%|[\s-]per\s?cent|\spc|[\s-]percentage[\s-]points?)",
    ),
    *_rules(
        "TIME",
        rf"{_ABOUT}\d{{1,2}}(?:[:.]\d\d)?\s?(?:[ap]\.m\.|[ap]m)(?:\s(?:GMT|BST|CET|E[SD]T))?",
        r"\d{1,2}[:.]?\d\d\s(?:GMT|BST|CET|E[SD]T)|\d{1,2}:\d\d(?::\d\d)?",
        rf"{_NUMBER}\so['’]clock|noon|midday|midnight|tonight|overnight",
        rf"(?:(?:late|early|last|next|this)\s)?(?:{_DAY}|yesterday|tomorrow|this|last)\s{_PART}",
        rf"(?:late|early)[\s-]{_PART}",
        rf"(?:{_RELATIVE}\s)?{_COUNT}[\s-]{_CLOCK}(?:\s(?:ago|later|earlier))?(?<!a\ssecond)",
    ),
    *_rules(
        "DATE",
        rf"(?:{_DAY},?\s)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}}(?:st|nd|rd|th)?)?"
        rf"\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?",
        rf"(?:{_DAY},?\s)?{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?(?:,?\s{_YEAR})?",
        rf"{_WHEN}{_MONTH},?\s(?:of\s)?{_YEAR}",
        case=True,
    ),
    *_rules(
        "DATE",
        rf"{_YEAR}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}",
        rf"{_WHEN}(?:{_SEASON}\s(?:of\s)?)?{_YEAR}\s?[-–/]\s?(?:{_YEAR}|\d\d)",
        rf"{_WHEN}{_SEASON}\s(?:of\s)?{_YEAR}",
        rf"{_WHEN}(?:(?:1[5-9]|20)\d0|[2-9]0)['’]?s",
        rf"{_WHEN}(?:\d{{1,2}}(?:st|nd|rd|th)|{_ORDINAL})[\s-]century(?:\s(?:BC|AD|BCE|CE))?",
        rf"{_WHEN}{_ORDINAL}\s(?:quarter|half)(?=\sof\s(?:the\syear|this\syear|last\syear|{_YEAR}))",
        rf"{_ABOUT}{_NUMBER}[\s-]years?[\s-]olds?",
        rf"{_WHEN}{_RELATIVE}\s(?:{_NUMBER}|{_VAGUE})\s{_UNIT}",
        rf"{_WHEN}{_RELATIVE}\s(?:{_UNIT}|{_SEASON}|{_DAY}|{_MONTH})",
        rf"{_COUNT}[\s-]{_UNIT}(?:\s(?:ago|later|earlier|old))?",
        r"(?:days|weeks|months|years|decades|centuries)\s(?:ago|later|earlier)",
        rf"{_WHEN}(?:today|yesterday|tomorrow)",
        r"aged?\s(?P<it>\d{1,3})",
    ),
    *_rules(
        "DATE",
        rf"{_WHEN}{_SURE_MONTH}|(?:early|late|mid)[\s-](?:May|March)",
        rf"(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Dd]uring|[Bb]etween|[Ff]rom)\s{_MAY}",
        rf"(?:[Bb]etween\s\w+\sand|[Ff]rom\s\w+\sto|(?:end|start|middle|beginning|month)\sof)\s{_MAY}",
        rf"{_DAY}s?|{_HOLIDAY}",
        rf"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil)\s(?P<it>{_YEAR})",
        rf"{_WHEN}{_YEAR}(?!\s(?:people|votes)\b)",
        r"(?:annual|daily|weekly|monthly|quarterly|yearly)(?=\s[a-z])|annually",
        case=True,
    ),
    *_rules("QUANTITY", rf"{_ABOUT}{_NUMBER}(?:\s?[-–]\s?(?:{_DIGITS}))?[\s-]?{_MEASURE}"),
    *_rules(
        "CARDINAL",  # before the ordinals: "a third of the fleet"
        rf"{_ABOUT}(?:{_ONES})[\s-](?:halves|thirds|quarters|fifths|sixths|eighths|tenths)",
        rf"{_ABOUT}(?:a|one)[\s-](?:half|third|quarter|fifth|tenth)(?=\sof\b)",
    ),
    *_rules(
        "ORDINAL",
        rf"{_ORDINAL}",
        r"\d+(?:,\d{3})*(?:st|nd|rd|th)",
        rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-{_ORDINAL}",
        rf"{_ORDINAL.replace('(?:', '(?i:', 1)}(?=,|\s[a-z])",
        case=True,
    ),
    *_rules(
        "CARDINAL",
        rf"{_ABOUT}(?:(?:tens|hundreds|dozens)\sof\s)?(?:tens|dozens|hundreds|thousands|millions|billions)",
        rf"{_ABOUT}{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?",
    ),
]
# "Today" and the like with a capital in mid-sentence: a programme, a paper.
_ADVERB = re.compile(r"(?:Today|Tonight|Yesterday|Tomorrow|Overnight|Midnight|Noon)\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n][\"'”’)]*\s*|[\"“‘(\[–—]\s?)$")
_PRONOUN = re.compile(
    r"\b(?:no|any|every|some|each|the|this|that|which|another|only|good|bad|new|when|if|as|how)\s$",
    re.IGNORECASE,
)
_PRONOUN_AFTER = re.compile(r"\s(?:another|day\b)|['’]s\b")


def find_numerals(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the numbers and times of a paragraph with their labels, sorted, none overlapping."""
    taken: list[tuple[Span, str]] = []
    for label, pattern in _RULES:
        for found in pattern.finditer(text):
            span = Span(*found.span("it" if "it" in pattern.groupindex else 0))
            if (label == "CARDINAL" and not _counts(text, span)) or _is_name(text, span):
                continue
            if not any(span.overlaps(other) for other, _ in taken):
                taken.append((span, label))
    yield from sorted(taken)


def _counts(text: str, span: Span) -> bool:
    """Tell a number from a name's figure ("Radio 4") and from the pronoun "one"."""
    before, number = text[max(0, span.start - 12) : span.start], span.of(text)
    if number[0].isdigit() and _UNIT_NAME.search(before):
        return False
    if number.casefold() != "one":
        return True
    return not _PRONOUN.search(before) and not _PRONOUN_AFTER.match(text, span.end)


def _is_name(text: str, span: Span) -> bool:
    """Tell "Radio 4's Today" from "Today, he said"."""
    before = text[max(0, span.start - 4) : span.start]
    return bool(_ADVERB.match(text, span.start, span.end) and not _SENTENCE_START.search(before))
