"""The labels suggested here, with OntoNotes' meaning, and what other pipelines call them."""

from __future__ import annotations

NAMES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "LAW", "EVENT")
NUMBERS = ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL")
LABELS = NAMES + NUMBERS

_ALSO_ONTONOTES = ("PRODUCT", "WORK_OF_ART", "LANGUAGE")

# What the published spaCy pipelines of other languages, and common schemes, write instead.
_FOREIGN = {
    "PER": "PERSON",
    "PERS": "PERSON",
    "PRS": "PERSON",
    "PS": "PERSON",
    "PERSNAME": "PERSON",
    "ORGANIZATION": "ORG",
    "ORGANISATION": "ORG",
    "ORGNAME": "ORG",
    "OG": "ORG",
    "GPE_LOC": "GPE",
    "GPE_ORG": "GPE",
    "PLACENAME": "GPE",
    "LOCATION": "LOC",
    "GEOGNAME": "LOC",
    "LC": "LOC",
    "FACILITY": "FAC",
    "DRV": "NORP",
    "NAT_REL_POL": "NORP",
    "EVT": "EVENT",
    "EVN": "EVENT",
    "PROD": "PRODUCT",
    "WRK": "WORK_OF_ART",
    "DATETIME": "DATE",
    "DT": "DATE",
    "TI": "TIME",
    "TME": "TIME",
    "NUMERIC_VALUE": "CARDINAL",
    "QT": "QUANTITY",
}


def ours(label: str) -> str | None:
    """Return what we call a pipeline's label, or ``None`` where it says too little, as MISC does.

    A language without GPE puts every place under LOC, and there it stays: guessing which of them
    has a government is the analyst's to decide.
    """
    upper = label.upper()
    if upper in LABELS or upper in _ALSO_ONTONOTES:
        return upper
    return _FOREIGN.get(upper)
