"""Two plans side by side: what moves, who wins and who loses, in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from camp.errors import N_
from sessions.planner.problem import Figures, Placement, Problem
from sessions.planner.rules import Names
from sessions.planner.score import kept_by_person, score_of


@dataclass(frozen=True, slots=True)
class Diff:
    """From one plan to another: figures of both, sessions by what happens to them, people and wishes won and lost.

    `same` are people who want something and keep as many wishes, not necessarily the same ones.
    """

    before: Figures
    after: Figures
    slot: tuple[str, ...]
    room: tuple[str, ...]
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    winners: int
    won: int
    losers: int
    lost: int
    same: int


def compare(problem: Problem, before: Iterable[Placement], after: Iterable[Placement]) -> Diff:
    """Return how the second plan differs from the first; rows with unknown ids count for nothing."""
    one, two = (_readable(problem, rows) for rows in (before, after))
    both = [session.id for session in problem.sessions if session.id in one and session.id in two]
    moved = [name for name in both if one[name].slot != two[name].slot]
    gains = _gains(problem, one.values(), two.values())
    return Diff(
        before=score_of(problem, one.values()), after=score_of(problem, two.values()), slot=tuple(moved),
        room=tuple(name for name in both if one[name].slot == two[name].slot and one[name] != two[name]),
        dropped=tuple(session.id for session in problem.sessions if session.id in one and session.id not in two),
        added=tuple(session.id for session in problem.sessions if session.id in two and session.id not in one),
        winners=sum(gain > 0 for gain in gains), won=sum(gain for gain in gains if gain > 0),
        losers=sum(gain < 0 for gain in gains), lost=-sum(gain for gain in gains if gain < 0),
        same=sum(gain == 0 for gain in gains))


def told(diff: Diff, names: Names) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the difference as English msgids with their values, the wishes first."""
    if not (diff.slot or diff.room or diff.dropped or diff.added):
        yield N_("Both plans are the same."), {}
        return
    yield (N_("Wishes that fit: %(before)s before, %(after)s after, at most %(bound)s."),
           {"before": diff.before.attendance, "after": diff.after.attendance, "bound": diff.after.bound})
    yield (N_("People without a seat, as expected: %(before)s before, %(after)s after."),
           {"before": round(diff.before.overflow), "after": round(diff.after.overflow)})
    yield (N_("People who gain: %(winners)s (%(won)s wishes more); who lose: %(losers)s (%(lost)s wishes fewer); "
              "who keep as many: %(same)s."),
           {"winners": diff.winners, "won": diff.won, "losers": diff.losers, "lost": diff.lost, "same": diff.same})
    for msgid, sessions in ((N_("Sessions in another slot: %(count)s (%(sessions)s)."), diff.slot),
                            (N_("Sessions in another room at the same time: %(count)s (%(sessions)s)."), diff.room),
                            (N_("Sessions without a cell now: %(count)s (%(sessions)s)."), diff.dropped),
                            (N_("Sessions that come in: %(count)s (%(sessions)s)."), diff.added)):
        if sessions:
            yield msgid, {"count": len(sessions),
                          "sessions": ", ".join(names.sessions.get(one, one) for one in sessions)}


def _readable(problem: Problem, rows: Iterable[Placement]) -> dict[str, Placement]:
    """Return the placements by session, the first of each, without what names something unknown."""
    sessions = {session.id for session in problem.sessions}
    rooms, slots = {room.id for room in problem.rooms}, {slot.id for slot in problem.slots}
    found: dict[str, Placement] = {}
    for row in rows:
        if row.session in sessions and row.room in rooms and row.slot in slots:
            found.setdefault(row.session, row)
    return found


def _gains(problem: Problem, before: Iterable[Placement], after: Iterable[Placement]) -> list[int]:
    """Return how many wishes more each person keeps, among those who want something."""
    one, two = kept_by_person(problem, before), kept_by_person(problem, after)
    return [two[person] - one[person] for person in one]
