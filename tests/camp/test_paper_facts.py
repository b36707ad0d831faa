"""The privacy notice speaks of every column that tells something about a person, with the periods of the program."""

from __future__ import annotations

from flask import Flask

from camp import paper_facts, tidy
from camp.db import db
from tests import make
from tests.camp.test_institution import GOOD

_NOT_ABOUT_PEOPLE = {"id", "camp_id", "person_id", "participant_id"}


def test_every_column_about_a_person_is_told() -> None:
    told = {column for row in paper_facts.data() for column in row.columns}
    there = {f"{name}.{column.name}" for name in ("person", "participant", "needs") for column in db.metadata.tables[name].columns
             if column.name not in _NOT_ABOUT_PEOPLE}
    assert there - told == set(), "name the new column in camp/paper_facts.py: what it is, why it is kept, how long"
    assert told <= there


def test_periods_are_those_of_the_program() -> None:
    rows = {row.what: row.values for row in paper_facts.data()}
    assert rows["Mails to you"] == {"days": tidy.MAIL_AGE.days, "few": tidy.SIGN_IN_MAIL_AGE.days} == {"days": 90, "few": 7}
    assert rows["Sign-ins"] == {"days": 14}


def test_facts_come_from_rooms_days_and_state(app: Flask) -> None:
    camp = make.camp(rooms=2, institution=GOOD)
    from camp import venue
    from camp.db import writing
    with writing():
        venue.rooms(camp)[1].features = ["step-free"]
        camp.days[0].capacity = 5
    facts = paper_facts.of(camp, cookies=["a"], mail_server="mail.example.org", address="https://camp.example.org/x/")
    assert (facts.step_free, facts.own_days, facts.cookies) == (("Room B",), True, ("a",))
    assert facts.authority.endswith("Nordrhein-Westfalen")
