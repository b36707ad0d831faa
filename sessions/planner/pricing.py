"""Patterns worth more than their prices: by climbing, and by a branch and bound that proves there are no others."""

from __future__ import annotations

from typing import Any

import numpy as np

from sessions.planner.kernel import Case, Desk, compiled, fits, gain, inner, mark_hosts, ones, sort_falling, standing


@inner
def lay(case: Case, price: Any, chosen: Any, size: int, blocked: Any, live: Any, used: Any) -> float:
    """Fill blocked, live and used for the chosen; give their value less their prices, seats aside."""
    blocked[:] = 0
    live[:] = 0
    used[:] = 0
    value = 0.0
    for j in range(size):
        value -= price[chosen[j]]
        live |= case.voters[chosen[j]]
        mark_hosts(case, chosen[j], blocked)
        used += case.within[chosen[j]]
    for word in range(blocked.shape[0]):
        live[word] &= ~blocked[word]
        blocked[word] |= live[word]
        value += ones(live[word])
    return value


@inner
def best_next(case: Case, price: Any, chosen: Any, size: int, blocked: Any,
              live: Any, used: Any, base: float, noise: float) -> tuple[int, float]:
    """Return the session that makes most of the chosen, and what they are worth together; -1 if none is worth more."""
    voters, host_word, host_bit, within, cap = case.voters, case.host_word, case.host_bit, case.within, case.cap
    pick, best = -1, base - case.unit * standing(case, chosen, size)
    for one in range(voters.shape[0]):
        if not case.allowed[one] or not fits(within, cap, used, one):
            continue
        apart = True
        for j in range(size):
            if chosen[j] == one or case.clash[chosen[j], one]:
                apart = False
                break
        if apart:
            won = gain(voters, host_word, host_bit, price, blocked, live, one)
            total = base + won * (1.0 - noise * np.random.random())
            if total > best:
                chosen[size] = one
                total -= case.unit * standing(case, chosen, size + 1)
                if total > best:
                    pick, best = one, total
    return pick, best


@compiled
def climb(case: Case, price: Any, most: int, noise: float, seed: int, sets: Any, worth: Any) -> None:
    """From each given set (-1 ends it) exchange session after session while that gains; fill sets and worth anew."""
    np.random.seed(seed)
    words = case.voters.shape[1]
    blocked, live = np.zeros(words, np.uint64), np.zeros(words, np.uint64)
    used, chosen = np.zeros(case.cap.shape[0], np.int32), np.empty(most + 1, np.int32)
    for row in range(sets.shape[0]):
        size = 0
        while size < most and sets[row, size] >= 0:
            chosen[size] = sets[row, size]
            size += 1
        while size < most:
            base = lay(case, price, chosen, size, blocked, live, used)
            pick, best = best_next(case, price, chosen, size, blocked, live, used, base, noise)
            if pick < 0:
                break
            chosen[size] = pick
            size += 1
        now = lay(case, price, chosen, size, blocked, live, used) - case.unit * standing(case, chosen, size)
        at, idle = 0, 0
        while idle < size:
            at = (at + 1) % size
            gone = chosen[at]
            chosen[at] = chosen[size - 1]
            base = lay(case, price, chosen, size - 1, blocked, live, used)
            pick, best = best_next(case, price, chosen, size - 1, blocked, live, used, base, 0.0)
            idle += 1
            if best > now + 1e-9:
                now, idle = best, 0
            else:
                pick = gone
            chosen[size - 1] = chosen[at]
            chosen[at] = pick
            if pick < 0:
                chosen[at] = chosen[size - 1]
                size -= 1
        worth[row] = now
        sets[row, :] = -1
        sets[row, :size] = chosen[:size]


