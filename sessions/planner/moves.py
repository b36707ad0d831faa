"""Small changes for the search to try: swap, move, exchange with the pool, one two-slot session for two short ones."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sessions.planner.grid import Change, Grid
from sessions.planner.state import State


def movable(grid: Grid) -> list[int]:
    """Return the sessions that a move may begin with: those with a choice, or with one place to be won."""
    return [session for session, places in enumerate(grid.places)
            if len(places) > 1 or (places and session not in grid.forced)]


def propose(state: State, movers: Sequence[int], rng: Random) -> list[Change]:
    """Return a random change that keeps every rule but that of busy hosts; empty if the draw led nowhere."""
    session = movers[int(rng.random() * len(movers))]
    places = state.grid.places[session]
    return change(state, rng, session, places[int(rng.random() * len(places))])


def change(state: State, rng: Random, session: int, target: int) -> list[Change]:
    """Return a change that brings this session to this cell; empty if there is none."""
    if target == state.place[session]:
        return []
    if state.grid.length[session] == 2:
        return _move_double(state, rng, session, target)
    return _move_single(state, rng, session, target)


def _move_single(state: State, rng: Random, session: int, target: int) -> list[Change]:
    """Move a one-slot session to a cell; who is there takes its cell, gives way or leaves."""
    grid, here, other = state.grid, state.place[session], state.at[target]
    if other < 0:
        return [(session, target)]
    if here >= 0:
        if grid.length[other] == 2:
            return []
        if grid.legal[other][here]:
            return [(session, target), (other, here)]
        return _chain(state, rng, session, target, other, here)
    if grid.length[other] == 1:
        return _give_way(state, rng, session, target, [other])
    return _split(state, rng, session, target, other)


def _chain(state: State, rng: Random, session: int, target: int, other: int, here: int) -> list[Change]:
    """Swap two sessions where the other cannot have this one's room: a third one of the slot changes rooms with it."""
    grid, rooms = state.grid, state.grid.rooms
    first, turn = here - here % rooms, int(rng.random() * rooms)
    for step in range(rooms):
        cell = first + (step + turn) % rooms
        third = state.at[cell]
        if grid.legal[other][cell] and grid.length[third] == 1 and third != other and grid.legal[third][here]:
            return [(session, target), (other, cell), *([(third, here)] if third >= 0 else [])]
    return []


def _split(state: State, rng: Random, session: int, target: int, other: int) -> list[Change]:
    """Let a two-slot session leave for this one and a second one-slot session of the pool."""
    grid, first = state.grid, state.place[other]
    if other in grid.forced:
        return []
    rest = first + grid.rooms if target == first else first
    second = state.pool[int(rng.random() * len(state.pool))]
    if second == session or grid.length[second] == 2 or not grid.legal[second][rest]:
        return [(other, -1), (session, target)]
    return [(other, -1), (session, target), (second, rest)]


def _move_double(state: State, rng: Random, session: int, target: int) -> list[Change]:
    """Move a two-slot session; those in its way take its cells or, if it comes from the pool, give way or leave."""
    grid, here = state.grid, state.place[session]
    others = list(dict.fromkeys(one for one in (state.at[target], state.at[target + grid.rooms])
                                if one >= 0 and one != session))
    if here < 0:
        return _give_way(state, rng, session, target, others)
    if any(grid.length[one] == 2 for one in others):
        if len(others) == 1 and state.place[others[0]] == target and grid.legal[others[0]][here]:
            return [(session, target), (others[0], here)]
        return []
    taken = grid.span(session, target)
    free = [cell for cell in grid.span(session, here) if cell not in taken]
    if len(free) == 2 and rng.random() < 0.5:
        free.reverse()
    swaps = list(zip(others, free, strict=False))
    if all(grid.legal[one][cell] for one, cell in swaps):
        return [(session, target), *swaps]
    return []


def _give_way(state: State, rng: Random, session: int, target: int, others: Sequence[int]) -> list[Change]:
    """Bring a session in from the pool; each in its way moves to a free cell drawn at random, else leaves."""
    grid = state.grid
    taken = set(grid.span(session, target))
    changes: list[Change] = [(session, target)]
    for other in others:
        places = grid.places[other]
        cell = places[int(rng.random() * len(places))]
        span = grid.span(other, cell)
        if all(state.at[one] in (-1, other) and one not in taken for one in span):
            taken.update(span)
            changes.append((other, cell))
        elif other in grid.forced:
            return []
        else:
            changes.append((other, -1))
    return changes
