"""What can be read off a plan beside its score: which sessions the same people want, and how the rooms are used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sessions.planner.grid import Grid
from sessions.planner.problem import Placement, Problem
from sessions.planner.score import busy_slots, spans_of, turnout, wanted_sessions


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sessions, how many people want both, and whether these would run at the same time."""

    one: str
    other: str
    people: int
    parallel: bool


@dataclass(frozen=True, slots=True)
class Heat:
    """How many people want two sessions both. `order`: the sessions drawn, by slot and room; `slots`: of each of them.

    `counts` is square; a number of people below the least that may be told is 0. `pairs`: the largest first.
    """

    order: tuple[str, ...]
    slots: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """What a room holds: cells taken and open, people expected over seats offered, and its fullest session."""

    room: str
    cells: int
    open: int
    people: float
    seats: int
    fullest: str = ""

    @property
    def percent(self) -> int:
        """Share of the seats that people are expected in, in percent, each session at most full."""
        return round(100 * self.people / self.seats) if self.seats else 0


def heat_of(problem: Problem, placements: Iterable[Placement], least: int, most: int) -> Heat:
    """Return how many people want two sessions both, for the `most` wanted ones that lie in cells.

    Fewer than `least` people are not told, so that nobody can be found by what they want.
    """
    grid = Grid(problem)
    place = grid.place(placements)
    placed = sorted((one for one in range(grid.count) if place[one] >= 0), key=lambda one: (-grid.popular[one], one))
    order = sorted(placed[:most], key=place.__getitem__)
    spans = [{cell // grid.rooms for cell in grid.span(one, place[one])} for one in order]
    counts = [[_told((grid.voters[one] & grid.voters[other]).bit_count(), least) if one != other else 0
               for other in order] for one in order]
    pairs = [Pair(problem.sessions[order[a]].id, problem.sessions[order[b]].id, counts[a][b], bool(spans[a] & spans[b]))
             for a in range(len(order)) for b in range(a) if counts[a][b]]
    pairs.sort(key=lambda pair: (-pair.people, not pair.parallel, pair.one, pair.other))
    return Heat(tuple(problem.sessions[one].id for one in order),
                tuple(problem.slots[place[one] // grid.rooms].id for one in order),
                tuple(map(tuple, counts)), tuple(pairs))


def use_of(problem: Problem, placements: Iterable[Placement]) -> Sequence[Use]:
    """Return for each room how it is used, by the audience that each session can expect."""
    rows = list(placements)
    spans, seats = spans_of(problem, rows)
    audience = turnout(wanted_sessions(problem), spans, busy_slots(problem, spans)).audience
    found = []
    for room in problem.rooms:
        mine = [row.session for row in rows if row.room == room.id and row.session in spans]
        fullest = max(mine, key=lambda one: audience[one], default="")
        found.append(Use(room.id, sum(len(spans[one]) for one in mine), len(problem.slots) - len(room.closed),
                         sum(min(audience[one], seats[one]) for one in mine), sum(seats[one] for one in mine), fullest))
    return found


def _told(people: int, least: int) -> int:
    return people if people >= least else 0
