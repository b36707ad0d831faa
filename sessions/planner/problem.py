"""The frozen records that go into the planner and come out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from camp.errors import N_


class ProblemError(ValueError):
    """A problem or plan that cannot be read: one English sentence, `msgid` and `values` to translate it."""

    def __init__(self, msgid: str, **values: object) -> None:
        super().__init__(msgid % values)
        self.msgid = msgid
        self.values = values


@dataclass(frozen=True, slots=True)
class Room:
    """A room with its seats, its features and the slot ids in which it is closed."""

    id: str
    seats: int
    features: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Slot:
    """A span of time; slots that follow each other in one block can hold a two-slot session."""

    id: str
    start: str
    end: str
    block: str


@dataclass(frozen=True, slots=True)
class Session:
    """A session of one or two slots; `available` None means any slot."""

    id: str
    title: str
    hosts: tuple[str, ...] = ()
    length: int = 1
    needs: frozenset[str] = frozenset()
    track: str | None = None
    available: frozenset[str] | None = None
    must: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """A session that must be placed, in this slot and this room where they are given."""

    session: str
    slot: str | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Wants:
    """What a camp wants beside the score. `firsts` goes before it: as many hosts as possible hold something, so that
    nobody's second session comes in before everybody's first. The others decide between plans of equal score:
    sessions of one track not at the same time, a track in few rooms, and people who meet another kind of organisation.
    """

    firsts: bool = False
    apart: bool = False
    together: bool = False
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """All that the planner knows; `windows` holds only hosts who are not always free, `votes` may be dirty,
    `kinds` says of hosts and voters what kind of organisation they come from, where it is known.

    Raises ProblemError when an id is used twice or not known, seats are negative or a length is neither 1 nor 2.
    """

    rooms: tuple[Room, ...]
    slots: tuple[Slot, ...]
    sessions: tuple[Session, ...]
    windows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    votes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pins: tuple[Pin, ...] = ()
    name: str = ""
    wants: Wants = Wants()
    kinds: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "windows", MappingProxyType(dict(self.windows)))
        object.__setattr__(self, "votes", MappingProxyType(dict(self.votes)))
        object.__setattr__(self, "kinds", MappingProxyType(dict(self.kinds)))
        _refuse_broken(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Read-only mappings cannot be pickled, their copies can: a problem may travel to another process."""
        return Problem, (self.rooms, self.slots, self.sessions, dict(self.windows), dict(self.votes),
                         self.pins, self.name, self.wants, dict(self.kinds))


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """A session in a room, from its first slot on."""

    session: str
    room: str
    slot: str


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that is or would be broken: by which session, where, and through which other thing."""

    rule: str
    session: str
    room: str | None = None
    slot: str | None = None
    other: str | None = None
    host: str | None = None


class NoPlan(Exception):
    """Pins and sessions that must be placed leave no plan; `breaches` names the culprits."""

    def __init__(self, breaches: tuple[Breach, ...]) -> None:
        super().__init__(", ".join(f"{breach.session} ({breach.rule})" for breach in breaches))
        self.breaches = breaches


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan is worth: wishes that come true, people without a seat, and how much is placed."""

    attendance: int
    overflow: float
    score: float
    wishes: int
    bound: int
    placed: int
    cells: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Placements in order of time and room, the sessions left out with the reason, and the figures."""

    placements: tuple[Placement, ...]
    unplaced: tuple[tuple[str, Breach], ...]
    figures: Figures


def _refuse_broken(problem: Problem) -> None:
    """Raise ProblemError for the first thing that no rule could make sense of."""
    rooms = _unique(problem.rooms, N_("Room %(id)s is listed twice; give each room an id of its own."))
    slots = _unique(problem.slots, N_("Slot %(id)s is listed twice; give each slot an id of its own."))
    sessions = _unique(problem.sessions, N_("Session %(id)s is listed twice; give each session an id of its own."))
    for room in problem.rooms:
        if room.seats < 0:
            raise ProblemError(N_("Room %(id)s has %(seats)s seats; write 0 or more."), id=room.id, seats=room.seats)
        _known(room.closed, slots, N_("Room %(id)s is closed in slot %(slot)s, which is not listed; "
                                      "add the slot or leave it out there."), room.id)
    for session in problem.sessions:
        if session.length not in (1, 2):
            raise ProblemError(N_("Session %(id)s is %(length)s slots long; write 1 or 2."),
                               id=session.id, length=session.length)
        _known(session.available or (), slots, N_("Session %(id)s is available in slot %(slot)s, which is not "
                                                  "listed; add the slot or leave it out there."), session.id)
    for host, window in problem.windows.items():
        _known(window, slots, N_("Host %(id)s is available in slot %(slot)s, which is not listed; "
                                 "add the slot or leave it out there."), host)
    for pin in problem.pins:
        _known_pin(pin, rooms, slots, sessions)


def _unique(records: Iterable[Room | Slot | Session], message: str) -> frozenset[str]:
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            raise ProblemError(message, id=record.id)
        seen.add(record.id)
    return frozenset(seen)


def _known(used: Iterable[str], slots: frozenset[str], message: str, name: str) -> None:
    for slot in sorted(used):
        if slot not in slots:
            raise ProblemError(message, id=name, slot=slot)


def _known_pin(pin: Pin, rooms: frozenset[str], slots: frozenset[str], sessions: frozenset[str]) -> None:
    if pin.session not in sessions:
        raise ProblemError(N_("A pin names session %(id)s, which is not listed; add the session or remove the pin."),
                           id=pin.session)
    if pin.slot is not None and pin.slot not in slots:
        raise ProblemError(N_("The pin of session %(id)s names slot %(slot)s, which is not listed; "
                              "correct or remove the pin."), id=pin.session, slot=pin.slot)
    if pin.room is not None and pin.room not in rooms:
        raise ProblemError(N_("The pin of session %(id)s names room %(room)s, which is not listed; "
                              "correct or remove the pin."), id=pin.session, room=pin.room)
