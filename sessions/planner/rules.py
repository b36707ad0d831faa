"""The rules of a plan, each written once, for the solver, the checker and the organiser's desk alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from camp.errors import N_
from sessions.planner.problem import Breach, Placement, Problem, Room, Session


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the msgid of its sentence, what `Breach.other` names, and what the sentence is about.

    `other` is "session", "sessions", "slot", "room", "features" or empty, `about` is "time" or "room". A rule that
    `bends` binds the planner; people who lay a session by hand may go over it, and the board says so.
    """

    sentence: str
    other: str = ""
    about: str = "time"
    bends: bool = False


RULES: dict[str, Rule] = {
    "unknown_session": Rule(N_("Session %(session)s is not known.")),
    "unknown_room": Rule(N_("%(session)s: room %(room)s is not known."), about="room"),
    "unknown_slot": Rule(N_("%(session)s: slot %(slot)s is not known.")),
    "twice": Rule(N_("%(session)s is placed twice.")),
    "end": Rule(N_("%(session)s needs two slots, and %(slot)s is the last one.")),
    "break": Rule(N_("%(session)s needs two slots and would run over the break after %(slot)s.")),
    "feature": Rule(N_("%(session)s needs %(other)s, and %(room)s does not have it."), "features", "room", True),
    "closed": Rule(N_("%(room)s is closed at %(slot)s."), about="room"),
    "taken": Rule(N_("%(room)s at %(slot)s already holds %(other)s."), "session", "room"),
    "session_window": Rule(N_("%(session)s cannot take place at %(slot)s."), bends=True),
    "host_window": Rule(N_("%(host)s, host of %(session)s, is not there at %(slot)s."), bends=True),
    "host_busy": Rule(N_("%(host)s also hosts %(other)s at %(slot)s."), "session", bends=True),
    "pin_slot": Rule(N_("%(session)s is pinned to %(other)s."), "slot"),
    "pin_room": Rule(N_("%(session)s is pinned to room %(other)s."), "room", "room"),
    "pin_missing": Rule(N_("%(session)s is pinned but has no cell.")),
    "must": Rule(N_("%(session)s must have a cell and has none.")),
    "together": Rule(N_("%(session)s must have a cell, but no plan was found that also holds %(other)s."), "sessions"),
    "no_room_with": Rule(N_("No room has %(other)s."), "features", "room"),
    "no_room_with_all": Rule(N_("No single room has all of this: %(other)s."), "features", "room"),
    "no_host_slot": Rule(N_("%(host)s, host of %(session)s, has no free slot.")),
    "no_slot": Rule(N_("No slot suits %(session)s and its hosts.")),
    "no_two_slots": Rule(N_("No two slots in a row suit %(session)s and its hosts.")),
    "no_open_room": Rule(N_("The rooms that suit %(session)s are closed whenever it could take place."), about="room"),
    "no_cell_left": Rule(N_("No cell was left.")),
    "too_many": Rule(N_("The sessions fill more cells than there are (%(other)s).")),
    "host_full": Rule(N_("%(host)s holds more than fits into the free slots: %(other)s."), "sessions"),
    "feature_full": Rule(N_("More sessions need %(other)s than fit into the rooms that have it."), "features", "room"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What to call things in sentences; an id that is missing stands for itself."""

    sessions: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    features: Mapping[str, str] = field(default_factory=dict)


def sentence(breach: Breach, names: Names) -> tuple[str, dict[str, str]]:
    """Return the English msgid of a breach or reason, and the values for its placeholders."""
    rule = RULES[breach.rule]
    known = {"session": names.sessions, "sessions": names.sessions, "slot": names.slots, "room": names.rooms,
             "features": names.features}.get(rule.other, {})
    other = ", ".join(known.get(one, one) for one in (breach.other or "").split(", "))
    room, slot, host = breach.room or "", breach.slot or "", breach.host or ""
    return rule.sentence, {"session": names.sessions.get(breach.session, breach.session),
                           "room": names.rooms.get(room, room), "slot": names.slots.get(slot, slot),
                           "other": other, "host": names.hosts.get(host, host)}


def check(problem: Problem, placements: Iterable[Placement]) -> tuple[Breach, ...]:
    """Return every breach of a plan, each clash once; an empty tuple means that the plan is valid."""
    board = Board(problem)
    found: list[Breach] = []
    for row in placements:
        found += board.breaches(row.session, row.room, row.slot)
        board.put(row)
    placed = board.placed
    found += [Breach("pin_missing", pin.session, pin.room, pin.slot)
              for pin in problem.pins if pin.session not in placed]
    found += [Breach("must", one.id) for one in problem.sessions if one.must and one.id not in placed]
    return tuple(found)


def firm(breaches: Iterable[Breach]) -> tuple[Breach, ...]:
    """Return those breaches over which nobody can go, by hand neither."""
    return tuple(breach for breach in breaches if not RULES[breach.rule].bends)


def why_not(problem: Problem, placements: Iterable[Placement],
            session: str, room: str, slot: str) -> tuple[Breach, ...]:
    """Return what would break if the session, taken out of the plan first, went to this room from this slot on.

    Who asks for many cells makes one `Board` without the session and asks its `breaches`.
    """
    board = Board(problem, (row for row in placements if row.session != session))
    return tuple(board.breaches(session, room, slot))


class Board:
    """A plan laid out so that questions about a cell are quick."""

    def __init__(self, problem: Problem, placements: Iterable[Placement] = ()) -> None:
        self.problem = problem
        self.rooms = {room.id: room for room in problem.rooms}
        self.index = {slot.id: number for number, slot in enumerate(problem.slots)}
        self.sessions = {session.id: session for session in problem.sessions}
        self.placed: set[str] = set()
        self._cells: dict[tuple[str, int], str] = {}
        self._busy: dict[tuple[str, int], str] = {}
        for row in placements:
            self.put(row)

    def put(self, row: Placement) -> None:
        """Lay a placement on the board; what is unknown, twice or beyond the last slot is left out."""
        session, first = self.sessions.get(row.session), self.index.get(row.slot)
        if session is None or first is None or row.room not in self.rooms or row.session in self.placed:
            return
        if first + session.length > len(self.problem.slots):
            return
        self.placed.add(row.session)
        for number in range(first, first + session.length):
            self._cells.setdefault((row.room, number), row.session)
            for host in session.hosts:
                self._busy.setdefault((host, number), row.session)

    def breaches(self, session_id: str, room_id: str, slot_id: str) -> list[Breach]:
        """Return what would break if the session were put there beside what lies on the board."""
        unknown = list(self._unknown(session_id, room_id, slot_id))
        if unknown:
            return unknown
        session, room, first = self.sessions[session_id], self.rooms[room_id], self.index[slot_id]
        if session_id in self.placed:
            return [Breach("twice", session_id, room_id, slot_id)]
        found = [*time_breaches(self.problem, session, first), *room_breaches(self.problem, session, room)]
        for number in range(first, min(first + session.length, len(self.problem.slots))):
            found += self._cell_breaches(session, room, number)
        return found

    def _unknown(self, session: str, room: str, slot: str) -> Iterator[Breach]:
        if session not in self.sessions:
            yield Breach("unknown_session", session, room, slot)
        if room not in self.rooms:
            yield Breach("unknown_room", session, room, slot)
        if slot not in self.index:
            yield Breach("unknown_slot", session, room, slot)

    def _cell_breaches(self, session: Session, room: Room, number: int) -> Iterator[Breach]:
        slot = self.problem.slots[number].id
        if slot in room.closed:
            yield Breach("closed", session.id, room.id, slot)
        if (room.id, number) in self._cells:
            yield Breach("taken", session.id, room.id, slot, self._cells[room.id, number])
        for host in session.hosts:
            other = self._busy.get((host, number))
            if other is not None and other != session.id:
                yield Breach("host_busy", session.id, room.id, slot, other, host)


def time_breaches(problem: Problem, session: Session, first: int) -> Iterator[Breach]:
    """Yield what forbids the session to start in slot number `first`, whatever the room and the other sessions."""
    slots = problem.slots[first:first + session.length]
    start = slots[0].id
    if len(slots) < session.length:
        yield Breach("end", session.id, None, start)
    elif slots[0].block != slots[-1].block:
        yield Breach("break", session.id, None, start)
    for slot in slots:
        if session.available is not None and slot.id not in session.available:
            yield Breach("session_window", session.id, None, slot.id)
        for host in session.hosts:
            if host in problem.windows and slot.id not in problem.windows[host]:
                yield Breach("host_window", session.id, None, slot.id, None, host)
    for pin in problem.pins:
        if pin.session == session.id and pin.slot is not None and pin.slot != start:
            yield Breach("pin_slot", session.id, None, start, pin.slot)


def room_breaches(problem: Problem, session: Session, room: Room) -> Iterator[Breach]:
    """Yield what forbids the session this room, whatever the time."""
    for feature in sorted(session.needs - room.features):
        yield Breach("feature", session.id, room.id, None, feature)
    for pin in problem.pins:
        if pin.session == session.id and pin.room is not None and pin.room != room.id:
            yield Breach("pin_room", session.id, room.id, None, pin.room)
