"""The agenda: publish the plan as a numbered version, tell what changed, and find sessions in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import bindparam, select

from camp import camps, clock, log
from camp.db import db, once_read
from camp.errors import N_, Conflict
from camp.models import Camp
from sessions import live, planning
from sessions.models import Agenda, Entry, Host, Pick, Session
from sessions.planner.rules import firm
from sessions.standing import Standing, standing_of

# What a calendar and a page show of an entry; when one of these differs, the entry has changed.
_WHERE = ("room_id", "date", "starts", "ends", "cancelled")
_SHOWN = ("title", "description", "hosts", "tag", "room_letter", "room_name", *_WHERE)

_ORDER = (Entry.date, Entry.starts, Entry.room_id, Entry.session_id)
# Made once: every calendar asks it by the hour.
_WITH_GUIDS = (select(Entry, Session.guid).join(Session, Session.id == Entry.session_id)
               .where(Entry.agenda_id == bindparam("agenda")).order_by(*_ORDER))


class Unchanged(Conflict):
    """There is nothing to publish."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What the plan would change in the agenda; `people` have picked or hold one of the moved or cancelled sessions."""

    number: int
    new: tuple[Entry, ...]
    moved: tuple[tuple[Entry, Entry], ...]
    reworded: tuple[Entry, ...]
    cancelled: tuple[Entry, ...]
    people: int

    @property
    def empty(self) -> bool:
        """Whether plan and agenda say the same."""
        return not (self.new or self.moved or self.reworded or self.cancelled)


def publish(camp: Camp, *, person_id: int | None = None, as_it_stands: bool = False) -> Agenda:
    """Freeze the plan as the next version.

    Raises Unchanged if the plan is empty or says what the present version says, Blocked if by now it breaks a rule that
    does not bend before a hand (but for `as_it_stands`: the room has decided).

    An entry that stays the same keeps sequence and time of change; one that vanished stays, cancelled, here and later.
    """
    camps.lock(camp)
    before, now = current(camp), clock.now()
    old = {entry.session_id: entry for entry in entries(before)} if before else {}
    standing = standing_of(camp)
    breaches = () if as_it_stands else firm(planning.broken(standing))
    if breaches:
        raise planning.Blocked(breaches, standing.names)
    fresh = _next(_planned(standing), old, now)
    if not old and not fresh:
        raise Unchanged(N_("The plan is empty."), N_("Put a session into a cell first, or let a plan be made."))
    if before and all(entry.changed_at != now for entry in fresh):
        raise Unchanged(N_("Nothing has changed since version %(number)s."), N_("Change the plan first."),
                        number=before.number)
    return _freeze(camp, before.number + 1 if before else 1, fresh, person_id)


def correct(camp: Camp, session_id: int, *, person_id: int | None = None) -> Entry | None:
    """Publish a version in which this session alone is as the plan has it, whatever else the plan holds by now.

    Gives its entry; nothing if no version is out or nothing differs.
    """
    camps.lock(camp)
    before, now = current(camp), clock.now()
    if before is None:
        return None
    old = {entry.session_id: entry for entry in entries(before)}
    mine = {session: entry for session, entry in old.items() if session == session_id}
    fresh = _next([entry for entry in _planned(standing_of(camp)) if entry.session_id == session_id], mine, now)
    if all(entry.changed_at != now for entry in fresh):
        return None
    rest = [_copy(entry) for entry in old.values() if entry.session_id != session_id]
    _freeze(camp, before.number + 1, [*rest, *fresh], person_id)
    return fresh[0]


def changes(camp: Camp) -> Changes:
    """What publishing now would change, for the page before the button."""
    before, now = current(camp), clock.now()
    old = {entry.session_id: entry for entry in entries(before)} if before else {}
    changed = [entry for entry in _next(_planned(standing_of(camp)), old, now) if entry.changed_at == now]
    stood = {entry.session_id: old[entry.session_id] for entry in changed
             if entry.session_id in old and not old[entry.session_id].cancelled}
    moved = [(stood[entry.session_id], entry) for entry in changed
             if entry.session_id in stood and not entry.cancelled and differ(entry, stood[entry.session_id], _WHERE)]
    gone = [entry for entry in changed if entry.cancelled]
    shifted = {entry.session_id for _, entry in moved}
    return Changes(
        number=before.number + 1 if before else 1, moved=tuple(moved), cancelled=tuple(gone),
        new=tuple(entry for entry in changed if entry.session_id not in stood),
        reworded=tuple(entry for entry in changed
                       if entry.session_id in stood and entry.session_id not in shifted and not entry.cancelled),
        people=_touched(shifted | {entry.session_id for entry in gone}))


def current(camp: Camp) -> Agenda | None:
    """The newest published version."""
    newest = select(Agenda).where(Agenda.camp_id == camp.id).order_by(Agenda.number.desc()).limit(1)
    return once_read(("agenda", camp.id), lambda: db.session.scalar(newest))


def entries(agenda: Agenda) -> Sequence[Entry]:
    """Everything a version holds, cancelled sessions too, in order of time and room; one query."""
    return db.session.scalars(select(Entry).where(Entry.agenda_id == agenda.id).order_by(*_ORDER)).all()


def with_guids(agenda: Agenda) -> list[tuple[Entry, str]]:
    """The same with the guid by which calendars know each session; one query."""
    return list(db.session.execute(_WITH_GUIDS, {"agenda": agenda.id}).tuples())


