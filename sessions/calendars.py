"""What stands in the calendars that people subscribe to: the camp's, a session's, and each participant's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from camp import clock, venue
from camp.errors import N_, NotFound
from camp.models import Camp, Participant, Slot
from sessions import agenda, ical, picks
from sessions.models import Agenda, Entry

# Gives the public address of a session's page.
Address = Callable[[int], str]


def of_camp(camp: Camp, host: str, address: Address) -> bytes:
    """Every entry of the present version, cancelled ones too, with the camp's breaks and plenaries.

    `host` is the name in the UIDs; they are made from it and from the session's guid or the slot's row, never from
    title or time, so that they stay.
    """
    version, slots = agenda.current(camp), venue.slots(camp)
    frame = [_of_slot(camp, slot, version, host) for slot in slots if slot.kind != "session"]
    entries = _of_entries(camp, agenda.with_guids(version) if version else (), host, address)
    return _calendar(camp, camp.title, [*frame, *entries], slots[0].date.year if slots else None)


def of_session(camp: Camp, guid: str, host: str, address: Address) -> bytes:
    """One session. Raises NotFound unless the present version holds it, cancelled or not."""
    entry = agenda.entry_of(camp, guid)
    if entry is None:
        raise NotFound(N_("This session is not on the agenda."), N_("Load the agenda again."))
    return _calendar(camp, entry.title, _of_entries(camp, [(entry, guid)], host, address))


def of_participant(camp: Camp, participant: Participant, host: str, address: Address) -> bytes:
    """What a participant picked."""
    version, mine = agenda.current(camp), picks.of(participant)
    entries = [row for row in agenda.with_guids(version) if row[0].session_id in mine] if version else []
    return _calendar(camp, camp.title, _of_entries(camp, entries, host, address))


def of_days(camp: Camp, host: str, address: str) -> bytes:
    """The camp itself, an appointment for each day from its first slot to its last; empty without slots.

    `address` is that of the camp's first page.
    """
    slots = venue.slots(camp)
    days = [[slot for slot in slots if slot.date == day.date] for day in camp.days]
    spans = [(min(slot.starts for slot in day), max(slot.ends for slot in day), day[0].date) for day in days if day]
    if not spans:
        return b""
    return _calendar(camp, camp.title, [ical.Appointment(
        uid=f"day-{date.isoformat()}-{camp.slug}@{host}", sequence=camp.change_number, changed_at=clock.now(),
        starts=datetime.combine(date, starts), ends=datetime.combine(date, ends), zone=camp.timezone, title=camp.title,
        location=camp.venue, url=address) for starts, ends, date in spans])


def _calendar(camp: Camp, name: str, appointments: Iterable[ical.Appointment], year: int | None = None) -> bytes:
    year = year or (camp.days[0].date.year if camp.days else camp.made_at.year)
    return ical.calendar(name, camp.timezone, year, appointments)


def _of_entries(camp: Camp, entries: Iterable[tuple[Entry, str]], host: str,
                address: Address) -> list[ical.Appointment]:
    """Entries, each with its session's guid, as calendars show them."""
    return [ical.Appointment(
        uid=f"{guid}@{host}", sequence=entry.sequence, changed_at=entry.changed_at,
        starts=datetime.combine(entry.date, entry.starts), ends=datetime.combine(entry.date, entry.ends),
        zone=camp.timezone, title=entry.title,
        description="\n\n".join(part for part in (entry.hosts, entry.description) if part),
        location=_place(f"{entry.room_letter} · {entry.room_name}", camp.venue), category=entry.tag,
        url=address(entry.session_id), cancelled=entry.cancelled) for entry, guid in entries]


def _of_slot(camp: Camp, slot: Slot, version: Agenda | None, host: str) -> ical.Appointment:
    """A break or plenary; it has no history of its own, so each version of the agenda is a revision of it."""
    return ical.Appointment(
        uid=f"slot-{slot.id}-{camp.slug}@{host}", sequence=version.number if version else 0,
        changed_at=version.published_at if version else camp.made_at, starts=datetime.combine(slot.date, slot.starts),
        ends=datetime.combine(slot.date, slot.ends), zone=camp.timezone, title=slot.title or camp.title,
        location=camp.venue)


def _place(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
