from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from camp import clock, enrol, people
from camp.db import db, writing
from camp.models import Needs
from camp.people_file import PersonRecord
from tests import make


def _record(address: str, given: str = "Mai", **needs: str) -> PersonRecord:
    return PersonRecord(address, {"given_name": given, "family_name": "K"}, needs)


def test_new_people_get_places_in_order_and_the_time_of_the_import(app: Flask) -> None:
    camp = make.camp(capacity=1)
    with writing():
        now = clock.now()
        tallies = enrol.enrol(camp, [_record("a@example.org", diet="vegan"), _record("b@example.org")])
    assert {name: str(tally) for name, tally in tallies.items()} == {"people": "2 new", "places": "1 new"}
    rows = people.participants(camp)
    assert [(row.person.email, row.state) for row in rows] == [("a@example.org", "admitted"), ("b@example.org", "waiting")]
    assert all(abs((row.registered_at - now).total_seconds()) < 5 for row in rows)
    assert [(needs.diet, needs.shirt) for needs in db.session.scalars(select(Needs))] == [("vegan", "")]


def test_known_people_are_updated_and_keep_their_place(app: Flask) -> None:
    camp = make.camp(capacity=1)
    make.participant(camp, "Alt", address="a@example.org", state="cancelled")
    with writing():
        tallies = enrol.enrol(camp, [_record("a@example.org", "Neu")])
    assert {name: str(tally) for name, tally in tallies.items()} == {"people": "1 changed", "places": ""}
    assert [(row.given_name, row.state, row.registered_at) for row in people.participants(camp)] == [("Neu", "cancelled", make.EARLY)]
