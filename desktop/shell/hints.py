"""What the footer says of keys: those that do something from where the keys are now."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QCoreApplication

from desktop.shell.menus import ActionSpec, Scope, key_name
from desktop.shell.menus import tr as named


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Hints", text)


def hints(
    enabled: Iterable[ActionSpec], facts: Collection[str], reach: Collection[Scope]
) -> list[tuple[str, str]]:
    """Return keys with their short words.

    ``facts`` are those of the moment, ``reach`` the scopes whose keys work where the keys are.
    """
    found = [
        (key_name(spec.keys[0]), _word(spec, facts))
        for spec in enabled
        if spec.hint and spec.keys and spec.scope in reach
    ]
    if Scope.PANES in reach:
        found[3:3] = _digits(facts)
    if "past" in facts:
        found.insert(0, ("Esc", tr("back to now")))
    elif Scope.ARTICLE not in reach and "article" in facts:
        found.insert(0, ("Esc", tr("back to the article")))
    return found


def _word(spec: ActionSpec, facts: Collection[str]) -> str:
    if spec.id == "accept" and "undecided" not in facts:
        return tr("next")
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
