"""What happened since a plan was made, and what of the plan still stands after it; the past is frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from camp.errors import N_
from sessions.planner.problem import Breach, NoPlan, Pin, Placement, Problem, ProblemError, Room, Session
from sessions.planner.rules import Board

_IMPOSSIBLE = {"taken", "twice", "end", "break"}  # a past with one of these cannot be laid on the grid at all


@dataclass(frozen=True, slots=True)
class News:
    """Bad news of the day: cells that are lost, hosts who come late, sessions that are called off.

    `begun` is how many slots have begun: what started in them is over or runs, and nothing can start there any more.
    """

    begun: int = 0
    closed: frozenset[tuple[str, str]] = frozenset()               # room id, slot id
    late: Mapping[str, str] = field(default_factory=dict)          # host → id of the first slot in which they are there
    cancelled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Today:
    """The rest of the day as a problem of its own, in which what has begun is pinned to its cell.

    `old` are the placements before the news (without what was called off), `standing` those that still keep every
    rule, `lost` the sessions that must leave their cell, each with the rule that drives it out, `freed` the cells (room
    and slot) of what was called off.
    """

    problem: Problem
    old: tuple[Placement, ...]
    standing: tuple[Placement, ...]
    lost: Mapping[str, Breach]
    frozen: frozenset[str]
    freed: frozenset[tuple[str, str]]


def begun_by(problem: Problem, now: str) -> int:
    """Return how many slots have begun; `now` is a slot's id (it runs) or a time written as the slots' starts are.

    Raises ProblemError.
    """
    ids = [slot.id for slot in problem.slots]
    if now in ids:
        return ids.index(now) + 1
    starts = [slot.start for slot in problem.slots]
    if not starts or _shape(now) != _shape(starts[0]):
        raise ProblemError(N_("%(now)s is neither a slot nor a time; write it like %(start)s."),
                           now=now, start=starts[0] if starts else "t1")
    return sum(start <= now for start in starts)


def today(problem: Problem, placements: Iterable[Placement], news: News) -> Today:
    """Return what is left to plan; raises ProblemError for unknown ids and NoPlan if the past itself is impossible."""
    _refuse_unknown(problem, news)
    index = {slot.id: number for number, slot in enumerate(problem.slots)}
    placed = _readable(problem, placements)
    frozen = frozenset(row.session for row in placed if index[row.slot] < news.begun)
    old = tuple(row for row in placed if row.session not in news.cancelled or row.session in frozen)
    rest = _after(problem, old, frozen, news)
    lost, standing = _shaken(rest, old, frozen)
    freed = replace(rest, pins=tuple(pin for pin in rest.pins if pin.session not in lost),
                    sessions=tuple(replace(one, must=False) if one.id in lost else one for one in rest.sessions))
    off = [row for row in placed if row not in old]
    return Today(freed, old, standing, lost, frozen, frozenset(cell for row in off for cell in cells_of(problem, row)))


def cells_of(problem: Problem, row: Placement) -> list[tuple[str, str]]:
    """Return the room and slot ids of each cell that a placement covers."""
    ids = [slot.id for slot in problem.slots]
    length = next(one.length for one in problem.sessions if one.id == row.session)
    return [(row.room, slot) for slot in ids[ids.index(row.slot):ids.index(row.slot) + length]]


def _shape(text: str) -> str:
    return "".join("0" if sign.isdigit() else sign for sign in text)


def _refuse_unknown(problem: Problem, news: News) -> None:
    rooms, slots = {room.id for room in problem.rooms}, {slot.id for slot in problem.slots}
    hosts = {host for session in problem.sessions for host in session.hosts}
    for kind, used, known in (
            ("room", {room for room, _ in news.closed}, rooms),
            ("slot", {slot for _, slot in news.closed} | set(news.late.values()), slots),
            ("host", set(news.late), hosts), ("session", news.cancelled, {one.id for one in problem.sessions})):
        for one in sorted(used - known):
            raise ProblemError(_UNKNOWN[kind], id=one)


_UNKNOWN = {
    "room": N_("There is no room %(id)s; write an id of the file."),
    "slot": N_("There is no slot %(id)s; write an id of the file."),
    "host": N_("No session has a host %(id)s; write an id of the file."),
    "session": N_("There is no session %(id)s; write an id of the file."),
}


def _readable(problem: Problem, placements: Iterable[Placement]) -> tuple[Placement, ...]:
    """Leave out what names something unknown: a session that was withdrawn has no place to be saved."""
    board = Board(problem)
    found: dict[str, Placement] = {}
    for row in placements:
        if row.session in board.sessions and row.room in board.rooms and row.slot in board.index:
            found.setdefault(row.session, row)
    return tuple(sorted(found.values(), key=lambda row: (board.index[row.slot], row.room)))


def _after(problem: Problem, old: tuple[Placement, ...], frozen: frozenset[str], news: News) -> Problem:
    """Return the problem after the news; rules bend for what has begun, for it cannot be undone."""
    ids = [slot.id for slot in problem.slots]
    begun = frozenset(ids[:news.begun])
    covered = {row.session: cells_of(problem, row) for row in old if row.session in frozen}
    held = {session: frozenset(slot for _, slot in cells) for session, cells in covered.items()}
    used = {cell for cells in covered.values() for cell in cells}
    pins = [Pin(row.session, row.slot, row.room) for row in old if row.session in frozen]
    pins += [pin for pin in problem.pins if pin.session not in frozen | news.cancelled and pin.slot not in begun]
    return replace(
        problem, rooms=tuple(_room(room, used, news) for room in problem.rooms),
        sessions=tuple(_session(one, frozen, frozenset(ids) - begun) for one in problem.sessions
                       if one.id in frozen or one.id not in news.cancelled),
        windows=_windows(problem, held, news), pins=tuple(pins))


def _room(room: Room, used: set[tuple[str, str]], news: News) -> Room:
    lost = {slot for name, slot in news.closed if name == room.id}
    return replace(room, closed=frozenset(slot for slot in room.closed | lost if (room.id, slot) not in used))


def _session(one: Session, frozen: frozenset[str], ahead: frozenset[str]) -> Session:
    if one.id in frozen:
        return replace(one, available=None, needs=frozenset(), must=False)
    return replace(one, available=ahead if one.available is None else one.available & ahead)


def _windows(problem: Problem, held: Mapping[str, frozenset[str]], news: News) -> dict[str, frozenset[str]]:
    """Return the hosts' windows: cut for who comes late, widened by what they have begun."""
    ids = [slot.id for slot in problem.slots]
    windows = dict(problem.windows)
    for host, slot in news.late.items():
        windows[host] = windows.get(host, frozenset(ids)) & frozenset(ids[ids.index(slot):])
    for one in problem.sessions:
        for host in one.hosts:
            if host in windows and one.id in held:
                windows[host] |= held[one.id]
    return windows


def _shaken(problem: Problem, old: tuple[Placement, ...],
            frozen: frozenset[str]) -> tuple[dict[str, Breach], tuple[Placement, ...]]:
    """Lay the old plan on the board, the past first: what breaks a rule now loses its cell."""
    board = Board(problem)
    lost: dict[str, Breach] = {}
    standing: list[Placement] = []
    for row in sorted(old, key=lambda row: row.session not in frozen):
        found = board.breaches(row.session, row.room, row.slot)
        if row.session in frozen:
            found = [breach for breach in found if breach.rule in _IMPOSSIBLE]
            if found:
                raise NoPlan(tuple(found))
        if found:
            lost[row.session] = found[0]
        else:
            board.put(row)
            standing.append(row)
    return lost, tuple(standing)