@compiled
def open_desk(case: Case, most: int) -> Desk:
    """An empty desk for patterns of so many sessions."""
    n, words = case.voters.shape
    return Desk(np.empty((most + 1, n), np.int32), np.empty((most + 1, n)), np.zeros(most + 1, np.int32),
                np.zeros(most + 1, np.int32), np.zeros((most + 1, words), np.uint64),
                np.zeros((most + 1, words), np.uint64), np.zeros(words, np.uint64), np.zeros(words, np.uint64),
                np.zeros(most + 1), np.zeros((most + 1, case.cap.shape[0]), np.int32), np.empty(most + 1, np.int32))


def warm(case: Case) -> None:
    """Compile all that proofs call, or load it from disk, on work that is none."""
    none, sets = np.empty(0, np.int32), np.full((0, 1), -1, np.int32)
    price = np.zeros(case.voters.shape[0])
    climb(case, price, 1, 0.0, 1, sets, np.zeros(0))
    search(case, price, open_desk(case, 1), 0, 1, np.zeros(1), np.zeros(1, np.bool_), np.full((1, 1), -1, np.int32))
    standing(case, none, 0)


@inner
def descend(case: Case, price: Any, desk: Desk, level: int, bar: float) -> None:
    """Choose the current candidate of this level and lay out those that may follow it, one level down."""
    voters, host_word, host_bit, within, cap = case.voters, case.host_word, case.host_bit, case.within, case.cap
    down, i = level + 1, desk.at[level] - 1
    one = desk.chosen[level]
    own, cover, used, blocked, live = desk.own[down], desk.cover[down], desk.used[down], desk.blocked, desk.live
    own[:] = desk.own[level]
    mark_hosts(case, one, own)
    for word in range(own.shape[0]):
        cover[word] = desk.cover[level, word] | voters[one, word]
        blocked[word] = cover[word] | own[word]
        live[word] = cover[word] & ~own[word]
    for union in range(cap.shape[0]):
        used[union] = desk.used[level, union] + within[one, union]
    kept = 0
    for j in range(i + 1, desk.size[level]):
        if desk.gains[level, j] <= bar:
            break
        other = desk.cand[level, j]
        if not case.clash[one, other] and fits(within, cap, used, other):
            won = gain(voters, host_word, host_bit, price, blocked, live, other)
            if won > 0 and won > bar:
                desk.cand[down, kept], desk.gains[down, kept] = other, won
                kept += 1
    desk.size[down], desk.at[down] = kept, 0
    sort_falling(desk.cand[down], desk.gains[down], kept)


@inner
def best_rest(gains: Any, size: int, first: int, most: int) -> float:
    """The best `most` of so many falling gains, from number `first` on."""
    total = 0.0
    for j in range(first, min(first + most, size)):
        total += gains[j]
    return total


@compiled
def search(case: Case, price: Any, desk: Desk, first: int, most: int, mark: Any, stop: Any, found: Any) -> int:
    """Look below the root's candidate number `first` for patterns worth more than mark[0], which rises to the best one.

    Gains only fall deeper down, because sessions of one slot have no common host. Returns how many patterns were found
    (the last ones are in `found`), or -1 if stopped.
    """
    hits, nodes, level = 0, 0, 0
    desk.at[0] = first
    while level >= 0:
        left, i = most - level, desk.at[level]
        if i >= desk.size[level] or (level == 0 and i > first) \
                or desk.value[level] + best_rest(desk.gains[level], desk.size[level], i, left) <= mark[0]:
            level -= 1
            continue
        nodes += 1
        if nodes % 4096 == 0 and stop[0]:
            return -1
        desk.at[level] = i + 1
        desk.chosen[level] = desk.cand[level, i]
        total = desk.value[level] + desk.gains[level, i]
        if total > mark[0]:
            worth = total - case.unit * standing(case, desk.chosen, level + 1)
            if worth > mark[0]:
                mark[0] = worth
                found[hits % found.shape[0], :] = -1
                found[hits % found.shape[0], :level + 1] = desk.chosen[:level + 1]
                hits += 1
        if left > 1:
            desk.value[level + 1] = total
            rest = best_rest(desk.gains[level], desk.size[level], i + 1, left - 2)
            descend(case, price, desk, level, mark[0] - total - rest)
            level += 1
    return hits
