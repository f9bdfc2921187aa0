"""Treaties, acts, laws, regulations, directives, bills, agreements, pacts, conventions by rule.

Open data teach a network almost nothing of laws, and their names are made in few ways: a name and
a head word ("the Data Protection Act 2018", "the Kyoto protocol"), a head word and what it is of
("the Treaty of Lisbon"), or a number ("Article 50", "Directive 2004/38/EC").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from db.values import Span
from desktop.suggest.names.lexicon import countries, function_words
from resources import path

_UPPER = "A-ZÀ-ÖØ-Þ"
_WORD = rf"(?:(?:St|U\.[A-Z])\.(?:-\w+)?|[{_UPPER}][\w]*(?:[-.’'](?!s\b)\w+)*(?:-St\.)?['’]?)"
_HEAD = (
    r"Treaty|Treaties|Conventions?|Acts?|Bill|Regulations?|Directives?|Agreements?|Accords?|Pact"
    r"|Protocols?|Charter|Covenant|Constitution|Declaration|Amendment|Statute|Ordinance|Armistice"
    r"|Concordat|Code|Law|Decree"
)
# In lower case only words that newspapers write so behind a name: "the Dublin convention".
_LOW_HEAD = r"treaty|convention|regulation|directive|agreement|accords?|pact|protocol"
_SPONSORS = rf"[{_UPPER}]\w+(?:-(?:[{_UPPER}]\w+|St\.\s[{_UPPER}]\w+))+"  # "Taft-Hartley"
_MATTER = r"climate|peace|trade|nuclear|border|withdrawal|refugee|arms|ceasefire|security|fisheries"

# What "Section 12 of the …" may go on with.
_KINDS = "treaty|act|law|constitution|charter|code|convention|agreement|directive|bill|statute"


def _alone() -> str:
    """Return the names of laws that no head word gives away."""
    names: list[str] = tomllib.loads(path("lexicon", "laws.toml").read_text("utf-8"))["alone"]
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_NAMED = re.compile(
    rf"(?<![\w-])(?P<name>{_WORD}(?:,?\s(?:(?:and|of|in|for|with|from|&)\s)?(?:{_WORD}|\({_WORD}\)))"
    r"{0,7}?)"
    rf"\s(?P<head>{_HEAD})\b"
    rf"(?P<tail>\s(?:of|on|for|against)\s(?:the\s)?{_WORD}(?:\s(?:(?:of|and|the|of\sthe)\s)?{_WORD})*)?"
    r"(?P<year>(?:\sof|,)?\s(?:1[5-9]|20)\d\d\b)?"
)
_SPONSORED = re.compile(rf"(?<![\w-]){_SPONSORS}\s(?:[Aa]ct|law|bill|[Aa]mendment)\b(?!-)")
_LOW_NAMED = re.compile(
    rf"(?<![\w-])(?P<name>{_WORD}(?:\s(?:(?:de|du|of)\s)?{_WORD}){{0,2}})(?:\s(?:{_MATTER}))?"
    rf"\s(?:{_LOW_HEAD})\b(?!-)"
)
_OF = re.compile(
    r"(?<![\w-])(?:Universal\s)?(?:Treaty|Treaties|Convention|Charter|Declaration|Covenant|Constitution|Bill"
    rf"|Statute)\s(?:of|on|for|against|relating\sto)\s(?:the\s)?{_WORD}"
    rf"(?:\s(?:(?:of|and|the|of\sthe)\s)?{_WORD}|-{_WORD})*(?:\sof\s(?:1[5-9]|20)\d\d\b)?"
)
_NUMBERED = re.compile(
    r"(?<![\w-])(?:"
    r"(?:Article|Section|Schedule|Title|Chapter|Clause|Protocol|Proposition)s?"
    r"\s(?:\d+[A-Z]?(?:\.\d+)*(?:\(\w+\))*|[IVXL]+\b)"
    rf"(?!\sof\s(?:his|her|their|its|my|our|an?|the\s(?!{_KINDS})[a-z]))"
    r"|(?:Executive\sOrder|Republic\sAct|Public\sLaw)\s(?:No\.?\s)?\d[\d-]*"
    r"|(?:(?:Council|Commission|EU|EC)\s)?(?:Directive|Regulation)\s(?:\(\w+\)\s)?(?:No\.?\s)?\d+/\d+(?:/\w+)?"
    r"|(?:(?:UN|U\.N\.|United\sNations)\s)?(?:Security\sCouncil\s|General\sAssembly\s)?Resolution\s\d+"
    r"|(?:First|Second|Fourth|Fifth|Sixth|Eighth|Tenth|Fourteenth|\d+th)\sAmendment"
    rf"|(?<=\bthe\s)Constitution|{_alone()}"
    r")(?!\w)"
)

# "An EU directive" is one of many; a party's convention is a meeting.
_LAWMAKERS = frozenset(
    [
        "EU",
        "UN",
        "UK",
        "US",
        "U.S.",
        "U.N.",
        "European",
        "United",
        "Nations",
        "Republican",
        "Democratic",
        "Labour",
        "Conservative",
        "Tory",
        "National",
        "Party",
        "Senate",
        "Commons",
        "Lords",
        "Baptist",
        "Parliament",
        "Congress",
    ]
)
_PART = re.compile(r"[^\s,]+")
_CALENDAR = re.compile(r"Good Friday|Belfast")
_NEEDS_MAKER = {
    "Law": re.compile(
        r"(?:Basic|Sharia|Islamic|Martial|Roman|Salic|Corn|Electoral|Nuremberg|Security|Press)$"
    ),
    "Code": re.compile(
        r"(?:Criminal|Penal|Civil|Highway|Ministerial|Editors|Labou?r|Napoleonic|Tax|Revenue"
        r"|Bankruptcy|Commercial|Forest|Family|Land)$"
    ),
    "Constitution": re.compile(
        r"(?:[a-z]n|ish|ese|ch|U\.S\.|US|Federal)$"
    ),  # no newspaper, no ship
    "Acts": re.compile(r".+"),
}


def find_laws(text: str) -> Iterator[Span]:
    """Yield the laws of a paragraph, without article or year in front; they may overlap."""
    for found in _NUMBERED.finditer(text):
        yield Span(*found.span())
    for found in _OF.finditer(text):
        yield Span(*found.span())
    for found in _NAMED.finditer(text):
        if (span := _named(text, found)) is not None:
            yield span
    for found in _SPONSORED.finditer(text):
        yield Span(*found.span())
    for found in _LOW_NAMED.finditer(text):
        start = _name_start(text, found)
        if start is not None and not _names_nobody(text[start : found.end("name")]):
            yield Span(start, found.end())


def _named(text: str, found: re.Match[str]) -> Span | None:
    start = _name_start(text, found)
    head, end = found["head"], found.end("head")
    if start is None:
        return None
    name = text[start : found.end("name")]
    if head == "Act" and " " not in name and not found["year"] and not _the_one(text, start):
        return None  # "Sister Act" is a musical, "the Police Act" a law
    if "," in name and head not in ("Act", "Bill"):
        return None
    if head in _NEEDS_MAKER and not _NEEDS_MAKER[head].search(name):
        return None
    if found["year"]:
        end = found.end("year")
    elif found["tail"] and head in {"Convention", "Charter", "Declaration", "Treaty", "Covenant"}:
        end = found.end("tail")
    follows = re.compile(rf"\s[{_UPPER}][a-z]").match(text, end)
    if (
        follows and not found["year"]
    ):  # "the Financial Conduct Regulation Authority", "Bill Clinton"
        return None
    return Span(start, end)


def _name_start(text: str, found: re.Match[str]) -> int | None:
    """Return where the law's own name starts within ``name``, or ``None`` if nothing names it."""
    start, end = found.span("name")
    if _CALENDAR.match(text, start, end):
        return start
    for word in _PART.finditer(text, start, end):
        if word[0][0].isupper() and word[0] not in function_words():
            return word.start()
    return None


def _the_one(text: str, start: int) -> bool:
    return re.search(r"(?:\b[Tt]h(?:e|is|at)|['’]s|\b[Uu]nder|-\w+)\s$", text[:start]) is not None


def _names_nobody(name: str) -> bool:
    """Tell "a French treaty" and "an EU directive" from "the Paris treaty", which names one law."""
    labels = countries().labels
    return all(
        labels.get(part) == "NORP" or part in _LAWMAKERS for part in re.split(r"[\s-]", name)
    )
