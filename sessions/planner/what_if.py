"""What would happen if a session went to a cell: wishes kept or lost, people standing, rules broken, for all cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sessions.planner.problem import Breach, Placement, Problem
from sessions.planner.rules import Board
from sessions.planner.score import busy_slots, score_of, spans_of, turnout, wanted_sessions


@dataclass(frozen=True, slots=True)
class Effect:
    """What the plan would gain (lose, below 0) with the session in this cell, and the rules that it would break.

    `attendance` counts wishes that can be kept, `overflow` people without a seat, both against the plan as it stands;
    `audience` is who would come, of `seats`. Where the cell is taken, the figures are those of both being held there.
    """

    room: str
    slot: str
    attendance: int
    overflow: float
    audience: float
    seats: int
    breaches: tuple[Breach, ...]

    @property
    def score(self) -> float:
        """Wishes with a seat, against the plan as it stands."""
        return self.attendance - self.overflow


def what_if(problem: Problem, placements: Iterable[Placement], session: str) -> tuple[Effect, ...]:
    """Return the effect of taking this session out of the plan and putting it to each cell, by time and room.

    The plan may break rules. Pins of the session itself count as rules; to ask without, leave them out of the problem.
    Only people who want or hold the session are counted for each slot; nothing changes for the others.
    """
    rows = tuple(placements)
    rest = tuple(row for row in rows if row.session != session)
    before, board = score_of(problem, rows), Board(problem, rest)
    spans, seats = spans_of(problem, rest)
    held = next(one for one in problem.sessions if one.id == session)
    mine: dict[str, tuple[str, ...]] = {}
    others: dict[str, tuple[str, ...]] = {}
    for person, votes in wanted_sessions(problem).items():
        (mine if session in votes or person in held.hosts else others)[person] = votes
    far = turnout(others, spans, busy_slots(problem, spans))
    found = []
    for number, slot in enumerate(problem.slots):
        span = range(number, min(number + held.length, len(problem.slots)))
        here = {**spans, session: span}
        near = turnout(mine, here, busy_slots(problem, here))
        standing = sum(max(0.0, far.audience[one] + near.audience[one] - seats[one]) for one in spans)
        people = near.audience[session]
        found += [Effect(room.id, slot.id, far.attendance + near.attendance - before.attendance,
                         standing + max(0.0, people - room.seats) - before.overflow, people, room.seats,
                         tuple(board.breaches(session, room.id, slot.id))) for room in problem.rooms]
    return tuple(found)
