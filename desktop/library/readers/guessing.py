"""Which encoding bytes are in that nothing tells of: charset-normalizer's guesses, told apart.

Of those it finds about as good, the one stands that reads like a language (:mod:`.alphabets`);
where several do, and say different things, that is a doubt. What nothing speaks against is
Windows-1252, the commonest by far.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.library.readers.alphabets import likeness
from desktop.library.readers.limits import MB

if TYPE_CHECKING:
    from charset_normalizer.models import CharsetMatch

SAMPLE = 256 * 1024  # bytes; charset-normalizer is slow, and this much tells it all it can learn

_USUAL: list[str] = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "cp874", "cp866", "koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7", "iso8859_15",
    "mac_roman", "gb18030", "big5", "euc_jp", "cp932", "iso2022_jp", "cp949",
]  # fmt: skip
"""What files of our time are in: of bytes that are short, more would be guessed at random."""

_MULTIBYTE = ("gb18030", "big5", "euc_jp", "cp932", "iso2022_jp", "cp949")
_MESS, _COHERENCE = 0.05, 0.15
"""How much worse a guess may be, as charset-normalizer measures, and still be the right one."""
_AS_LIKELY = 0.02  # of the letters, by which two readings are no less like a language
_SHOWN = 40  # code points of a word


class Guess(NamedTuple):
    """An encoding."""

    encoding: str
    rival: str | None
    """How the first words would read that others might be right about."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """What to look at, if another encoding is as likely and says something else."""
        if self.rival is None:
            return ()
        return (
            f"its encoding was guessed ({self.encoding}) from little: it might as well say "
            f"“{self.rival}”; where letters are wrong, save the file as UTF-8 and import it again",
        )


def guessed(raw: bytes, first: int) -> Guess | None:
    """Guess the encoding of bytes that are not UTF-8 from ``first`` on."""
    from charset_normalizer import from_bytes  # seldom needed, and slow to import

    start = max(0, first - SAMPLE // 2)
    start = raw.rfind(b"\n", 0, start) + 1 if start else 0
    sample = raw if len(raw) <= MB else raw[start : start + SAMPLE]
    guesses = list(from_bytes(sample, cp_isolation=_USUAL))
    if not guesses:
        return None
    best = guesses[0]
    good = [
        guess
        for guess in guesses
        if guess.chaos <= best.chaos + _MESS and guess.coherence >= best.coherence - _COHERENCE
    ]
    likeliest, rivals = _told_apart(good)
    shown = next((_where_they_differ(str(likeliest), str(one)) for one in rivals), None)
    western = "cp1252" in likeliest.could_be_from_charset
    return Guess("cp1252" if western else likeliest.encoding, shown)


def _told_apart(good: list[CharsetMatch]) -> tuple[CharsetMatch, list[CharsetMatch]]:
    """Return the likeliest of guesses, the best first, and those that may be right instead."""
    if good[0].encoding in _MULTIBYTE:  # their letters belong to no alphabet
        chosen, as_likely = good[0], good
    else:
        like = [
            (1.0 if guess.encoding in _MULTIBYTE else likeness(str(guess)), guess) for guess in good
        ]
        single = [(much, guess) for much, guess in like if guess.encoding not in _MULTIBYTE]
        most = max(much for much, _ in single)
        as_likely = [guess for much, guess in like if much >= most - _AS_LIKELY]
        likeliest = [guess for much, guess in single if much >= most - _AS_LIKELY]
        western = (guess for guess in likeliest if "cp1252" in guess.could_be_from_charset)
        chosen = next(western, None) or next(guess for much, guess in single if much == most)
    return chosen, [guess for guess in as_likely if str(guess) != str(chosen)]


def _where_they_differ(text: str, other: str) -> str:
    """Return the first word of another reading that is not the same in this one."""
    words = zip(text.split(), other.split(), strict=False)
    return next((theirs for ours, theirs in words if ours != theirs), other)[:_SHOWN]
