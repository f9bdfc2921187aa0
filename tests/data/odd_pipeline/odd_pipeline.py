"""An installed spaCy pipeline as badly behaved as any: it prints where it should not, it crashes,
it hangs. Some words in an article set it off.
"""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

sys.stdout.write("printed while loading\n")
os.write(1, b"written to descriptor 1\n")
subprocess.run([sys.executable, "-c", "print('printed by a child')"], check=True)
sys.stdin.read()  # asks on the terminal, and would take the window's requests for an answer


@Language.component("odd")
def odd(doc: Doc) -> Doc:
    """Do what the text says."""
    words = set(doc.text.split())
    if "PRINTS" in words:
        sys.stdout.write("printed while working\n")
    if "RAISES" in words:
        raise ValueError("this text is not to my taste")
    if "DIES" in words:
        os.kill(os.getpid(), signal.SIGKILL)
    if "DIES_ONCE" in words and not (mark := Path(os.environ["ODD_PIPELINE_MARK"])).exists():
        mark.touch()
        os.abort()
    if "DAWDLES" in words:
        time.sleep(0.005)
    if "HANGS" in words:
        re.match(r"(a+)+$", "a" * 60 + "b")  # in C, and never lets go of the interpreter
    return doc


def load(**_: Any) -> Language:
    """Return the pipeline, as spaCy's packages do."""
    nlp = spacy.blank("en", meta={"name": "odd", "version": "1.0"})
    nlp.add_pipe("odd")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Calais"}])
    return nlp
