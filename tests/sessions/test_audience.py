from __future__ import annotations

import pytest

from sessions import audience


@pytest.mark.parametrize(("votes", "hands", "percent", "people"), [
    (38, 31, 125, 39), (58, 31, 125, 58), (0, 12, 125, 15), (7, None, 125, 7), (0, None, 125, 0), (5, 0, 125, 5), (0, 2, 125, 3), (0, 30, 100, 30),
    (0, 30, 200, 60),
])
def test_the_larger_of_corrected_hands_and_votes(votes: int, hands: int | None, percent: int, people: int) -> None:
    assert audience.expected(votes, hands, percent) == people


def test_half_a_person_counts_as_one() -> None:
    assert [audience.by_hands(hands, 125) for hands in (0, 1, 2, 3, 4, 6)] == [0, 1, 3, 4, 5, 8]
