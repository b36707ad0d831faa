"""The best rooms for the sessions of one slot: an assignment problem, solved exactly."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.planner.state import State

_FORBIDDEN = 1e9


def settle_rooms(state: State) -> None:
    """Give the one-slot sessions of each slot the rooms that leave the fewest people standing.

    Two-slot sessions stay where they are. Where seats are no matter, the larger audience gets the larger room.
    """
    for slot in range(state.grid.slots):
        _settle_slot(state, slot)


def _settle_slot(state: State, slot: int) -> None:
    grid, base = state.grid, slot * state.grid.rooms
    cells = [cell for cell in range(base, base + grid.rooms)
             if grid.open[cell] and grid.length[state.at[cell]] == 1]
    sessions = [state.at[cell] for cell in cells if state.at[cell] >= 0]
    if not sessions:
        return
    audience = [state.audience(session) for session in sessions]
    scale = 1e-6 / (1 + max(audience) * max(grid.seats))   # a tie-break that can never outweigh a seat
    cost = [[max(0.0, people - grid.seats[cell - base]) - scale * people * grid.seats[cell - base]
             if grid.legal[session][cell] else _FORBIDDEN for cell in cells]
            for session, people in zip(sessions, audience, strict=True)]
    changes = [(session, cells[column]) for session, column in zip(sessions, assign(cost), strict=True)]
    state.attempt(changes, -1e-6)


def assign(cost: Sequence[Sequence[float]]) -> list[int]:
    """Return for each row its column in a cheapest assignment; there are at least as many columns as rows.

    The Hungarian method with shortest augmenting paths (Jonker and Volgenant 1987), cubic in the number of rows.
    """
    columns = len(cost[0]) if cost else 0
    price = [0.0] * (columns + 1)
    rent = [0.0] * (len(cost) + 1)
    owner = [-1] * (columns + 1)             # row by column; the last column is where each search begins
    for row in range(len(cost)):
        owner[columns] = row
        column, way = _shortest_path(cost, price, rent, owner, columns)
        while column != columns:
            owner[column] = owner[way[column]]
            column = way[column]
    found = [-1] * len(cost)
    for column in range(columns):
        if owner[column] >= 0:
            found[owner[column]] = column
    return found


def _shortest_path(cost: Sequence[Sequence[float]], price: list[float], rent: list[float],
                   owner: list[int], columns: int) -> tuple[int, list[int]]:
    """Return a free column and the way back from it; prices and rents are brought up to date."""
    least = [float("inf")] * columns
    way = [columns] * columns
    seen: list[int] = []
    column = columns
    while owner[column] >= 0:
        seen.append(column)
        row = owner[column]
        step, nearest = float("inf"), -1
        for other in range(columns):
            if other in seen:
                continue
            reduced = cost[row][other] - rent[row] - price[other]
            if reduced < least[other]:
                least[other], way[other] = reduced, column
            if least[other] < step:
                step, nearest = least[other], other
        for other in seen:
            rent[owner[other]] += step
            price[other] -= step
        least = [value - step for value in least]
        column = nearest
    return column, way
