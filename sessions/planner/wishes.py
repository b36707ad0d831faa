"""Soft wishes, which decide between plans of equal score: tracks apart in time, together in space, mixed company."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sessions.planner.problem import Problem

Points = Callable[[Sequence[int]], int]  # of a plan, given as the first cell of each session (-1: none)


def soft_wishes(problem: Problem, rooms: int, bits: Mapping[str, int]) -> Points | None:
    """Return what counts the points of a plan, the more the better, or None if the camp wants nothing of the kind.

    One point is lost for each slot that two sessions of a track share and for each room of a track beyond its first;
    one is won for each voter who can meet another kind of organisation: who wants a session that is held, by somebody
    of another kind.
    """
    wants = problem.wants
    tracks: dict[str, list[int]] = {}
    for number, session in enumerate(problem.sessions):
        if session.track:
            tracks.setdefault(session.track, []).append(number)
    shared = [members for members in tracks.values() if len(members) > 1]
    length = [session.length for session in problem.sessions]
    strangers = [_strangers(problem, number, bits) for number in range(len(problem.sessions))] if wants.mixed else []
    if not (shared and (wants.apart or wants.together)) and not any(strangers):
        return None

    def points(place: Sequence[int]) -> int:
        found = 0
        for members in shared:
            placed = [(place[one], length[one]) for one in members if place[one] >= 0]
            if wants.apart:
                found -= _parallel(placed, rooms)
            if wants.together and placed:
                found -= len({cell % rooms for cell, _ in placed}) - 1
        met = 0
        for one, people in enumerate(strangers):
            if place[one] >= 0:
                met |= people
        return found + met.bit_count()

    return points


def _parallel(placed: Sequence[tuple[int, int]], rooms: int) -> int:
    """Return how often two of these sessions share a slot."""
    count: dict[int, int] = {}
    for cell, length in placed:
        for slot in range(cell // rooms, cell // rooms + length):
            count[slot] = count.get(slot, 0) + 1
    return sum(number * (number - 1) // 2 for number in count.values())


def _strangers(problem: Problem, session: int, bits: Mapping[str, int]) -> int:
    """Return, as bits, the voters of this session of a known kind that one of its hosts is not of."""
    record, kinds, found = problem.sessions[session], problem.kinds, 0
    others = {kinds[host] for host in record.hosts if host in kinds}
    for person, bit in bits.items():
        if person in kinds and person not in record.hosts and others - {kinds[person]} \
                and record.id in problem.votes[person]:
            found |= bit
    return found
