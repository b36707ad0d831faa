"""The camp's tables as a planning problem: admitted hosts, their windows, votes of admitted people, pins and cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from camp import tokens, venue
from camp.db import db, once_read
from camp.errors import N_
from camp.models import Camp, Participant
from camp.venue import Grid
from sessions import offers, voting, wants
from sessions.kinds import LEAST
from sessions.models import Host, Placement, Session
from sessions.plan_models import LateHost
from sessions.planner import Problem
from sessions.planner import problem as records
from sessions.planner.rules import Names

ALL_WAIT = N_("All who would hold it are on the waiting list.")
NO_HOST = N_("Nobody who would hold it has a place at the camp.")


@dataclass(frozen=True, slots=True)
class Standing:
    """The plan as it stands: the problem, what to call its ids, the rows behind them, and what lies where.

    `left_out` are proposals that nobody can hold, with the reason (a msgid); the votes for them stay in the problem,
    where votes for unknown sessions count for nothing. Placements of sessions that are not in the problem (withdrawn
    since, hosts gone: the ids in `lost`) are not in `placed`. What lies in an open space stays there, `by_hand`: its
    room is closed to the planner but for the cells that are taken. `hosts` says what the problem calls a participant
    who hosts.
    """

    problem: Problem
    names: Names
    sessions: Mapping[str, Session]
    left_out: tuple[tuple[Session, str], ...]
    placed: tuple[records.Placement, ...]
    grid: Grid
    by_hand: frozenset[str] = frozenset()
    hosts: Mapping[int, str] = field(default_factory=dict)
    lost: frozenset[int] = frozenset()

    @property
    def pinned(self) -> frozenset[str]:
        """Ids of the sessions that somebody has pinned to their cell."""
        return frozenset(pin.session for pin in self.problem.pins) - self.by_hand


def session_id(session: int) -> str:
    """What the problem calls a session."""
    return f"s{session}"


def room_id(room: int) -> str:
    """What the problem calls a room."""
    return f"r{room}"


def slot_id(slot: int) -> str:
    """What the problem calls a slot."""
    return f"t{slot}"


def row_id(name: str) -> int:
    """The row's id behind one of these names."""
    return _number(name)


def standing_of(camp: Camp, key: str = "") -> Standing:
    """Read the camp's plan; `key` makes the pseudonyms by which hosts and voters are the same people.

    Without a key the votes are left out: rules can be checked and nothing can be counted. The number of queries does
    not grow with the camp. `names` tell slots in ISO 8601, as a terminal does; sessions/words.py has them for pages.
    Within one reading transaction it is read once.
    """
    return once_read(("standing", camp.id, key), lambda: _read(camp, key))


def open_to_hands(standing: Standing) -> Problem:
    """The problem with the cells of open spaces open, as for somebody who moves a session by hand."""
    return replace(standing.problem, rooms=_rooms(standing.grid))


def anonymous(problem: Problem, rng: Random) -> Problem:
    """The same problem in another order and under new ids, which say nothing about rows or people; titles stay."""
    rooms = _drawn("r", [room.id for room in problem.rooms], rng)
    slots = {slot.id: f"t{number}" for number, slot in enumerate(problem.slots, 1)}
    order = dict.fromkeys(slot.block for slot in problem.slots)
    blocks = {block: f"b{number}" for number, block in enumerate(order, 1)}
    known = {one.id for one in problem.sessions}.union(*problem.votes.values())
    sessions = _drawn("s", sorted(known), rng)
    people = _drawn("p", sorted({*problem.votes, *(host for one in problem.sessions for host in one.hosts)}), rng)
    return Problem(
        rooms=tuple(replace(room, id=rooms[room.id], closed=_renamed(room.closed, slots))
                    for room in sorted(problem.rooms, key=lambda room: _number(rooms[room.id]))),
        slots=tuple(replace(slot, id=slots[slot.id], block=blocks[slot.block]) for slot in problem.slots),
        sessions=tuple(replace(one, id=sessions[one.id], hosts=tuple(people[host] for host in one.hosts))
                       for one in sorted(problem.sessions, key=lambda one: _number(sessions[one.id]))),
        windows={people[host]: _renamed(problem.windows[host], slots) for host in people if host in problem.windows},
        votes={people[person]: tuple(sorted(sessions[vote] for vote in problem.votes[person]))
               for person in people if person in problem.votes},
        pins=tuple(records.Pin(sessions[pin.session], slots.get(pin.slot or ""), rooms.get(pin.room or ""))
                   for pin in problem.pins),
        name=problem.name, wants=problem.wants,
        kinds={people[person]: kind for person, kind in _common(problem.kinds).items() if person in people})


