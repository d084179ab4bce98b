"""How many examples a property is tried on."""

from hypothesis import settings

THOROUGH = 100
"""What a thorough run counts as; other profiles try fewer by as much as they count less."""

PROFILES = {"quick": 10, "usual": 25, "thorough": THOROUGH}


def examples(count: int) -> int:
    """Return how many examples to try where a thorough run tries so many."""
    return max(1, count * settings.default.max_examples // THOROUGH)


def is_thorough() -> bool:
    """Tell whether this is a thorough run, which tries other examples each time."""
    return settings.default.max_examples == THOROUGH
