"""Erasing a person at one camp or everywhere: everything of theirs goes, everything of others stays."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from camp import camps, clock, erasers, erasure, ledger, people
from camp.db import db, writing
from camp.erasure import Means
from camp.errors import Conflict
from camp.models import Camp, Job, LogEntry, Mail, Needs, Participant, Person, Role, SignIn, SignInLink
from tests import make
from tests.camp import lived

KEY = "v" * 43


def _means(app: Flask) -> Means:
    return Means(KEY, erasers.of(app))


def _ids(table: Any, column: Any) -> list[Any]:
    db.session.rollback()
    return list(db.session.scalars(select(column).order_by(column)))


def test_a37_at_the_only_camp_the_person_goes_altogether(app: Flask) -> None:
    camp, who, mai = lived.fill(app)
    number = camp.change_number
    db.session.refresh(camp)
    number = camp.change_number
    with writing():
        assert erasure.erase(camp, people.of(camp, who.id) or who, _means(app), "n1") is True
    assert _ids(Person, Person.email) == [mai.person.email]
    assert _ids(Participant, Participant.id) == [mai.id]
    assert [_ids(table, table.id) for table in (SignIn, SignInLink, Mail)] == [[], [], []]
    assert _ids(Needs, Needs.participant_id) == []
    assert [(role.person_id, role.name) for role in db.session.scalars(select(Role))] == [(mai.person_id, "moderator")]
    entries = list(db.session.scalars(select(LogEntry).order_by(LogEntry.id)))
    assert {entry.person_id for entry in entries} <= {None, mai.person_id}
    assert (entries[-1].verb, entries[-1].camp_id, entries[-1].person_id, entries[-1].detail) == (
        "erased a person", camp.id, None, {"number": "n1"})
    assert erasure.known_lines() == {"n1"}
    job = db.session.scalars(select(Job).where(Job.name == "plan")).one()
    assert (job.asked_by, job.note_values) == (None, {"culprits": "– twice"})
    assert db.session.get_one(Camp, camp.id).change_number > number


def test_a37_who_is_at_another_camp_or_administrator_stays_a_person(app: Flask) -> None:
    camp, who, _ = lived.fill(app)
    other = make.camp("other")
    with writing():
        db.session.add(Participant(camp_id=other.id, person_id=who.person_id, given_name="Xaverine", family_name="Q", state="admitted",
                                   registered_at=make.EARLY))
    with writing():
        assert erasure.erase(camp, people.of(camp, who.id) or who, _means(app)) is False
    assert [place.slug for place, _ in erasure.at_camps(people.by_address(lived.ADDRESS) or who.person)] == ["other"]
    assert (_ids(SignIn, SignIn.id), _ids(Mail, Mail.id)) == ([], [])
    boss = make.participant(other, "Bo")
    with writing():
        db.session.get_one(Person, boss.person_id).administrator = True
    with writing():
        assert erasure.erase(other, people.of(other, boss.id) or boss, _means(app)) is False
        erasure.erase_person(db.session.get_one(Person, boss.person_id), _means(app), "n2")
    assert boss.person_id not in _ids(Person, Person.id)


def test_a37_everywhere_means_every_camp(app: Flask) -> None:
    for slug in ("ecm27", "ecm28"):
        if slug == "ecm27":
            camp, who, _ = lived.fill(app, slug)
    other = make.camp("ecm28")
    with writing():
        db.session.add(Participant(camp_id=other.id, person_id=who.person_id, given_name="X", family_name="Q", state="waiting",
                                   registered_at=make.EARLY))
    with writing():
        erasure.erase_person(db.session.get_one(Person, who.person_id), _means(app), "n3")
    assert people.by_address(lived.ADDRESS) is None
    assert (people.count(camp, "admitted"), people.count(other, "waiting")) == (1, 0)


def test_the_ledger_erases_again_whom_it_names_and_nobody_else(app: Flask) -> None:
    camp = make.camp()
    one, two, three = (make.participant(camp, name, address=f"{name}@example.org") for name in ("one", "two", "three"))
    lines = [ledger.line(KEY, "one@example.org", "", clock.now()), ledger.line(KEY, "two@example.org", "ecm27", clock.now()),
             ledger.line(KEY, "three@example.org", "other", clock.now()), ledger.line("w" * 43, "three@example.org", "", clock.now())]
    with writing():
        assert erasure.again(lines, _means(app)) == 2
    assert _ids(Participant, Participant.id) == [three.id]
    assert {one.id, two.id}.isdisjoint(_ids(Participant, Participant.id))
    assert erasure.known_lines() == {lines[0].number, lines[1].number}
    with writing():
        assert erasure.again(lines, _means(app)) == 0


def test_while_something_is_printed_erasing_waits(app: Flask) -> None:
    camp = make.camp()
    erasure.refuse_while_printing([camp])
    with writing():
        db.session.add(Job(camp_id=camp.id, name="book", args={}, state="running", claimed_until=clock.now() + erasure_lease(), asked_at=clock.now()))
    with pytest.raises(Conflict, match="being made"):
        erasure.refuse_while_printing([camp])
    erasure.refuse_while_printing([make.camp("other")])


def erasure_lease() -> Any:
    from datetime import timedelta
    return timedelta(seconds=30)


def test_the_last_organiser_is_told(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    one, two = make.person(), make.person()
    for person, at in ((one, camp), (one, other), (two, other)):
        make.role(at, person, "organiser")
    assert [camp.slug for camp in erasure.last_organisers(one)] == ["ecm27"]
    assert erasure.last_organisers(two) == []


def test_letters_are_found_by_their_head(app: Flask) -> None:
    folder = app.config["CAMP"].folder / "mail"
    folder.mkdir(exist_ok=True)
    (folder / "a.eml").write_text("To: Mai@Example.org\n\nHello")
    (folder / "b.eml").write_text("To: bo@example.org\n\nmai@example.org")
    assert erasure.letters_to(folder, "mai@example.org") == [folder / "a.eml"]
    assert erasure.letters_to(folder / "nowhere", "mai@example.org") == []
    assert camps.by_slug("nowhere") is None
