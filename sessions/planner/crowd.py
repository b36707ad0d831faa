"""How many people to expect in a session when each splits evenly over all wishes that run at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# 1/k = 1 - 1/2 - 1/6 - ... - 1/(k (k-1)): what each further wish at the same time takes from a session
SHARES = tuple(1 / (depth * (depth - 1)) for depth in range(2, 1000))


def levels_of(groups: Iterable[int]) -> list[int]:
    """Return, as bitsets, who is in at least 2, at least 3, ... of these groups of people."""
    levels = [0]
    for rest in groups:
        for depth, level in enumerate(levels):
            levels[depth] = level | rest
            rest &= level
            if not rest:
                break
        else:
            levels.append(rest)
    return levels[1:]


def audience_of(people: int, levels: Sequence[int], enough: float = -1.0) -> float:
    """Return the expected audience among these people, or any value up to `enough` when it is no more than that."""
    audience = float(people.bit_count())
    for share, level in zip(SHARES, levels, strict=False):
        if audience <= enough:
            break
        audience -= (people & level).bit_count() * share
    return audience
