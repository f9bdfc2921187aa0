"""Questions about plans and laws, answered by our own rules: what no open data has.

The stance data asks about people and bodies alone. In the same newspaper sentences the rules of
:mod:`desktop.suggest.stances` find who is for or against which *thing*; they overlook much and are
mostly right (weak supervision; Ratner et al., VLDB 2017). Of things somebody talks of without
taking a side as far as the rules see, about as many are asked about as neutral, and count less.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from pairs import Pair
from reading import unlabelled

from db.values import Span, Zone, ZoneKind
from desktop.suggest.cues import cues
from desktop.suggest.found import Slot, StanceFound, StatementFound
from desktop.suggest.names.entities import find_entities
from desktop.suggest.network.questions import SIDES, Question
from desktop.suggest.pipeline import load
from desktop.suggest.stances.stance import find_stances
from desktop.suggest.statements.attribution import find_statements
from desktop.suggest.text.phrases import DETERMINERS, noun_phrase, over
from desktop.suggest.text.words import tokens

SEED = 20
_SURE, _NEUTRAL = 0.5, 0.25  # weights
_LEAST = 0.7
_EVERY = 3  # sentences in which a thing is talked of in passing
_Row = tuple[str, tuple[int, int], tuple[int, int], str, float]


def weak_pairs(data: Path, pipeline: Path, kept: Path, limit: int | None) -> list[Pair]:
    """Return the questions, kept in a file since they take minutes to find."""
    if not kept.exists():
        rows = list(_rows(unlabelled(data)[:limit], pipeline))
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(rows), encoding="utf-8")
    return [
        Pair(Question(text, Span(*target), Span(*holder)), SIDES.index(side), weight)
        for text, target, holder, side, weight in json.loads(kept.read_text(encoding="utf-8"))
    ]


def _rows(texts: Iterable[str], pipeline: Path) -> Iterator[_Row]:
    nlp = load(str(pipeline))
    chance = random.Random(SEED)
    for text in texts:
        zones = [Zone(0, len(text), ZoneKind.BODY)]
        mentions = list(find_entities(nlp, text, [Span(0, len(text))]))
        statements = find_statements(text, zones, mentions)
        taken: list[Span] = []
        for stance in find_stances(text, zones, mentions, statements):
            holder, target = _place(stance.holder), _place(stance.target)
            taken.append(target)
            side = _toward_it(stance)
            if stance.target.mention is None and side in SIDES and stance.score >= _LEAST:
                yield text, _ends(target), _ends(holder), side, _SURE
        if chance.randrange(_EVERY) == 0 and (aside := _aside(text, statements, taken, chance)):
            yield aside


def _toward_it(stance: StanceFound) -> str:
    """Return the side taken on the target's words, which may stand there turned round."""
    side = stance.position.turned if stance.negated else stance.position
    return str(side)


def _aside(
    text: str,
    statements: list[StatementFound],
    taken: list[Span],
    chance: random.Random,
) -> _Row | None:
    """Return something that is talked of in passing, if there is anything."""
    found: list[tuple[Span, Span]] = []
    for said in statements:
        source = _place(said.source)
        for content in said.content:
            for span in _things(text, content):
                if not any(span.overlaps(other) for other in (*taken, source)):
                    found.append((span, source))
    if not found:
        return None
    span, source = chance.choice(found)
    return text, _ends(span), _ends(source), "neutral", _NEUTRAL


def _things(text: str, content: Span) -> Iterator[Span]:
    words = tokens(text, content)
    for place, word in enumerate(words):
        phrase = noun_phrase(words, place, cues()) if word.low in DETERMINERS else None
        if phrase and phrase[1] - phrase[0] > 1:
            yield over(words, phrase)


def _place(slot: Slot) -> Span:
    """Return where the slot stands in the sentence itself: at the pronoun, if there is one."""
    return slot.via or slot.span


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
