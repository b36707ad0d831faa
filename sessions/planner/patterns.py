"""Kinds of slots as bit arrays: what may be there together, in which rooms, and whom it reaches.

A person who wants a one-slot session of the pattern counts for one wish, who wants only a two-slot session for half of
one, in each of its two slots. With two-slot sessions every person therefore has two bits: one-slot sessions mark both,
two-slot sessions the second. A person sits in one session per slot at most, so no plan is worth more than its patterns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import numpy as np

from sessions.planner.grid import Grid
from sessions.planner.kernel import Case

_UNIONS = 64   # sets of rooms watched for crowding; leaving some out only loosens the bound


@dataclass(frozen=True, slots=True)
class Kind:
    """Slots that are alike for the proof: their arrays, the slots, and how many sessions fit into one of them."""

    case: Case
    slots: tuple[int, ...]
    most: int


def unit_of(grid: Grid) -> int:
    """Return how many bits are worth one wish: 2 where there are two-slot sessions, else 1."""
    return max(grid.length, default=1)


def kinds_of(grid: Grid, *, merged: bool, seats: bool) -> list[Kind]:
    """Return the kinds of slots, none of which is worth nothing.

    `merged` takes all slots for one kind in which everything is allowed that is allowed anywhere: a weaker bound for
    a fraction of the work. `seats` counts people without a seat too.
    """
    allowed = [_rooms_by_session(grid, slot) for slot in range(grid.slots)]
    open_at = [sum(1 << room for room in range(grid.rooms) if grid.open[slot * grid.rooms + room])
               for slot in range(grid.slots)]
    alike: dict[tuple[tuple[int, ...], int], list[int]] = {}
    for slot in range(grid.slots):
        key = (allowed[slot], open_at[slot])
        if merged:
            key = (tuple(reduce(or_, masks) for masks in zip(*allowed, strict=True)), reduce(or_, open_at))
        alike.setdefault(key, []).append(slot)
    arrays = _Arrays(grid)
    return [Kind(arrays.case(masks, rooms, seats), tuple(slots), rooms.bit_count())
            for (masks, rooms), slots in alike.items() if rooms and any(masks)]


def slots_of(grid: Grid, place: Iterable[int]) -> list[list[int]]:
    """Return the sessions that run in each slot of a plan."""
    found: list[list[int]] = [[] for _ in range(grid.slots)]
    for session, cell in enumerate(place):
        if cell >= 0:
            for one in grid.span(session, cell):
                found[one // grid.rooms].append(session)
    return found


class _Arrays:
    """What all kinds share."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        people = max([1, *(bits.bit_length() for bits in grid.voters + grid.owners)])
        self.width, self.double = (people + 63) // 64, unit_of(grid) == 2
        words = [self._words(grid.voters[one], grid.length[one]) for one in range(grid.count)]
        self.voters = np.array(words, np.uint64)
        self.host_word, self.host_bit = self._hosts()
        self.clash = np.zeros((grid.count, grid.count), np.bool_)
        for one in range(grid.count):
            self.clash[one, sorted(grid.clash[one])] = True

    def case(self, masks: tuple[int, ...], rooms: int, seats: bool) -> Case:
        """Return the arrays of one kind of slot."""
        grid, unions = self.grid, _unions(masks, rooms)
        within = np.array([[mask != 0 and not mask & ~union for union in unions] for mask in masks], np.int32)
        within = within.reshape(grid.count, len(unions))
        cap = np.array([union.bit_count() for union in unions], np.int32)
        binding = within.sum(axis=0) > cap
        return Case(
            self.voters, self.host_word, self.host_bit, self.clash, np.ascontiguousarray(within[:, binding]),
            cap[binding], np.array([mask != 0 for mask in masks], np.bool_),
            np.array([[mask >> room & 1 for room in range(grid.rooms)] for mask in masks], np.bool_),
            np.array(grid.seats if seats else [], np.float64),
            np.array([length == 2 for length in grid.length[:grid.count]], np.bool_),
            self.width if self.double else 0, float(2 if self.double else 1))

    def _words(self, bits: int, length: int) -> list[int]:
        words = [bits >> 64 * number & (1 << 64) - 1 for number in range(self.width)]
        return [*(words if length == 1 else [0] * self.width), *words] if self.double else words

    def _hosts(self) -> tuple[Any, Any]:
        found: list[list[tuple[int, int]]] = []
        for one in range(self.grid.count):
            bits = [(number, 1 << place) for number, word in enumerate(self._words(self.grid.owners[one], 1))
                    for place in range(64) if word >> place & 1]
            found.append(bits)
        width = max([1, *(len(bits) for bits in found)])
        words, marks = np.full((len(found), width), -1, np.int32), np.zeros((len(found), width), np.uint64)
        for one, bits in enumerate(found):
            for number, (word, bit) in enumerate(bits):
                words[one, number], marks[one, number] = word, bit
        return words, marks


def _rooms_by_session(grid: Grid, slot: int) -> tuple[int, ...]:
    """Return, one bit a room, where each session can be in this slot, in its first or its second one."""
    masks = []
    for session, cells in enumerate(grid.places):
        used = {one for cell in cells for one in grid.span(session, cell) if one // grid.rooms == slot}
        masks.append(sum(1 << one % grid.rooms for one in used))
    return tuple(masks)


def _unions(masks: tuple[int, ...], rooms: int) -> list[int]:
    """Return the unions of the sets of rooms that sessions may use, the largest last to go."""
    found = {rooms}
    for mask in sorted({mask for mask in masks if mask}):
        found |= {union | mask for union in found} | {mask}
    return sorted(found, key=lambda union: (-union.bit_count(), union))[:_UNIONS]
