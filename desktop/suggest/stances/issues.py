"""Where a text names the issues of a project: by their names, aliases and keywords."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from db.values import Issue, Span

_HYPHENS = "-\u2010\u2011\u2012\u2013"
_BLANKS = "\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_LEVEL = str.maketrans(dict.fromkeys(_HYPHENS + _BLANKS, " ") | {"’": "'"})
_GAP = r"(?: +\n? *|\n *)"  # white space, but not the blank line between two paragraphs
_PLURAL = r"(?:es|s)?(?!\w)()"  # what comes after an apostrophe is no part of the name
_ANY = r"\w*()"
_INITIALS = re.compile(r"[A-Z]{1,4}$")

_Trie = dict[str, "_Trie | int"]
_END: Final = ""  # its value is the number of the phrase that ends here
_OPEN: Final = "\0"  # … of the phrase that ends here and takes any ending


class Issues:
    """Finds the issues of a project in a text; empty until it is made from some.

    Names, aliases and keywords are phrases: they are found whatever their case, with any white
    space or a hyphen between their words, and in the plural. A keyword that ends in ``*`` takes any
    ending: "deport*". Initials of up to four letters stand in capitals: "WHO" is not "who".
    """

    def __init__(self, issues: Iterable[Issue] = ()) -> None:
        self._known = tuple(issues)
        self._phrases: list[tuple[UUID, str | None]] = []  # whose, and what its initials are
        trie: _Trie = {}
        for issue, phrase in _phrases(self._known):
            self._add(trie, issue, phrase)
        # One pattern for all; the number of its last, empty group tells which phrase it is.
        self._groups: list[int] = []
        self._pattern = re.compile(rf"(?<!\w){self._branches(trie)}") if trie else None

    def __bool__(self) -> bool:
        return bool(self._known)

    def __iter__(self) -> Iterator[Issue]:
        return iter(self._known)

    def within(self, text: str, span: Span) -> list[tuple[UUID, Span]]:
        """Return where issues are named wholly inside a stretch, in order, none overlapping.

        At one place the longest phrase counts; of two issues with the same phrase, the one that
        has it as its name, or else the first.
        """
        found: list[tuple[UUID, Span]] = []
        if self._pattern is None:
            return found
        lead = max(0, span.start - 1)  # a letter on either side tells where words end
        piece = _levelled(text[lead : span.end + 1])
        at, end = span.start - lead, span.end - lead
        while match := self._pattern.search(piece, at):
            here = Span(match.start() + lead, match.end() + lead)
            issue, initials = self._phrases[self._groups[(match.lastindex or 1) - 1]]
            known = initials is None or here.of(text).startswith(initials)
            if match.end() <= end and known:
                found.append((issue, here))
                at = match.end()
            else:
                at = match.start() + 1
        return found

    def _add(self, trie: _Trie, issue: Issue, phrase: str) -> None:
        words = " ".join(_levelled(phrase).split())
        opens = words.endswith("*")
        words = words.rstrip("* ")
        if not words:
            return
        initials = phrase.strip() if _INITIALS.fullmatch(phrase.strip()) else None
        number = len(self._phrases)
        self._phrases.append((issue.id, initials))
        _put(trie, words, _OPEN if opens else _END, number)
        if re.search(r"[^\Waeiou\d_]y$", words) and not opens:
            _put(trie, f"{words[:-1]}ies", _END, number)

    def _branches(self, trie: _Trie) -> str:
        """Return a pattern for all that follows, longer phrases before shorter ones."""
        ways: list[str] = []
        for letter, after in trie.items():
            if not isinstance(after, int):
                step = _GAP if letter == " " else re.escape(letter)
                ways.append(step + self._branches(after))
        for ending, pattern in ((_END, _PLURAL), (_OPEN, _ANY)):
            if isinstance(number := trie.get(ending), int):
                self._groups.append(number)
                ways.append(pattern)
        return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _phrases(issues: tuple[Issue, ...]) -> Iterator[tuple[Issue, str]]:
    """Yield names before aliases and these before keywords: the first to have a phrase keeps it."""
    yield from ((issue, issue.name) for issue in issues)
    yield from ((issue, alias) for issue in issues for alias in issue.aliases)
    yield from ((issue, keyword) for issue in issues for keyword in issue.keywords)


def _put(trie: _Trie, words: str, ending: str, number: int) -> None:
    for letter in words:
        after = trie.setdefault(letter, {})
        assert isinstance(after, dict)
        trie = after
    trie.setdefault(ending, number)


def _levelled(text: str) -> str:
    """Return a text of the same length in lower case, its blanks, hyphens and apostrophes one."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter such as "İ" becomes two
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lower.translate(_LEVEL)
