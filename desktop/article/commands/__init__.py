"""What an analyst can do to an article, each as a pure function from a state to an act.

``command(state, …, coder, at) -> Act | None``: ``coder`` is who acts, ``at`` when (UTC ISO 8601).
None means that nothing would change. No command changes the state: that is for whoever applies
the act, in memory and in the project file alike.
"""

from desktop.article.commands.article import (
    is_checked,
    mark_checked,
    set_metadata,
    set_status,
)
from desktop.article.commands.bulk import accept_statement, starting_in, within
from desktop.article.commands.deciding import accept, give_reason, name_of, reject, set_note
from desktop.article.commands.drafting import Draft, draft, draft_toward, ref_to
from desktop.article.commands.entities import add_entity, relabel, set_bounds
from desktop.article.commands.people import affiliate, holder_is, join, rename_actor, this_is
from desktop.article.commands.stances import (
    Slot,
    add_stance,
    more_of,
    set_certainty,
    set_negated,
    set_position,
    set_slot,
)

__all__ = [
    "Draft",
    "Slot",
    "accept",
    "accept_statement",
    "add_entity",
    "add_stance",
    "affiliate",
    "draft",
    "draft_toward",
    "give_reason",
    "holder_is",
    "is_checked",
    "join",
    "mark_checked",
    "more_of",
    "name_of",
    "ref_to",
    "reject",
    "relabel",
    "rename_actor",
    "set_bounds",
    "set_certainty",
    "set_metadata",
    "set_negated",
    "set_note",
    "set_position",
    "set_slot",
    "set_status",
    "starting_in",
    "this_is",
    "within",
]
