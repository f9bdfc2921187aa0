"""What the footer says of keys: those that do something from where the keys are now."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QCoreApplication

from desktop.shell.menus import ActionSpec, Scope, key_name
from desktop.shell.menus import tr as named

_DECIDING = frozenset({"next", "accept", "reject"})
_SLOTS = frozenset({"holder", "target"})


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Hints", text)


def hints(
    enabled: Iterable[ActionSpec], facts: Collection[str], reach: Collection[Scope]
) -> list[tuple[str, str]]:
    """Return keys with their short words.

    ``facts`` are those of the moment, ``reach`` the scopes whose keys work where the keys are.
    """
    specs = [spec for spec in enabled if spec.hint and spec.keys and spec.scope in reach]
    if "undecided" not in facts:  # Return only goes on, as Tab does
        specs = [spec for spec in specs if spec.id != "accept"]
    first = [spec for spec in specs if _goes_first(spec, facts)]
    rest = [spec for spec in specs if spec.id not in _DECIDING and spec not in first]
    deciding = _said((spec for spec in specs if spec.id in _DECIDING), facts)
    digits = _digits(facts) if Scope.PANES in reach else []
    found = [*deciding, *digits, *_said(first, facts), *_said(rest, facts)]
    if "past" in facts:
        found.insert(0, ("Esc", tr("back to now")))
    elif Scope.ARTICLE not in reach and "article" in facts:
        found.insert(0, ("Esc", tr("back to the article")))
    return found


def _goes_first(spec: ActionSpec, facts: Collection[str]) -> bool:
    """Tell the slots of what is in focus: where there is no room for all keys, they are shown."""
    return spec.id in _SLOTS and "frame" in facts


def _said(specs: Iterable[ActionSpec], facts: Collection[str]) -> list[tuple[str, str]]:
    return [(key_name(spec.keys[0]), _word(spec, facts)) for spec in specs]


def _word(spec: ActionSpec, facts: Collection[str]) -> str:
    if spec.id == "reject" and "added" in facts:
        return tr("delete")
    on_quotation = {"holder": tr("who said it"), "target": tr("said to"), "evidence": tr("said")}
    if "statement" in facts and spec.id in on_quotation:
        return on_quotation[spec.id]
    return named(spec.hint)


def _digits(facts: Collection[str]) -> list[tuple[str, str]]:
    if "ready" not in facts:
        return []
    if "selection" in facts:
        return [("1–9", tr("add as")), ("Alt 1–5", tr("stance on it"))]
    if "entity" in facts:
        return [("1–9", tr("relabel"))]
    return [("1–5", tr("stance"))] if {"stance", "statement"} & set(facts) else []
