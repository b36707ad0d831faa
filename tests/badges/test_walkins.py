from __future__ import annotations

import pytest
from flask import Flask

from badges import arrivals, blanks, door
from badges.events import Event
from badges.models import Admission, Badge
from camp import broadcasts, clock, groups, mail
from camp.db import db, writing
from camp.errors import BadInput
from camp.models import Camp, Mail, Participant
from tests import make
from tests.badges.made import HOST, KEY, code, phone


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp(capacity=0)


def _blank(camp: Camp) -> str:
    with writing():
        blanks.make(camp, 1, KEY)
        return blanks.code_of(blanks.unbound(camp)[0], KEY)


def _come(camp: Camp, **values: str) -> door.Answer:
    device = phone(camp)[1]
    with writing():
        return door.take(camp, device, Event("nonce-walk", "walk-in", live=False, decision="admitted", at=clock.now(), **values), host=HOST)


def test_a_walk_in_has_a_place_a_badge_and_is_in_also_when_the_camp_is_full(camp: Camp) -> None:
    blank = _blank(camp)
    found = _come(camp, given=" Mai ", family="Krause", text=f"HTTPS://LOCALHOST/B/{blank}")
    who = db.session.query(Participant).one()
    assert (found.verdict, found.participant, who.name, who.state, who.source) == ("admitted", who, "Mai Krause", "admitted", "walk-in")
    assert db.session.query(Badge).one().participant_id == who.id
    assert arrivals.head_count(camp).here == 1
    other = phone(camp, "other")[1]
    with writing():
        assert door.check_in(camp, other, "nonce-0002", blank, host=HOST).verdict == "already"


def test_who_gives_no_address_is_never_written_to(camp: Camp) -> None:
    _come(camp, given="Mai")
    address = db.session.query(Participant).one().person.email
    assert address.endswith("@walk-in.invalid")
    with writing():
        mail.put("reminder", to=address, language="de", dedupe_key="x", values={})
    assert db.session.query(Mail).count() == 0


def test_who_gives_no_address_has_none_wherever_people_are_listed(app: Flask, camp: Camp) -> None:
    _come(camp, given="Mai", family="Krause")
    who, orga = db.session.query(Participant).one(), make.person("orga@example.org")
    make.role(camp, orga, "organiser")
    make.role(camp, who.person, "helper")
    browser = make.browser(app, orga)
    pages = [browser.get(f"/ecm27/organise/{path}").text for path in ("people", f"people/{who.id}", "team", "people.csv", "log")]
    mine = make.browser(app, who)
    pages += [mine.get(path).text for path in ("/account", "/ecm27/me", "/ecm27/me/data.json", "/ecm27/me/erase")]
    assert [(who.person.email.partition("@")[0] in page, "walk-in.invalid" in page) for page in pages] == [(False, False)] * 9
    with app.test_request_context("/ecm27/"):
        assert list(broadcasts.members(camp, groups.of(app)["coming"])) == []


def test_who_gave_no_address_erases_themselves_by_their_name(app: Flask, camp: Camp) -> None:
    _come(camp, given="Mai", family="Krause")
    who = db.session.query(Participant).one()
    mine = make.browser(app, who)
    wrong = mine.post("/ecm27/me/erase", data={"email": "Mai"}, headers={"Accept-Language": "en"})
    assert (wrong.status_code, "This is not your name; nothing was erased." in wrong.text) == (422, True)
    assert mine.post("/ecm27/me/erase", data={"email": " mai  krause "}).status_code == 303
    assert db.session.query(Participant).count() == 0


def test_who_is_registered_already_stays_one_person(camp: Camp) -> None:
    mai = make.participant(camp, address="mai@example.org", state="waiting")
    assert _come(camp, given="Mai", email="MAI@example.org").participant == mai
    assert (mai.state, db.session.query(Participant).count()) == ("admitted", 1)


@pytest.mark.parametrize("text", ["ABCDEFGHIJKLMNOP", "nonsense", ""])
def test_another_code_and_no_address_keep_nobody_out(camp: Camp, text: str) -> None:
    assert _come(camp, given="Mai", email="no address", text=text).verdict == "admitted"
    assert (db.session.query(Admission).count(), db.session.query(Badge).count()) == (1, 0)


def test_somebodys_badge_is_not_taken_from_them(camp: Camp) -> None:
    owner = make.participant(camp)
    _come(camp, given="Jo", text=code(owner))
    assert db.session.query(Badge).one().participant_id == owner.id


def test_nobody_is_no_walk_in(camp: Camp) -> None:
    device = phone(camp)[1]
    with writing(), pytest.raises(BadInput, match="needs a name"):
        door.take(camp, device, Event("nonce-walk", "walk-in", live=False, given=" "), host=HOST)
