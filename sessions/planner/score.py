"""What a plan is worth to the people who voted, as tests/data/scheduling/evaluate.py defines it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sessions.planner.problem import Figures, Placement, Problem

_NEVER: set[int] = set()


def wanted_sessions(problem: Problem) -> dict[str, tuple[str, ...]]:
    """Return each person's valid votes: known sessions, each once, none of the person's own."""
    hosts = {session.id: session.hosts for session in problem.sessions}
    return {person: tuple(vote for vote in dict.fromkeys(votes) if vote in hosts and person not in hosts[vote])
            for person, votes in problem.votes.items()}


def score_of(problem: Problem, placements: Iterable[Placement]) -> Figures:
    """Count attendance, overflow and score of a valid plan; unknown ids and second placements count for nothing."""
    spans, seats = spans_of(problem, placements)
    wanted = wanted_sessions(problem)
    found = turnout(wanted, spans, busy_slots(problem, spans))
    overflow = sum(max(0.0, found.audience[one] - seats[one]) for one in spans)
    bound = sum(min(len(votes), len(problem.slots)) for votes in wanted.values())
    return Figures(found.attendance, overflow, found.attendance - overflow, sum(map(len, wanted.values())), bound,
                   len(spans), sum(len(span) for span in spans.values()))


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many wishes some people can follow, and how many of them to expect in each session."""

    attendance: int
    audience: dict[str, float]


def turnout(wanted: Mapping[str, Iterable[str]], spans: Mapping[str, range],
            busy: Mapping[str, set[int]]) -> Turnout:
    """Count these people's wishes; each splits evenly over what overlaps, and misses all while holding a session."""
    attendance, audience = 0, dict.fromkeys(spans, 0.0)
    for person, votes in wanted.items():
        mine = busy.get(person, _NEVER)
        can = [vote for vote in votes if vote in spans and mine.isdisjoint(spans[vote])]
        attendance += most_without_overlap(can, spans)
        for vote in can:
            audience[vote] += 1 / sum([_overlap(spans[vote], spans[other]) for other in can])
    return Turnout(attendance, audience)


def kept_by_person(problem: Problem, placements: Iterable[Placement]) -> dict[str, int]:
    """Return for each person who wants something how many of these wishes the plan keeps."""
    spans, _ = spans_of(problem, placements)
    busy = busy_slots(problem, spans)
    return {person: most_without_overlap([vote for vote in wanted if vote in spans and
                                          busy.get(person, set()).isdisjoint(spans[vote])], spans)
            for person, wanted in wanted_sessions(problem).items() if wanted}


def most_without_overlap(can: Iterable[str], spans: Mapping[str, range]) -> int:
    """Return how many of these sessions one person can sit through: always take the one that ends first."""
    count, free = 0, -1
    for one in sorted(can, key=lambda one: (spans[one][-1], -spans[one][0])):
        if spans[one][0] > free:
            count, free = count + 1, spans[one][-1]
    return count


def spans_of(problem: Problem, placements: Iterable[Placement]) -> tuple[dict[str, range], dict[str, int]]:
    """Return the slot numbers and the seats of each placed session."""
    length = {session.id: session.length for session in problem.sessions}
    index = {slot.id: number for number, slot in enumerate(problem.slots)}
    seats = {room.id: room.seats for room in problem.rooms}
    spans: dict[str, range] = {}
    found: dict[str, int] = {}
    for row in placements:
        if row.session in length and row.room in seats and row.slot in index and row.session not in spans:
            first = index[row.slot]
            if first + length[row.session] <= len(index):
                spans[row.session] = range(first, first + length[row.session])
                found[row.session] = seats[row.room]
    return spans, found


def busy_slots(problem: Problem, spans: Mapping[str, range]) -> dict[str, set[int]]:
    """Return the slot numbers in which each host holds a session."""
    busy: dict[str, set[int]] = {}
    for session in problem.sessions:
        for host in session.hosts:
            busy.setdefault(host, set()).update(spans.get(session.id, ()))
    return busy


def _overlap(one: range, other: range) -> bool:
    return one[0] <= other[-1] and other[0] <= one[-1]
