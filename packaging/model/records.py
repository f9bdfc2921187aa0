"""What of a labelled text the network learns, and with which bounds."""

from __future__ import annotations

import re

from desktop.suggest.evaluation.records import Labelled, Record

NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "LAW", "EVENT"})

_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_TITLE_ALONE = re.compile(
    r"(?:President|Prime Minister|Minister|Chairman|Secretary|King|Queen|Pope|General|Colonel"
    r"|Senator|Ambassador|Sri|Mr\.?|Mrs\.?|Ms\.?|Dr\.?)"
)
_HOLIDAY = re.compile(
    r"(?:Christmas|Easter|Thanksgiving|Ramadan|Eid|New Year|Passover|Yom Kippur|Hanukkah|Mass\b)"
)


def names_only(record: Record) -> Record:
    """Keep the labels the network learns, with our bounds; numbers and times belong to the rules.

    A leading article and a possessive leave the span, a holiday is no event (it is a date, as in
    OntoNotes), and a title standing alone under PERSON is silver gone wrong: nobody knows, then.
    """
    spans: list[Labelled] = []
    ignore = list(record.ignore)
    for start, end, label in record.spans:
        if label not in NAMES:
            continue
        covered = record.text[start:end]
        if label == "EVENT" and _HOLIDAY.match(covered):
            continue
        if label == "PERSON" and _TITLE_ALONE.fullmatch(covered):
            ignore.append((start, end))
            continue
        if article := _ARTICLE.match(covered):
            start += article.end()
        if possessive := _POSSESSIVE.search(covered):
            end -= len(possessive[0])
        if start < end:
            spans.append((start, end, label))
    return Record(record.text, tuple(spans), tuple(ignore), record.source)
