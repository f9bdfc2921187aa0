"""The pipeline's tokeniser: spaCy's English one, which also splits "U.S.-led"."""

from __future__ import annotations

import spacy
from spacy.language import Language


def tokeniser() -> Language:
    """Return an English pipeline with no step but its tokeniser."""
    nlp = spacy.blank("en")
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[A-Za-z]\.)-(?=[A-Za-z])"]
    nlp.tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer  # pyright: ignore
    return nlp
