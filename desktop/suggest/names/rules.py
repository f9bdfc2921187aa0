"""What rules do well, and how it is joined with what the network found.

All here read one paragraph by itself; spans are in its code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from db.values import Origin, Span
from desktop.suggest.names.labels import NUMBERS
from desktop.suggest.names.laws import find_laws
from desktop.suggest.names.lexicon import countries, heads, titles
from desktop.suggest.names.mention import UNSCORED, Mention, trimmed_name, without_overlaps
from desktop.suggest.names.numerals import find_numerals

_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w]*(?:[-’'.](?!s\b)\w+)*|[A-Z]\.)"
_PARTICLE = r"(?:(?:de|da|di|du|des|del|della|von|van|der|den|le|la|al|el|bin|ibn)[\s-]){0,3}"

_NAMES = rf"{_NAME}(?:\s(?:of\s)?{_NAME}){{0,3}}"
_QUOTED = rf"[\"“‘']?(?P<it>{_NAMES})[\"”’']?"
_CUES = (
    (
        "GPE",
        re.compile(
            rf"\b(?:the|in|of)\s{_QUOTED}"
            r"\s(?:region|province|constituency|district|prefecture|governorate|county)\b"
        ),
    ),
    (
        "FAC",
        re.compile(
            rf"\b(?:the|in|at|from|near|of|\w+ing|so-called)\s(?!(?:Remain|Leave|Yes|No)\b){_QUOTED}"
            r"\s(?:(?:refugee|migrant|detention|prison|internment|transit)\s)?"
            r"(?:camp|prison|detention\scentre|airport|bridge|stadium|barracks)\b"
        ),
    ),
    (
        "ORG",  # "l'Atelier des Arts", "Amis du Rail"
        re.compile(
            rf"(?<![\w-])(?P<it>(?:[Ll]['’]|[Ll]es\s)?{_NAME}\s(?:des|du)\s{_NAME})(?![\w-])"
        ),
    ),
    (
        "ORG",  # "the Dockers' and Porters' Union"
        re.compile(
            rf"\b[Tt]he\s(?P<it>{_NAME}(?:['’]s?)?(?:\s(?:(?:and|of|for|&)\s)?{_NAME}(?:['’]s?)?){{0,5}}"
            rf"\s(?:{'|'.join(head for head, label in heads().items() if label == 'ORG')}))\b"
        ),
    ),
    (
        "ORG",  # "Open Harbour, an alliance of 23 societies"; not "Kemp, a party member"
        re.compile(
            rf"(?<![\w-])(?P<it>{_NAMES}),\s(?:an?|the)\s(?:[a-z-]+\s){{0,3}}?"
            r"(?:alliance|association|charity|coalition|consortium|federation|think[\s-]tank"
            r"|group|union|party|company|firm|agency|institute|network|campaign|movement)"
            r"(?=[,.;]|\s(?:of|for|that|which|whose|representing|against|campaigning|fighting"
            r"|working|based|founded|set\sup|run|behind)\b)"
        ),
    ),
    ("ORG", re.compile(r"(?<![\w-])(?P<it>(?:BBC\s)?(?:Radio|Channel)\s\d(?:\sLive)?)(?!\w)")),
)
_UNSURE = frozenset({"PERSON", "ORG"})  # what the network calls a name it knows nothing of
_DOUBTFUL = 0.7  # below it the network guesses
_NO_HEAD = frozenset({"PERSON", "GPE", "LOC", "FAC", "NORP"})  # an event or a law may end so
_FOREIGN_ARTICLE = re.compile(r"(?:[Ll]['’]|(?:[Ll]es|D(?:er|ie|as)|[Dd]ie)\s)[A-ZÀ-ÖØ-Þ]")


def find_by_rule(text: str) -> list[Mention]:
    """Return the laws, titled people, countries, peoples, numbers and times of a paragraph, sorted.

    A law hides what else is in it; so does a person.
    """
    found = [Mention(span, "LAW", UNSCORED, Origin.RULE) for span in find_laws(text)]
    found = without_overlaps(found)
    for others in (_titled_people(text), _by_list(text), _numerals(text)):
        found += [m for m in others if not any(m.span.overlaps(kept.span) for kept in found)]
    return sorted(found, key=lambda mention: mention.span)


def find_by_cue(text: str) -> list[Mention]:
    """Return names that the word beside them gives away: "the Brong Ahafo region", "Radio 3"."""
    found = [
        Mention(Span(*cue.span("it")), label, UNSCORED, Origin.RULE)
        for label, pattern in _CUES
        for cue in pattern.finditer(text)
        if countries().labels.get(cue["it"]) != "NORP"
    ]
    return without_overlaps(found)


def merge(
    text: str, named: Iterable[Mention], ruled: Iterable[Mention], cued: Iterable[Mention] = ()
) -> list[Mention]:
    """Join the network's mentions with the rules', sorted and without overlaps.

    The network's lose their article, titles, year in front and possessive first. A name by cue
    stands where nothing else does, instead of a person or organisation, or instead of parts of it
    that the network is unsure of. Otherwise, where two
    overlap, a law by rule wins. Of a number, the longer wins ("Radio 4" keeps its four, "21 July"
    its July). Of a titled person, a country or a people, the rule wins on the same bounds, and the
    network if it saw more ("Bank of England").
    """
    standing: list[Mention] = []
    for mention in named:
        span = trimmed_name(text, mention.span)
        if span is not None:
            label = _label_by_form(span.of(text), mention.label)
            standing.append(Mention(span, label, mention.score, mention.origin))
    for rule in ruled:
        rivals = [mention for mention in standing if mention.span.overlaps(rule.span)]
        if all(_gives_way(rival, rule) for rival in rivals):
            standing = [mention for mention in standing if mention not in rivals]
            standing.append(rule)
    for cue in cued:
        rivals = [mention for mention in standing if mention.span.overlaps(cue.span)]
        if all(_yields_to_cue(rival, cue) for rival in rivals):
            standing = [mention for mention in standing if mention not in rivals]
            standing.append(cue)
    return without_overlaps(standing)


def _label_by_form(name: str, label: str) -> str:
    """Return what a name must be by its make: nobody is called "Der Bote" or "Hale Council"."""
    if label == "PERSON" and _FOREIGN_ARTICLE.match(name):
        return "ORG"
    words = name.split()
    if len(words) > 1 and label in _NO_HEAD:
        return heads().get(words[-1], label)
    return label


def _yields_to_cue(rival: Mention, cue: Mention) -> bool:
    if rival.span == cue.span:
        return rival.label in _UNSURE
    unsure = rival.origin is Origin.MODEL and rival.score < _DOUBTFUL
    return unsure and cue.span.covers(rival.span)


def _gives_way(rival: Mention, rule: Mention) -> bool:
    if rule.label == "LAW" or rival.span == rule.span:
        return True
    if rule.label in NUMBERS:
        return rule.span.covers(rival.span)
    return rule.label == "PERSON" and rule.span.covers(rival.span)


def _numerals(text: str) -> Iterator[Mention]:
    for span, label in find_numerals(text):
        yield Mention(span, label, UNSCORED, Origin.RULE)


def _titled_people(text: str) -> Iterator[Mention]:
    """Yield whoever stands behind a title that only people have: "Mr Habermann"."""
    pattern = re.compile(
        rf"(?<![\w-])(?:{titles().naming})\s(?P<name>{_PARTICLE}{_NAME}(?:\s{_PARTICLE}{_NAME}){{0,3}})"
    )
    for found in pattern.finditer(text):
        span = trimmed_name(text, Span(*found.span("name")))
        if span is not None:
            yield Mention(span, "PERSON", UNSCORED, Origin.RULE)


def _by_list(text: str) -> Iterator[Mention]:
    gazetteer = countries()
    for found in gazetteer.pattern.finditer(text):
        if found[0] not in gazetteer.doubtful and not _shouted(text, *found.span()):
            yield Mention(Span(*found.span()), gazetteer.labels[found[0]], UNSCORED, Origin.RULE)


def _shouted(text: str, start: int, end: int) -> bool:
    """Tell "GIVE US MORE" from "US troops"."""
    around = text[max(0, start - 12) : start], text[end : end + 12]
    return bool(re.search(r"\b[A-Z]{3,}\s$", around[0]) or re.match(r"\s[A-Z]{4,}\b", around[1]))
