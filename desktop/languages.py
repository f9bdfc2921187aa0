"""Names of languages, as databases and files write them, to BCP 47 tags."""

from __future__ import annotations

import re

_NAMES = {
    "ar": "arabic arabisch arabe árabe",
    "cs": "czech tschechisch tchèque checo",
    "da": "danish dänisch danois danés dansk",
    "de": "german deutsch allemand alemán tedesco duits",
    "el": "greek griechisch grec griego",
    "en": "english englisch anglais inglés ingles inglese engels",
    "es": "spanish spanisch espagnol español castellano spagnolo spaans",
    "fi": "finnish finnisch finnois finés suomi",
    "fr": "french französisch français francais francés francese frans",
    "hu": "hungarian ungarisch hongrois húngaro",
    "it": "italian italienisch italien italiano italiaans",
    "ja": "japanese japanisch japonais japonés",
    "ko": "korean koreanisch coréen coreano",
    "nl": "dutch niederländisch néerlandais neerlandés nederlands olandese",
    "no": "norwegian norwegisch norvégien noruego norsk",
    "pl": "polish polnisch polonais polaco polski",
    "pt": "portuguese portugiesisch portugais portugués português",
    "ru": "russian russisch russe ruso",
    "sv": "swedish schwedisch suédois sueco svenska",
    "tr": "turkish türkisch turc turco",
    "zh": "chinese chinesisch chinois chino",
}
_TAGS = {name: tag for tag, names in _NAMES.items() for name in names.split()}


def tag(name: str) -> str | None:
    """Return the tag of a language called by its name or its tag already; None if we know neither.

    Of several ("ENGLISH; FRENCH") the first counts.
    """
    first = re.split(r"[;,(|]", name.strip(), maxsplit=1)[0].strip()
    if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", first):
        head, *rest = first.replace("_", "-").split("-")
        if head.lower() not in _TAGS:
            return "-".join([head.lower(), *rest])
    return _TAGS.get(first.lower())
