"""Quick tests on a change of a plan: whether attendance alone, as if everybody found a seat, forbids it already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sessions.planner.grid import Change

if TYPE_CHECKING:  # the state asks these tests
    from sessions.planner.state import State


def hopeless(state: State, changes: Sequence[Change], least: float, worth: float) -> bool:
    """Say quickly, of changes that touch no two-slot session with a cell, that they are not good enough.

    Most moves end here. Between slots attendance alone decides, inside one the seats alone. False says nothing.
    """
    rooms, links = state.grid.rooms, state.links
    session, target = changes[0]
    here, other = state.place[session], state.at[target]
    if state.grid.length[session] == 2:
        return here < 0 <= target and _comes_in_vain(state, changes, least, worth)
    if here < 0 or target < 0 or len(changes) != (1 if other < 0 else 2):
        return False
    left, right = here // rooms, target // rooms
    if left == right:
        return _standing(state, session, other, here, target) > -least
    if links[left] or links[left - 1] or links[right] or links[right - 1]:
        return False
    gain = state.exchanged(left, session, other) + state.exchanged(right, other, session)
    return gain + state.spilt[left] + state.spilt[right] < least


def _comes_in_vain(state: State, changes: Sequence[Change], least: float, worth: float) -> bool:
    """Say of a two-slot session that comes in, where those in its way go to the pool, that it is not worth it."""
    (session, target), *others = changes
    slot = target // state.grid.rooms
    if any(cell >= 0 for _, cell in others) or not lets_two_in(state, slot):
        return False
    gain = gain_of_two(state, session, target) + worth * (2 - len(others))
    return gain + state.spilt[slot] + state.spilt[slot + 1] < least


def lets_two_in(state: State, slot: int) -> bool:
    """Say whether `gain_of_two` counts all that a two-slot session would mean from this slot on."""
    links = state.links
    return not (links[slot - 1] or links[slot] or links[slot + 1] or state.held)


def gain_of_two(state: State, session: int, target: int) -> int:
    """Return what attendance gains if a two-slot session comes to a cell and the next, and who is there goes."""
    grid, seated, busy = state.grid, 0, 0
    slot = target // grid.rooms
    for number in (slot, slot + 1):
        leaves = state.at[number * grid.rooms + target % grid.rooms]
        own = (state.own[number] ^ grid.owners[leaves]) | grid.owners[session]
        one = state.one[number] ^ (state.crew[number].solo & grid.voters[leaves]) | own
        seated += one.bit_count() - own.bit_count()
        busy |= one
    seated += ((grid.voters[session] | busy) ^ busy).bit_count()
    return seated - state.seated[slot] - state.seated[slot + 1]


def _standing(state: State, session: int, other: int, here: int, target: int) -> float:
    """Return how many more people stand when two one-slot sessions of one slot change rooms."""
    rooms = state.grid.rooms
    old, new = state.grid.seats[here % rooms], state.grid.seats[target % rooms]
    mine, its = state.audience(session), state.audience(other) if other >= 0 else 0.0
    return max(0.0, mine - new) + max(0.0, its - old) - max(0.0, mine - old) - max(0.0, its - new)
