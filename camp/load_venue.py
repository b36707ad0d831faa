"""What camp.toml says of a camp's days, slots, rooms, texts, partners and phases, put into the database."""

from __future__ import annotations

from camp import camp_file, camps, texts, venue
from camp.camp_file import CampRecord
from camp.db import db
from camp.errors import N_
from camp.loaders import Held, Tally
from camp.models import Camp, Day, Partner, Room, Slot
from camp.tables import Problem


def store(camp: Camp, record: CampRecord, held: Held) -> tuple[dict[str, Tally], list[Problem]]:
    """Make or update what the file says of slots, rooms, days, texts, partners and phases; what changed, or why not.

    The caller gives up the transaction when there are problems.
    """
    problems: list[Problem] = []
    rows = {"slots": _slots(camp, record, held, problems), "rooms": _rooms(camp, record, held, problems)}
    if problems:
        return rows, problems
    rows["days"] = _days(camp, record)
    rows["texts"] = _texts(camp, record)
    rows["partners"] = _partners(camp, record)
    rows["phases"] = Tally()
    for name, span in record.phases.items():
        if camps.spans(camp).get(name) != span:
            camps.set_phase(camp, name, span.opens, span.closes)
            rows["phases"].changed += 1
    return rows, []


def _texts(camp: Camp, record: CampRecord) -> Tally:
    tally, there = Tally(), {(one.name, one.language) for one in camp.texts}
    for key, text in record.texts.items():
        changed = texts.put(camp, *key, text)
        tally.new += changed and key not in there
        tally.changed += changed and key in there
    return tally


def _partners(camp: Camp, record: CampRecord) -> Tally:
    if [(partner.name, partner.tier, partner.url) for partner in camp.partners] == list(record.partners):
        return Tally()
    new = not camp.partners
    camp.partners = [Partner(name=name, tier=tier, url=url, position=number)
                     for number, (name, tier, url) in enumerate(record.partners)]
    return Tally(new=len(record.partners)) if new else Tally(changed=1)


def _days(camp: Camp, record: CampRecord) -> Tally:
    known = {day.date: day for day in camp.days}
    wanted = set(record.days)
    tally = Tally(new=len(wanted - known.keys()), gone=len(known.keys() - wanted))
    if tally:
        camp.days = [known.get(date) or Day(date=date) for date in record.days]
    for day in camp.days:
        if day.date in record.capacities:
            tally.put(day, capacity=record.capacities[day.date])
    return tally


def _slots(camp: Camp, record: CampRecord, held: Held, problems: list[Problem]) -> Tally:
    tally = Tally()
    known = {(slot.date, slot.starts): slot for slot in venue.slots(camp)}
    for wanted in record.slots:
        slot = known.pop((wanted.date, wanted.starts), None)
        if slot is None:
            db.session.add(Slot(camp_id=camp.id, date=wanted.date, starts=wanted.starts, ends=wanted.ends,
                                kind=wanted.kind, title=wanted.title))
            tally.new += 1
        elif slot.id in held.slots and wanted.kind != "session":
            problems.append(_held_slot(slot))
        else:
            tally.put(slot, ends=wanted.ends, kind=wanted.kind, title=wanted.title)
    for slot in known.values():
        if slot.id in held.slots:
            problems.append(_held_slot(slot))
        else:
            db.session.delete(slot)
            tally.gone += 1
    return tally


def _held_slot(slot: Slot) -> Problem:
    return Problem(camp_file.NAME, 0, N_("The session slot on %(day)s at %(time)s holds sessions of the plan; "
                                         "keep it, or empty it first."),
                   {"day": slot.date.isoformat(), "time": f"{slot.starts:%H:%M}"})


def _rooms(camp: Camp, record: CampRecord, held: Held, problems: list[Problem]) -> Tally:
    tally = Tally()
    rooms = venue.rooms(camp)
    known = {room.name: room for room in rooms}
    used = {room.letter for room in rooms}
    number = 0
    for position, wanted in enumerate(record.rooms):
        room = known.pop(wanted.name, None)
        if room is None:
            while venue.letter(number) in used:
                number += 1
            used.add(venue.letter(number))
            db.session.add(Room(camp_id=camp.id, letter=venue.letter(number), name=wanted.name, seats=wanted.seats,
                                features=list(wanted.features), position=position, **wanted.more))
            tally.new += 1
        else:
            tally.put(room, seats=wanted.seats, features=list(wanted.features), **wanted.more)
    for room in known.values():
        if room.id in held.rooms:
            problems.append(Problem(camp_file.NAME, 0, N_("The room “%(room)s” holds sessions of the plan; "
                                                          "keep it, or empty it first."), {"room": room.name}))
        else:
            db.session.delete(room)
            tally.gone += 1
    return tally
