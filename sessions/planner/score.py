"""What a plan is worth to the people who voted, as tests/data/scheduling/evaluate.py defines it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sessions.planner.problem import Figures, Placement, Problem


def wanted_sessions(problem: Problem) -> dict[str, tuple[str, ...]]:
    """Return each person's valid votes: known sessions, each once, none of the person's own."""
    hosts = {session.id: session.hosts for session in problem.sessions}
    return {person: tuple(vote for vote in dict.fromkeys(votes) if vote in hosts and person not in hosts[vote])
            for person, votes in problem.votes.items()}


def score_of(problem: Problem, placements: Iterable[Placement]) -> Figures:
    """Count attendance, overflow and score of a valid plan; unknown ids and second placements count for nothing."""
    spans, seats = _spans(problem, placements)
    busy = _busy(problem, spans)
    attendance = wishes = bound = 0
    audience = dict.fromkeys(spans, 0.0)
    for person, wanted in wanted_sessions(problem).items():
        wishes += len(wanted)
        bound += min(len(wanted), len(problem.slots))
        mine = busy.get(person, set())
        can = [vote for vote in wanted if vote in spans and mine.isdisjoint(spans[vote])]
        attendance += most_without_overlap(can, spans)
        for vote in can:
            audience[vote] += 1 / sum(1 for other in can if _overlap(spans[vote], spans[other]))
    overflow = sum(max(0.0, audience[one] - seats[one]) for one in spans)
    return Figures(attendance, overflow, attendance - overflow, wishes, bound,
                   len(spans), sum(len(span) for span in spans.values()))


def kept_by_person(problem: Problem, placements: Iterable[Placement]) -> dict[str, int]:
    """Return for each person who wants something how many of these wishes the plan keeps."""
    spans, _ = _spans(problem, placements)
    busy = _busy(problem, spans)
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


def _spans(problem: Problem, placements: Iterable[Placement]) -> tuple[dict[str, range], dict[str, int]]:
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


def _busy(problem: Problem, spans: Mapping[str, range]) -> dict[str, set[int]]:
    """Return the slot numbers in which each host holds a session."""
    busy: dict[str, set[int]] = {}
    for session in problem.sessions:
        for host in session.hosts:
            busy.setdefault(host, set()).update(spans.get(session.id, ()))
    return busy


def _overlap(one: range, other: range) -> bool:
    return one[0] <= other[-1] and other[0] <= one[-1]
