"""What can be wrong with a corpus file; known to those who do not read one, too."""

from __future__ import annotations


class CorpusError(Exception):
    """A corpus file that is not what it should be; the text begins ``FILE:LINE:``."""
