"""How much a text reads like a language: whether its letters beyond ASCII are those of one.

In a wrong encoding "příští" is "pøíští", and no language has both "ø" and "í" beside "š". The
letters are the exemplar characters of CLDR (https://cldr.unicode.org), and what old texts have.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

_ALPHABETS = [
    frozenset(letters)
    for letters in (
        "äöüßé",  # German, Swiss too
        "àâæçèéêëîïôœùûüÿñ",  # French
        "áéíñóúüç",  # Spanish
        "àáâãçéêíóôõúü",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "àçèéíïòóúü",  # Catalan
        "áéëïóöüíèê",  # Dutch
        "åæøéöüä",  # Danish, Norwegian
        "åäöéü",  # Swedish, Finnish
        "áðéíóúýþæö",  # Icelandic
        "äõöüšž",  # Estonian
        "āčēģīķļņšūž",  # Latvian
        "ąčęėįšųūž",  # Lithuanian
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "čćđšž",  # Croatian, Bosnian, Slovene
        "áéíóöőúüű",  # Hungarian
        "ăâîșțşţ",  # Romanian
        "çğıöşüâîûi̇",  # Turkish
        "çë",  # Albanian
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё",  # Russian, Bulgarian
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",  # Ukrainian
        "абвгдеёжзійклмнопрстуўфхцчшыьэюя",  # Belarusian
        "абвгдђежзијклљмнњопрстћуфхцчџшѓѕќ",  # Serbian, Macedonian
        "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",  # Greek
        "אבגדהוזחטיךכלםמןנסעףפץצקרשת",  # Hebrew
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ",  # Arabic, Persian
    )
]
_TELLING = re.compile(r"[^\W\d_\x00-\x7f]|[\x80-\x9f\u2500-\u259f]")
"""A letter beyond ASCII, or what never stands in a text: C1 controls, the boxes of old screens."""
_ENOUGH = 10_000


def likeness(text: str) -> float:
    """Return which part of a text's letters beyond ASCII are of the one language it fits best.

    A capital behind a small letter is of none, nor is what never stands in a text. It is 1 where
    there is neither.
    """
    found, wrong = Counter[str](), 0
    for hit in islice(_TELLING.finditer(text), _ENOUGH):
        letter, before = hit[0], text[hit.start() - 1 : hit.start()]
        if not letter.isalpha() or (letter.isupper() and before.islower()):
            wrong += 1
        else:
            found[letter.lower()] += 1
    if not found:
        return float(not wrong)
    best = max(
        sum(times for letter, times in found.items() if letter in letters) for letters in _ALPHABETS
    )
    return best / (found.total() + wrong)
