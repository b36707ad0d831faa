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


# Tables in which nothing is about a single person, though they hang on one that is; each for a reason.
_NOT_TOLD = {"likeness": "two proposals that are alike", "merge_offer": "two proposals", "placement": "where a session is", "hands": "a count", "plan_draft": "sessions in cells",
             "newcomers": "one session of the camp"}


def test_every_table_that_hangs_on_a_person_is_told() -> None:
    told = {table for row in paper_facts.data() for table in row.tables}
    hanging = {"person", "participant"}
    while more := {name for name, table in db.metadata.tables.items() if name not in hanging and any(
            key.column.table.name in hanging for key in table.foreign_keys)}:
        hanging |= more
    hanging |= {name for name, table in db.metadata.tables.items() if {"email", "to", "address_hash", "pseudonym"} & set(table.columns.keys())}
    assert hanging - told - _NOT_TOLD.keys() == set(), "name the new table in camp/paper_facts.py: what it is, why it is kept, how long"
    assert told <= set(db.metadata.tables)


def test_periods_are_those_of_the_program() -> None:
    rows = {row.what: row.values for row in paper_facts.data()}
    assert rows["Mails to you"] == {"days": tidy.MAIL_AGE.days, "few": tidy.SIGN_IN_MAIL_AGE.days} == {"days": 90, "few": 7}
    assert rows["Sign-ins"] == {"days": 14}
    assert (rows["Invitations to the team"], rows["Lists of people"], rows["Team and shifts"]) == ({"days": 7}, {"hours": 24}, {"days": 90})


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
