"""Enrolling people from files: new ones are registered, known ones updated, places given in order; nobody twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from camp import clock, people, places, wlan
from camp.db import db
from camp.loaders import Tally
from camp.models import Camp, Needs, Participant, Person
from camp.people_file import PersonRecord


def enrol(camp: Camp, records: Sequence[PersonRecord], source: str = "") -> dict[str, Tally]:
    """Register or update the people of a file, and give free places in the order of registration.

    Each address occurs once; `source` is where new ones come from. Tells what happened to people and to places.
    """
    tally = Tally()
    found = _persons([record.email for record in records])
    new = [Person(email=record.email) for record in records if record.email not in found]
    db.session.add_all(new)
    db.session.flush()
    found |= {person.email: person for person in new}
    known = {who.person_id: who for who in people.participants(camp)}
    now = clock.now()
    for record in records:
        person = found[record.email]
        who = known.get(person.id)
        if who is None:
            values = {"registered_at": now, **record.values}
            known[person.id] = who = Participant(camp_id=camp.id, person_id=person.id, person=person, state="waiting",
                                                 source=source, **values)
            db.session.add(who)
            tally.new += 1
        else:
            tally.put(who, **record.values)
    db.session.flush()
    _store_needs(camp, [(known[found[record.email].id], record.needs) for record in records], tally)
    wlan.give(camp, {known[found[record.email].id].id: record.wlan for record in records if record.wlan})
    before = people.count(camp, "admitted")
    places.admit_in_order(camp)
    wlan.hand_out(camp)
    return {"people": tally, "places": Tally(new=people.count(camp, "admitted") - before)}


def _persons(addresses: Sequence[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for start in range(0, len(addresses), 10_000):  # a statement of SQLite takes some 32,000 values
        part = addresses[start:start + 10_000]
        found |= {person.email: person for person in db.session.scalars(select(Person).where(Person.email.in_(part)))}
    return found


def _store_needs(camp: Camp, rows: Sequence[tuple[Participant, Mapping[str, str]]], tally: Tally) -> None:
    ids = select(Participant.id).where(Participant.camp_id == camp.id)
    known = {needs.participant_id: needs
             for needs in db.session.scalars(select(Needs).where(Needs.participant_id.in_(ids)))}
    for who, values in rows:
        if not values:
            continue
        if who.id in known:
            tally.put(known[who.id], **values)
        else:
            db.session.add(Needs(participant_id=who.id, **values))
