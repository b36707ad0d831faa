"""The compiled part of the proof: the best pattern of a slot at given prices, by branch and bound and by climbing.

A pattern is a set of sessions for one slot. Its value is the number of marked bits that its sessions cover together,
without those of its hosts, minus `unit` times the people without a seat; see sessions/planner/patterns.py for the bits.
Everything here is compiled by numba when it is first called, and kept on disk where the package may write.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit, types
from numba.extending import intrinsic

_Function = TypeVar("_Function", bound=Callable[..., Any])
_njit: Any = njit
_options = {"nogil": True, "cache": os.access(Path(__file__).parent, os.W_OK), "no_cfunc_wrapper": True}


def compiled(function: _Function) -> _Function:
    """Compile what is called from Python."""
    return cast(_Function, _njit(**_options)(function))


def inner(function: _Function) -> _Function:
    """Compile what only compiled functions call."""
    return cast(_Function, _njit(**_options, no_cpython_wrapper=True)(function))


BARRED = 1e9   # what a room costs that a session may not use


class Case(NamedTuple):
    """A kind of slot, as arrays; rows are sessions.

    voters: uint64 words; host_word, host_bit: where the hosts' own bits are (-1: none); clash: common hosts;
    within, cap: how many sessions may need one of few rooms (Hall); allowed; rooms: by room; seats by room, empty
    when they do not count; long: sessions of two slots; half: first word of the part in which every wish is marked.
    """

    voters: Any
    host_word: Any
    host_bit: Any
    clash: Any
    within: Any
    cap: Any
    allowed: Any
    rooms: Any
    seats: Any
    long: Any
    half: int
    unit: float


class Desk(NamedTuple):
    """What the search has in hand, one row a level: candidates by falling gain, people covered, hosts, rooms used."""

    cand: Any
    gains: Any
    size: Any
    at: Any
    cover: Any
    own: Any
    blocked: Any
    live: Any
    value: Any
    used: Any
    chosen: Any


def _ones(typingctx: Any, word: Any) -> Any:
    """Count the bits of a word by the processor's own instruction."""
    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.ctpop(args[0])
    return types.int64(types.uint64), codegen


ones: Any = intrinsic(_ones)


@inner
def gain(voters: Any, host_word: Any, host_bit: Any, price: Any, blocked: Any, live: Any, one: int) -> float:
    """What the session adds: bits not blocked yet, less its hosts' live ones, less its price.

    This is where the time goes. It takes arrays of a case rather than the case: to hand over all of them costs thrice
    as much as to count.
    """
    count = 0
    for word in range(blocked.shape[0]):
        count += ones(voters[one, word] & ~blocked[word])
    for number in range(host_word.shape[1]):
        word = host_word[one, number]
        if word < 0:
            break
        if live[word] & host_bit[one, number]:
            count -= 1
    return float(count - price[one])


@inner
def fits(within: Any, cap: Any, used: Any, one: int) -> bool:
    """Say whether rooms are left for it."""
    for union in range(cap.shape[0]):  # noqa: SIM110 (numba compiles loops)
        if within[one, union] and used[union] >= cap[union]:
            return False
    return True


@inner
def sort_falling(order: Any, values: Any, count: int) -> None:
    """Sort the first entries of both by falling value (Shell)."""
    gap = 1
    while gap < count // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, count):
            value, one, j = values[i], order[i], i
            while j >= gap and values[j - gap] < value:
                values[j], order[j] = values[j - gap], order[j - gap]
                j -= gap
            values[j], order[j] = value, one
        gap //= 3


@inner
def mark_hosts(case: Case, one: int, own: Any) -> None:
    """Add the session's hosts."""
    for number in range(case.host_word.shape[1]):
        word = case.host_word[one, number]
        if word < 0:
            break
        own[word] |= case.host_bit[one, number]


@inner
def cheapest(cost: Any) -> float:
    """Cost of the cheapest assignment of rows to columns, not fewer columns than rows (Hungarian method)."""
    rows, columns = cost.shape
    rent, price = np.zeros(rows + 1), np.zeros(columns + 1)
    owner, way = np.zeros(columns + 1, np.int64), np.zeros(columns + 1, np.int64)
    for row in range(1, rows + 1):
        owner[0] = row
        column = 0
        least, seen = np.full(columns + 1, np.inf), np.zeros(columns + 1, np.bool_)
        while owner[column] != 0:
            seen[column] = True
            step, nearest, here = np.inf, 0, owner[column]
            for other in range(1, columns + 1):
                if not seen[other]:
                    reduced = cost[here - 1, other - 1] - rent[here] - price[other]
                    if reduced < least[other]:
                        least[other], way[other] = reduced, column
                    if least[other] < step:
                        step, nearest = least[other], other
            for other in range(columns + 1):
                if seen[other]:
                    rent[owner[other]] += step
                    price[other] -= step
                else:
                    least[other] -= step
            column = nearest
        while column != 0:
            owner[column] = owner[way[column]]
            column = way[column]
    return -float(price[0])


@inner
def audiences(case: Case, chosen: Any, size: int) -> Any:
    """Whom to expect in each chosen session when people split evenly over their wishes among them."""
    own, found = np.zeros(case.voters.shape[1], np.uint64), np.zeros(size)
    level = np.zeros(size + 1, np.uint64)
    for j in range(size):
        mark_hosts(case, chosen[j], own)
    for word in range(case.half, case.voters.shape[1]):
        level[:] = 0
        for j in range(size):
            rest = case.voters[chosen[j], word] & ~own[word]
            depth = 0
            while rest:
                both = level[depth] & rest
                level[depth] |= rest
                rest = both
                depth += 1
        for j in range(size):
            mine = case.voters[chosen[j], word] & ~own[word]
            found[j] += ones(mine)
            for depth in range(1, size):
                if not level[depth]:
                    break
                found[j] -= ones(mine & level[depth]) / (depth * (depth + 1))
    return found


@compiled
def standing(case: Case, chosen: Any, size: int) -> float:
    """The fewest people without a seat, over all rooms for the chosen; 0 where seats do not count."""
    rooms = case.seats.shape[0]
    if rooms == 0 or size == 0:
        return 0.0
    people = audiences(case, chosen, size)
    cost = np.empty((size, rooms))
    tight = False
    for j in range(size):
        for room in range(rooms):
            if not case.rooms[chosen[j], room]:
                cost[j, room] = BARRED
            elif case.long[chosen[j]]:
                cost[j, room] = 0.0
            else:
                cost[j, room] = max(0.0, people[j] - case.seats[room])
                tight = tight or cost[j, room] > 0
    return cheapest(cost) if tight else 0.0
