"""On how many examples a property is tried: the same few each time, or many others at random."""

from hypothesis import HealthCheck, settings

TIMES = 30
"""How many times as many a search tries."""

_USUAL = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # however busy it is
settings.register_profile("repeatable", _USUAL, derandomize=True)
settings.register_profile("search", _USUAL, max_examples=_USUAL.max_examples * TIMES)


def examples(usual: int) -> int:
    """Return how many to try of a property that is not tried on a hundred."""
    return usual * TIMES if settings.get_current_profile_name() == "search" else usual
