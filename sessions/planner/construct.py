"""A first plan: forced sessions, then the one with the fewest places left, into the slot where it costs least."""

from __future__ import annotations

from sessions.planner.forced import place_forced
from sessions.planner.grid import Grid
from sessions.planner.state import State


def construct(grid: Grid) -> State:
    """Return a valid plan as full as one pass and one round of giving way make it; raises NoPlan."""
    place = [-1] * grid.count
    left = {session: grid.starts[session] for session in range(grid.count) if grid.places[session]}
    wanted = [0] * grid.slots
    for session, cell in place_forced(grid).items():
        _take(grid, place, left, wanted, session, cell)
    while left:
        session = min(left, key=lambda one: (left[one].bit_count(), -grid.popular[one], one))
        cells = [cell for cell in grid.places[session] if left[session] >> cell & 1]
        if cells:
            _take(grid, place, left, wanted, session, _best_cell(grid, wanted, session, cells))
        else:
            del left[session]
    state = State(grid)
    state.load(place)
    make_way(state)
    return state


def _take(grid: Grid, place: list[int], left: dict[int, int], wanted: list[int], session: int, cell: int) -> None:
    """Put the session down and strike the places that others lose by it."""
    place[session] = cell
    left.pop(session, None)
    for other in left:
        left[other] &= ~grid.lost(session, cell, other)
    for one in grid.span(session, cell):
        wanted[one // grid.rooms] |= grid.voters[session]


def _best_cell(grid: Grid, wanted: list[int], session: int, cells: list[int]) -> int:
    """Return the cell with the fewest voters torn between two sessions, in the smallest room that seats the rest."""
    voters, rooms = grid.voters[session], grid.rooms
    torn = {cell // rooms: sum((voters & wanted[one // rooms]).bit_count() for one in grid.span(session, cell))
            for cell in cells}
    slot = min(torn, key=lambda one: (torn[one], one))
    audience = grid.popular[session] - torn[slot] / (2 * grid.length[session])
    seats = grid.seats
    return min((cell for cell in cells if cell // rooms == slot),
               key=lambda cell: (max(0.0, audience - seats[cell % rooms]), seats[cell % rooms], cell))


def make_way(state: State) -> None:
    """Let placed one-slot sessions move to free cells where that lets one more in."""
    grid = state.grid
    for session in sorted(state.pool, key=lambda one: (-grid.popular[one], one)):
        for cell in grid.places[session]:
            others = {state.at[one] for one in grid.span(session, cell)} - {-1}
            if len(others) == 1 and _swap_in(state, session, cell, others.pop()):
                break


def _swap_in(state: State, session: int, cell: int, other: int) -> bool:
    """Put the session there if the one in its way finds another free place."""
    taken = set(state.grid.span(session, cell))
    for target in state.grid.places[other]:
        span = state.grid.span(other, target)
        if taken.isdisjoint(span) and all(state.at[one] in (-1, other) for one in span) \
                and state.attempt([(other, target), (session, cell)], float("-inf")):
            return True
    return False
