"""The order in which proposals are met: drawn for each person, or what fewest have judged first; and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from camp.models import Camp, Participant
from sessions import proposals, voting
from sessions.models import Session


@dataclass(frozen=True, slots=True)
class Stack:
    """The cards that somebody has not judged, in order; of how many, without the own ones; votes left, if limited."""

    left: Sequence[Session]
    of: int
    votes_left: int | None


def ordered(camp: Camp, rows: Iterable[Session], seed: str) -> list[Session]:
    """The rows in the order of a seed; where the camp wants it, those judged least often before the others."""
    drawn = proposals.shuffled(rows, seed)
    if not voting.rules(camp).least_seen:
        return drawn
    times = voting.times_judged(camp)
    return sorted(drawn, key=lambda row: times.get(row.id, 0))


def stack(camp: Camp, participant: Participant, key: str, seed: str) -> Stack:
    """What a participant has not judged: neither voted for nor answered by card, and not held."""
    others = [row for row in proposals.open_proposals(camp) if not proposals.is_host(row, participant)]
    mine = voting.ballot_of(camp, participant, key)
    known = mine | voting.judged_by(camp, participant, key)
    budget = voting.rules(camp).budget
    return Stack([row for row in ordered(camp, others, seed) if row.id not in known], len(others),
                 None if budget is None else max(0, budget - len(mine)))