def _read(camp: Camp, key: str) -> Standing:
    grid = venue.grid(camp)
    admitted = _admitted(camp)
    people = {one: tokens.vote_pseudonym(key, camp.id, one) if key else f"p{one}" for one, _, _ in admitted}
    proposed, rows = _sessions(camp)
    held = [one for one in proposed if one.guest or any(host.participant_id in people for host in one.hosts)]
    wanted = wants.of(camp)
    placed, pins, lost = _placed(rows, {one.id for one in held}, grid)
    kept = _in_open_spaces(placed, pins, grid)
    problem = Problem(
        rooms=_closed_but_for(grid, placed, {session_id(one.id): one.length for one in held}), slots=_slots(grid),
        sessions=tuple(_session(one, people) for one in held),
        windows=_windows({who: late for who, _, late in admitted if late is not None}, held, people, grid, placed),
        votes=_votes(camp, people) if key else {}, pins=pins + kept, name=camp.title, wants=wanted,
        kinds={people[one]: kind for one, kind, _ in admitted} if key and wanted.mixed else {})
    left_out = tuple((one, _why_left_out(one)) for one in proposed if one not in held)
    return Standing(problem, _names(held, people, grid), {session_id(one.id): one for one in held}, left_out, placed,
                    grid, frozenset(pin.session for pin in kept),
                    {host.participant_id: people[host.participant_id] for one in held for host in one.hosts
                     if host.participant_id in people}, lost)


def _admitted(camp: Camp) -> Sequence[tuple[int, str, int | None]]:
    """Who has a place: participant's id, kind of organisation, and for who comes late the first slot's id."""
    return db.session.execute(
        select(Participant.id, Participant.kind, LateHost.slot_id)
        .outerjoin(LateHost, LateHost.participant_id == Participant.id)
        .where(Participant.camp_id == camp.id, Participant.state == "admitted").order_by(Participant.id)).tuples().all()


def _sessions(camp: Camp) -> tuple[list[Session], list[Placement]]:
    """The proposed sessions with their hosts, and what lies in cells, whatever became of it; one query."""
    light = joinedload(Session.hosts).joinedload(Host.participant).lazyload(Participant.person)
    here = (Placement.session_id == Session.id) & (Placement.part == 1)
    rows = db.session.execute(
        select(Session, Placement).outerjoin(Placement, here).options(light).order_by(Session.id)
        .where(Session.camp_id == camp.id, (Session.state == "proposed") | Placement.session_id.is_not(None))).unique()
    found = rows.tuples().all()
    return [one for one, _ in found if one.state == "proposed"], [row for _, row in found if row is not None]


def _common(kinds: Mapping[str, str]) -> dict[str, str]:
    """The kinds without those of few people, who could be found by them."""
    number = Counter(kinds.values())
    return {person: kind for person, kind in kinds.items() if number[kind] >= LEAST}


def _why_left_out(session: Session) -> str:
    states = {host.participant.state for host in session.hosts}
    return ALL_WAIT if states == {"waiting"} else NO_HOST


def _rooms(grid: Grid) -> tuple[records.Room, ...]:
    closed = {room.id: frozenset(slot_id(slot.id) for slot in grid.session_slots if (room.id, slot.id) in grid.closed)
              for room in grid.rooms}
    return tuple(records.Room(room_id(room.id), room.seats, frozenset(room.features), closed[room.id])
                 for room in grid.rooms)


def _closed_but_for(grid: Grid, placed: Sequence[records.Placement], lengths: Mapping[str, int],
                    ) -> tuple[records.Room, ...]:
    """The rooms, those of open spaces closed to the planner wherever nothing lies."""
    spaces = {room_id(room.id) for room in grid.rooms if room.open_space}
    if not spaces:
        return _rooms(grid)
    order = [slot_id(slot.id) for slot in grid.session_slots]
    taken: dict[str, set[str]] = {}
    for row in placed:
        first = order.index(row.slot)
        taken.setdefault(row.room, set()).update(order[first:first + lengths[row.session]])
    return tuple(replace(room, closed=room.closed | (frozenset(order) - taken.get(room.id, set())))
                 if room.id in spaces else room for room in _rooms(grid))


def _in_open_spaces(placed: Sequence[records.Placement], pins: Sequence[records.Pin], grid: Grid,
                    ) -> tuple[records.Pin, ...]:
    spaces, pinned = {room_id(room.id) for room in grid.rooms if room.open_space}, {pin.session for pin in pins}
    return tuple(records.Pin(row.session, row.slot, row.room) for row in placed
                 if row.room in spaces and row.session not in pinned)


