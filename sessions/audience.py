"""How many people a session can expect: hands raised in the room and votes cast before, by one formula."""

from __future__ import annotations

# Of a hundred hands that are raised, so many people come. People raise their hand for fewer sessions than they then
# go to, so that rooms get too full; camps therefore ask for a hand "for more than you can attend". A quarter more is
# a cautious beginning: one in five hands was missing. Organisers change it when they know their people.
DEFAULT_PERCENT = 125
LEAST, MOST = 50, 400


def expected(votes: int, hands: int | None, percent: int = DEFAULT_PERCENT) -> int:
    """The larger of hands × percent / 100, rounded, and votes; without counted hands the votes.

    The larger one, because votes know nothing of who proposes on the stage, and hands nothing of who comes later.
    """
    return max(votes, by_hands(hands, percent)) if hands is not None else votes


def by_hands(hands: int, percent: int = DEFAULT_PERCENT) -> int:
    """What the hands alone say: half a person counts as one."""
    return (hands * percent + 50) // 100
