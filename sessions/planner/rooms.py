"""The best rooms for the sessions of one slot: an assignment problem, solved exactly."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.planner.state import State

FORBIDDEN = 1e9


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
             if grid.legal[session][cell] else FORBIDDEN for cell in cells]
            for session, people in zip(sessions, audience, strict=True)]
    changes = [(session, cells[column]) for session, column in zip(sessions, assign(cost), strict=True)]
    state.attempt(changes, -1e-6)


def assign(cost: Sequence[Sequence[float]]) -> list[int]:
    """Return for each row its column in a cheapest assignment; there are at least as many columns as rows.

    Shortest augmenting paths (Jonker and Volgenant 1987): a row takes its cheapest column, the last free one of them;
    only for a row that finds all of them taken the others are rearranged, along the cheapest path of exchanges.
    """
    columns = len(cost[0]) if cost else 0
    rent = [min(row) for row in cost]
    price = [0.0] * columns
    owner = [-1] * columns
    late = []
    for number, row in enumerate(cost):
        column = next((one for one in range(columns - 1, -1, -1) if owner[one] < 0 and row[one] == rent[number]), -1)
        if column < 0:
            late.append(number)
        else:
            owner[column] = number
    for number in late:
        _make_room(cost, price, rent, owner, number)
    found = [-1] * len(cost)
    for column, number in enumerate(owner):
        if number >= 0:
            found[number] = column
    return found


def _make_room(cost: Sequence[Sequence[float]], price: list[float], rent: list[float], owner: list[int],
               newcomer: int) -> None:
    """Give the newcomer a column along a shortest path (Dijkstra); prices and rents are brought up to date."""
    way = [-1] * len(owner)
    far = [value - rent[newcomer] - paid for value, paid in zip(cost[newcomer], price, strict=True)]
    todo, seen = list(range(len(owner))), []
    while True:
        nearest = min(todo, key=far.__getitem__)
        row, length = owner[nearest], far[nearest]
        if row < 0:
            break
        todo.remove(nearest)
        seen.append(nearest)
        costs, base = cost[row], length - rent[row]
        for column in todo:
            step = base + costs[column] - price[column]
            if step < far[column]:
                far[column], way[column] = step, nearest
    for column in seen:
        price[column] += far[column] - length
        rent[owner[column]] += length - far[column]
    rent[newcomer] += length
    while way[nearest] >= 0:
        owner[nearest] = owner[way[nearest]]
        nearest = way[nearest]
    owner[nearest] = newcomer
