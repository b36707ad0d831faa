"""A session laid by hand into any cell: who lies there takes its cell or gives way, and what all of it would mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sessions.planner.grid import Grid
from sessions.planner.problem import Breach, Placement, Problem
from sessions.planner.rules import Board, firm
from sessions.planner.state import State
from sessions.planner.what_if import what_if


@dataclass(frozen=True, slots=True)
class Lay:
    """A session in a cell. `others` lay in its way, each with its new placement, or None if it loses its cell.

    `breaches` are the rules that the session and those others would break then.
    """

    row: Placement
    others: tuple[tuple[str, Placement | None], ...]
    breaches: tuple[Breach, ...]

    @property
    def forbidden(self) -> tuple[Breach, ...]:
        """The broken rules over which nobody can go by hand."""
        return firm(self.breaches)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What laying a session there would mean against the plan as it stands: wishes kept, people without a seat.

    `gain` and `standing` are None where no figure can be given. `audience` is who would come, of `seats`, where free.
    """

    lay: Lay
    seats: int
    gain: int | None = None
    standing: float | None = None
    audience: float | None = None

    @property
    def score(self) -> float:
        """Wishes with a seat more (or fewer, below 0); 0 where no figure can be given."""
        return (self.gain or 0) - (self.standing or 0.0)


def lay(problem: Problem, placements: Iterable[Placement], session: str, room: str, slot: str) -> Lay:
    """Return what comes of laying the session there; a session of two slots also takes the next.

    Pins count as rules: leave out of the problem those over which the hand may go.
    """
    rows = tuple(placements)
    row = Placement(session, room, slot)
    others = _make_room(problem, rows, row)
    names = {session, *(name for name, _ in others)}
    board = Board(problem, (one for one in rows if one.session not in names))
    found = list(board.breaches(session, room, slot))
    board.put(row)
    for name, then in others:
        if then is None:
            found += [Breach("pin_slot", name, None, slot, pin.slot or slot) for pin in problem.pins
                      if pin.session == name]
        else:
            found += board.breaches(name, then.room, then.slot)
            board.put(then)
    return Lay(row, tuple(others), tuple(found))


def outlooks(problem: Problem, placements: Iterable[Placement], session: str) -> tuple[Outlook, ...]:
    """Return for each cell, by time and room, what laying the session there would mean. The plan may break rules."""
    rows = tuple(placements)
    grid = Grid(problem)
    state = State(grid)
    state.load(grid.place(rows))
    found = []
    for effect in what_if(problem, rows, session):
        made = lay(problem, rows, session, effect.room, effect.slot)
        if made.forbidden:
            found.append(Outlook(made, effect.seats))
        elif not made.others:
            found.append(Outlook(made, effect.seats, effect.attendance, effect.overflow, effect.audience))
        else:
            found.append(_weighed(state, Outlook(made, effect.seats)))
    return tuple(found)


def _make_room(problem: Problem, rows: Sequence[Placement], row: Placement,
               ) -> list[tuple[str, Placement | None]]:
    """Say where those go who lie in the way: into the cells that the session leaves, as far as they fit."""
    index = {slot.id: number for number, slot in enumerate(problem.slots)}
    length = {one.id: one.length for one in problem.sessions}
    if row.slot not in index or row.session not in length:
        return []

    def span(one: Placement) -> list[int]:
        return list(range(index[one.slot], index[one.slot] + length[one.session]))

    known = [one for one in rows if one.slot in index and one.session in length]
    target = set(span(row))
    here = next((one for one in known if one.session == row.session), None)
    left = [number for number in span(here) if here.room != row.room or number not in target] if here else []
    found: list[tuple[str, Placement | None]] = []
    for one in sorted(known, key=lambda one: index[one.slot]):
        if one.session == row.session or one.room != row.room or target.isdisjoint(span(one)):
            continue
        if here is None or len(left) < length[one.session]:
            found.append((one.session, None))
            continue
        found.append((one.session, Placement(one.session, here.room, problem.slots[left[0]].id)))
        left = left[length[one.session]:]
    return found


def _weighed(state: State, one: Outlook) -> Outlook:
    """Put in the figures of an exchange; none where a host would be in two rooms, which the search does not weigh."""
    changes = [_change(state.grid, one.lay.row.session, one.lay.row),
               *(_change(state.grid, name, then) for name, then in one.lay.others)]
    back = [(session, state.place[session]) for session, _ in changes]
    gain, standing = state.attendance, state.overflow
    if not state.attempt(changes, float("-inf")):
        return one
    found = replace(one, gain=state.attendance - gain, standing=state.overflow - standing)
    state.attempt(back, float("-inf"))
    return found


def _change(grid: Grid, session: str, row: Placement | None) -> tuple[int, int]:
    number = next(index for index, one in enumerate(grid.problem.sessions) if one.id == session)
    if row is None:
        return number, -1
    slot = next(index for index, one in enumerate(grid.problem.slots) if one.id == row.slot)
    room = next(index for index, one in enumerate(grid.problem.rooms) if one.id == row.room)
    return number, slot * grid.rooms + room
