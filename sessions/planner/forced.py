"""Pinned sessions and those that must be placed: a place for each of them, or the culprits by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sessions.planner.explain import reason
from sessions.planner.grid import Grid
from sessions.planner.problem import Breach, NoPlan, Placement
from sessions.planner.rules import Board, room_breaches, time_breaches

EFFORT = 20_000  # steps of the search for places; enough by far unless hundreds of sessions must be placed


def place_forced(grid: Grid) -> dict[int, int]:
    """Return a first cell for each forced session, all together valid; raises NoPlan with the culprits."""
    alone = [breach for session in sorted(grid.forced) if not grid.places[session]
             for breach in _hopeless(grid, session)]
    if alone:
        raise NoPlan(tuple(alone))
    found, _ = _fit(grid, sorted(grid.forced), EFFORT)
    if found is None:
        raise NoPlan(tuple(_quarrel(grid, _smallest_core(grid))))
    return found


def _hopeless(grid: Grid, session: int) -> list[Breach]:
    """Say why a forced session has no place even in an empty plan, its pins first."""
    problem, record = grid.problem, grid.problem.sessions[session]
    pins = [pin for pin in problem.pins if pin.session == record.id]
    index = {slot.id: number for number, slot in enumerate(problem.slots)}
    found: list[Breach] = []
    for pin in pins:
        if pin.slot is not None:
            found += time_breaches(problem, record, index[pin.slot])
        found += [breach for room in problem.rooms if room.id == pin.room
                  for breach in room_breaches(problem, record, room)]
    if not found:
        board = Board(problem)
        found = [breach for pin in pins if pin.slot is not None and pin.room is not None
                 for breach in board.breaches(record.id, pin.room, pin.slot)]
    return list(dict.fromkeys(found)) or [reason(grid, session, ())]


def _fit(grid: Grid, sessions: Iterable[int], effort: int) -> tuple[dict[int, int] | None, bool]:
    """Return places for these sessions, or None; the flag says whether None is proven (all ways were tried).

    Depth first, the session with the fewest places left next; a branch ends when one has none
    or when all together need more cells than they can reach.
    """
    left = {session: grid.starts[session] for session in sessions}
    chosen: dict[int, int] = {}
    stack: list[tuple[int, Iterator[int], dict[int, int]]] = []
    while True:
        if not left:
            return chosen, False
        if effort <= 0:
            return None, False
        effort -= 1
        if _room_enough(grid, left):
            session = min(left, key=lambda one: (left[one].bit_count(), one))
            stack.append((session, _good_first(grid, session, left[session], chosen), left))
        while stack:
            session, cells, before = stack[-1]
            chosen.pop(session, None)
            cell = next(cells, None)
            if cell is not None:
                chosen[session] = cell
                left = {one: starts & ~grid.lost(session, cell, one)
                        for one, starts in before.items() if one != session}
                break
            stack.pop()
        else:
            return None, True


def _room_enough(grid: Grid, left: dict[int, int]) -> bool:
    """Say whether each session has a place and all together have as many cells as they need."""
    reach = 0
    for session, starts in left.items():
        if not starts:
            return False
        reach |= starts | starts << grid.rooms if grid.length[session] == 2 else starts
    return reach.bit_count() >= sum(grid.length[session] for session in left)


def _good_first(grid: Grid, session: int, starts: int, chosen: dict[int, int]) -> Iterator[int]:
    """Yield the cells, those in the emptiest slots and with fitting seats first."""
    full = [0] * grid.slots
    for cell in chosen.values():
        full[cell // grid.rooms] += 1
    half = grid.popular[session] / 2
    return iter(sorted((cell for cell in grid.places[session] if starts >> cell & 1),
                       key=lambda cell: (full[cell // grid.rooms], abs(grid.seats[cell % grid.rooms] - half))))


def _smallest_core(grid: Grid) -> list[int]:
    """Leave out one forced session after the other as long as the rest still does not fit together."""
    core = sorted(grid.forced)
    for session in tuple(core):
        rest = [one for one in core if one != session]
        found, proven = _fit(grid, rest, EFFORT // 20)
        if found is None and proven:
            core = rest
    return core


def _quarrel(grid: Grid, core: list[int]) -> Iterator[Breach]:
    """Say what keeps these sessions apart: one shared cell or host if that is all, else that they do not fit."""
    ids = [grid.problem.sessions[session].id for session in core]
    for session, name in zip(core, ids, strict=True):
        clear = _clear_breaches(grid, session, [one for one in core if one != session]) if len(core) == 2 else []
        if clear:
            yield from clear
        else:
            yield Breach("together", name, other=", ".join(one for one in ids if one != name))


def _clear_breaches(grid: Grid, session: int, others: list[int]) -> list[Breach]:
    """Return the breach that comes back wherever the two sessions go, as it shows in their first places."""
    problem, (other,) = grid.problem, others
    if len(grid.places[session]) * len(grid.places[other]) > 1000:
        return []  # two sessions with so many places are kept apart by nothing that one cell shows
    common: set[str] | None = None
    first: list[Breach] = []
    for cell in grid.places[other]:
        board = Board(problem, grid.placements(cell if one == other else -1 for one in range(grid.count)))
        for mine in grid.places[session]:
            row = _record(grid, session, mine)
            found = board.breaches(row.session, row.room, row.slot)
            first = first or found
            rules = {breach.rule for breach in found}
            common = rules if common is None else common & rules
    return [breach for breach in first if common and breach.rule in common]


def _record(grid: Grid, session: int, cell: int) -> Placement:
    problem = grid.problem
    return Placement(problem.sessions[session].id, problem.rooms[cell % grid.rooms].id,
                     problem.slots[cell // grid.rooms].id)