def versions(camp: Camp) -> Sequence[Agenda]:
    """Every published version, the newest first."""
    return db.session.scalars(select(Agenda).where(Agenda.camp_id == camp.id).order_by(Agenda.number.desc())).all()


def fallen(camp: Camp, session_id: int | None = None) -> Sequence[Entry]:
    """What fell out of the present version since the camp's first day began: it is shown as cancelled, not left out."""
    agenda = current(camp)
    if agenda is None or not camp.days:
        return ()
    began = clock.at(min(day.date for day in camp.days), time(), camp.timezone)
    which = [Entry.session_id == session_id] if session_id is not None else []
    return db.session.scalars(select(Entry).where(
        Entry.agenda_id == agenda.id, Entry.cancelled, Entry.changed_at >= began, *which)).all()


def shown(camp: Camp) -> list[Entry]:
    """What is public now: while the camp is live the placements as they stand, else the version without cancelled ones.

    Entries of placements belong to no version and are not kept.
    """
    if live.is_live(camp):
        return _planned(standing_of(camp))
    agenda = current(camp)
    return [entry for entry in entries(agenda) if not entry.cancelled] if agenda else []


def where_is(camp: Camp, session_id: int) -> Entry | None:
    """Where and when a session is by what is public now; nothing if it is not there or cancelled."""
    if live.is_live(camp):
        card = planning.card_of(camp, session_id)
        return _of_card(card) if card is not None else None
    agenda = current(camp)
    if agenda is None:
        return None
    return db.session.scalar(select(Entry).where(Entry.agenda_id == agenda.id, Entry.session_id == session_id,
                                                 Entry.cancelled.is_(False)))


def entry_of(camp: Camp, guid: str) -> Entry | None:
    """The entry of a session known by its guid in the present version, cancelled or not."""
    agenda = current(camp)
    if agenda is None:
        return None
    return db.session.scalar(select(Entry).join(Session, Session.id == Entry.session_id)
                             .where(Entry.agenda_id == agenda.id, Session.guid == guid))


def guids(camp: Camp) -> dict[int, str]:
    """Session id → guid, which calendars know a session by."""
    rows = db.session.execute(select(Session.id, Session.guid).where(Session.camp_id == camp.id))
    return {row.id: row.guid for row in rows}


def differ(one: Entry, other: Entry, names: Sequence[str]) -> bool:
    """Whether two entries say something else in one of these columns."""
    return any(getattr(one, name) != getattr(other, name) for name in names)


def planned(camp: Camp) -> list[Entry]:
    """The placements as they stand, as entries that belong to no version and are not kept."""
    return _planned(standing_of(camp))


def _freeze(camp: Camp, number: int, fresh: Sequence[Entry], person_id: int | None) -> Agenda:
    agenda = Agenda(camp_id=camp.id, number=number, published_at=clock.now())
    db.session.add(agenda)
    db.session.flush()
    for entry in fresh:
        entry.agenda_id = agenda.id
    db.session.add_all(fresh)
    db.session.flush()
    camps.changed(camp)
    log.note("published agenda", camp_id=camp.id, person_id=person_id, number=agenda.number)
    return agenda


def _copy(entry: Entry) -> Entry:
    return Entry(session_id=entry.session_id, sequence=entry.sequence, changed_at=entry.changed_at,
                 **{name: getattr(entry, name) for name in _SHOWN})


def _planned(standing: Standing) -> list[Entry]:
    """The plan as entries without agenda, sequence and time of change; who does not take part is no host there."""
    return [_of_card(card) for card in planning.cards(standing)]


def _of_card(card: planning.Card) -> Entry:
    return Entry(session_id=card.session_id, title=card.session.title, description=card.session.description,
                 hosts=_hosts(card.session), tag=card.session.tag, room_id=card.room_id, room_letter=card.room.letter,
                 room_name=card.room.name, cancelled=False, date=card.date, starts=card.starts, ends=card.ends)


def _hosts(session: Session) -> str:
    names = [host.participant.name for host in session.hosts if host.participant.state == "admitted"]
    return ", ".join([*names, session.guest] if session.guest else names)


def _next(planned: Sequence[Entry], old: Mapping[int, Entry], now: datetime) -> list[Entry]:
    """The entries of the next version: sequence + 1 and `now` for what changed or vanished."""
    fresh = []
    for entry in planned:
        before = old.get(entry.session_id)
        if before is not None and not differ(entry, before, _SHOWN):
            entry.sequence, entry.changed_at = before.sequence, before.changed_at
        else:
            entry.sequence, entry.changed_at = before.sequence + 1 if before else 0, now
        fresh.append(entry)
    still = {entry.session_id for entry in planned}
    for before in old.values():
        if before.session_id not in still:
            gone = Entry(session_id=before.session_id, **{name: getattr(before, name) for name in _SHOWN})
            gone.cancelled = True
            gone.sequence = before.sequence if before.cancelled else before.sequence + 1
            gone.changed_at = before.changed_at if before.cancelled else now
            fresh.append(gone)
    return fresh


def _touched(sessions: set[int]) -> int:
    holders = select(Host.participant_id).where(Host.session_id.in_(sessions))
    pickers = select(Pick.participant_id).where(Pick.session_id.in_(sessions))
    return len(set(db.session.scalars(holders.union(pickers))))