def _slots(grid: Grid) -> tuple[records.Slot, ...]:
    others = [slot for slot in grid.slots if slot.kind != "session"]
    blocks = venue.blocks(grid.session_slots, others)
    return tuple(records.Slot(slot_id(slot.id), f"{slot.date}T{slot.starts:%H:%M}", f"{slot.date}T{slot.ends:%H:%M}",
                              f"b{blocks[slot.id]}") for slot in grid.session_slots)


def _session(one: Session, people: Mapping[int, str]) -> records.Session:
    hosts = tuple(people[host.participant_id] for host in one.hosts if host.participant_id in people)
    return records.Session(session_id(one.id), one.title, hosts, one.length, frozenset(one.needs), one.tag or None)


def _windows(late: Mapping[int, int], held: Sequence[Session], people: Mapping[int, str], grid: Grid,
             placed: Sequence[records.Placement]) -> dict[str, frozenset[str]]:
    """Who cannot always → the slots in which they can: without their half-days and single slots.

    Who comes `late` (participant id → slot id) keeps the slots in which something of theirs lies already.
    """
    halves: dict[str, set[str]] = {}
    times: dict[str, set[str]] = {}
    for host in (host for one in held for host in one.hosts):
        if (host.away or host.away_at) and host.participant_id in people:
            halves.setdefault(people[host.participant_id], set()).add(host.away)
            times.setdefault(people[host.participant_id], set()).update(host.away_at)
    half = venue.half_days(grid.slots)
    found = {who: frozenset(slot_id(slot.id) for slot in grid.session_slots
                            if half[slot.id] not in halves[who] and not offers.covers(times[who], slot))
             for who in halves}
    order = [slot_id(slot.id) for slot in grid.session_slots]
    for who, slot in late.items():
        if slot_id(slot) in order:
            there = frozenset(order[order.index(slot_id(slot)):]) | _taken(who, held, placed, order)
            found[people[who]] = found.get(people[who], frozenset(order)) & there
    return found


def _taken(who: int, held: Sequence[Session], placed: Sequence[records.Placement], order: Sequence[str],
           ) -> frozenset[str]:
    """The slots in which this participant's sessions lie."""
    length = {session_id(one.id): one.length for one in held if any(host.participant_id == who for host in one.hosts)}
    return frozenset(slot for row in placed if row.session in length
                     for slot in order[order.index(row.slot):order.index(row.slot) + length[row.session]])


def _votes(camp: Camp, people: Mapping[int, str]) -> dict[str, tuple[str, ...]]:
    admitted = set(people.values())
    return {pseudonym: tuple(session_id(one) for one in wanted)
            for pseudonym, wanted in voting.votes_by_pseudonym(camp).items() if pseudonym in admitted}


def _placed(rows: Sequence[Placement], held: set[int], grid: Grid,
            ) -> tuple[tuple[records.Placement, ...], tuple[records.Pin, ...], frozenset[int]]:
    lost = frozenset(row.session_id for row in rows) - held
    order = {slot.id: number for number, slot in enumerate(grid.session_slots)}
    rows = sorted((row for row in rows if row.session_id in held and row.slot_id in order),
                  key=lambda row: (order[row.slot_id], row.room_id))
    names = [(row, session_id(row.session_id), room_id(row.room_id), slot_id(row.slot_id)) for row in rows]
    return (tuple(records.Placement(session, room, slot) for _, session, room, slot in names),
            tuple(records.Pin(session, slot, room) for row, session, room, slot in names if row.pinned), lost)


def _names(held: Sequence[Session], people: Mapping[int, str], grid: Grid) -> Names:
    return Names({session_id(one.id): one.title for one in held}, {room_id(room.id): room.name for room in grid.rooms},
                 {slot_id(slot.id): f"{slot.date} {slot.starts:%H:%M}" for slot in grid.session_slots},
                 {people[host.participant_id]: host.participant.name
                  for one in held for host in one.hosts if host.participant_id in people})


def _drawn(prefix: str, ids: Sequence[str], rng: Random) -> dict[str, str]:
    order = list(ids)
    rng.shuffle(order)
    return {name: f"{prefix}{number}" for number, name in enumerate(order, 1)}


def _renamed(ids: frozenset[str], names: Mapping[str, str]) -> frozenset[str]:
    return frozenset(names[one] for one in ids)


def _number(name: str) -> int:
    return int(name[1:])
