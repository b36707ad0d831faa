"""How good the plan is, in numbers that people understand: for organisers as a whole, for participants their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time

from camp.models import Camp, Participant
from sessions import agenda, proposals, voting
from sessions.kinds import LEAST
from sessions.models import Entry
from sessions.planner import NoPlan, score_of
from sessions.planner.pinboard import pin_board
from sessions.planner.problem import Figures
from sessions.planner.quality import Heat, Use, heat_of, use_of
from sessions.planner.score import most_without_overlap
from sessions.standing import Standing

DRAWN = 60  # sessions; more would be smaller than a dot


@dataclass(frozen=True, slots=True)
class Quality:
    """The plan's figures, those of the pin-board way (None: it leads to no plan), pairs of sessions, and rooms."""

    figures: Figures
    pin_board: Figures | None
    heat: Heat
    use: Sequence[Use]


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of somebody's wishes the agenda lets them keep, and how many are not on it at all."""

    kept: int
    wishes: int
    missing: int


def of(standing: Standing) -> Quality:
    """How good the plan is as it stands."""
    problem, placed = standing.problem, standing.placed
    return Quality(score_of(problem, placed), _by_pins(standing), heat_of(problem, placed, LEAST, DRAWN),
                   use_of(problem, placed))


def kept_by(camp: Camp, participant: Participant, key: str) -> Kept | None:
    """What the public agenda gives a participant, worked out from their votes and kept nowhere.

    None without an agenda, or without a wish.
    """
    entries = agenda.shown(camp)
    own = proposals.ids_hosted_by(participant)
    wishes = voting.ballot_of(camp, participant, key) - own
    if not entries or not wishes:
        return None
    spans = _spans(entries)
    busy = {point for one in own if one in spans for point in spans[one]}
    there = [one for one in wishes if one in spans]
    can = [str(one) for one in there if busy.isdisjoint(spans[one])]
    kept = most_without_overlap(can, {str(one): span for one, span in spans.items()})
    return Kept(kept, len(wishes), len(wishes) - len(there))


def _by_pins(standing: Standing) -> Figures | None:
    try:
        return score_of(standing.problem, pin_board(standing.problem))
    except NoPlan:
        return None


def _spans(entries: Collection[Entry]) -> dict[int, range]:
    """Session id → which of the agenda's beginnings lie in it; two sessions overlap if they have one in common."""
    points: list[tuple[date, time]] = sorted({(one.date, one.starts) for one in entries})
    number = {point: index for index, point in enumerate(points)}
    found = {}
    for one in entries:
        first = number[one.date, one.starts]
        last = first + 1
        while last < len(points) and points[last] < (one.date, one.ends):
            last += 1
        found[one.session_id] = range(first, last)
    return found
