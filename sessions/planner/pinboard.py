"""The pin-board way of making a plan, to hold ours against: by votes alone, as people do it with cards on a wall."""

from __future__ import annotations

from sessions.planner.construct import make_way
from sessions.planner.forced import place_forced
from sessions.planner.grid import Grid
from sessions.planner.problem import Placement, Problem
from sessions.planner.rooms import settle_rooms
from sessions.planner.state import State


def pin_board(problem: Problem) -> tuple[Placement, ...]:
    """Return the plan of the pin board, valid by every rule; raises NoPlan.

    The most wanted session first, into the slot that holds the fewest votes so far, there into the largest room that
    suits it; what finds no cell may push one aside; at last each slot gets the rooms that fit best. Votes are counted,
    but nobody looks who wants two sessions of the same slot.
    """
    grid = Grid(problem)
    state = State(grid)
    place = [-1] * grid.count
    for session, cell in place_forced(grid).items():
        place[session] = cell
    state.load(place)
    votes = [0] * grid.slots
    for session in sorted(range(grid.count), key=lambda one: (place[one] < 0, -grid.popular[one], one)):
        cell = place[session] if place[session] >= 0 else _cell(state, votes, session)
        if cell >= 0:
            for one in grid.span(session, cell):
                votes[one // grid.rooms] += grid.popular[session]
            if state.place[session] < 0:
                state.attempt([(session, cell)], float("-inf"))
    make_way(state)
    settle_rooms(state)
    return grid.placements(state.place)


def _cell(state: State, votes: list[int], session: int) -> int:
    """Return the free cell for a session, or -1."""
    grid = state.grid
    free = [cell for cell in grid.places[session] if state.free(session, cell)]

    def order(cell: int) -> tuple[int, int, int]:
        held = sum(votes[one // grid.rooms] for one in grid.span(session, cell))
        return held, -grid.seats[cell % grid.rooms], cell

    return min(free, key=order, default=-1)
