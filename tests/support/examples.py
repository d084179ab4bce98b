"""How many examples a property is tried on."""

from hypothesis import settings

FULL = 100


def examples(count: int) -> int:
    """Return how many examples to try where a whole run tries so many: in a quick run, a tenth."""
    return max(1, count * settings.default.max_examples // FULL)
