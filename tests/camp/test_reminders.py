from __future__ import annotations

import email
import email.policy
from datetime import date, time, timedelta

import pytest
from flask import Flask

from camp import clock, post, registration, reminders
from camp.db import db, writing
from camp.errors import Conflict
from camp.models import Camp, Mail, Slot
from tests import make


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp(title="ECM 27", venue="Aula")


def _remind(camp: Camp, expected: int) -> int:
    who = make.person()
    with writing():
        return reminders.remind(camp, who, expected)


def _outbox() -> dict[str, str]:
    db.session.rollback()
    return {row.to: row.state for row in db.session.query(Mail)}


def test_everybody_with_a_place_is_reminded_once(app: Flask, camp: Camp) -> None:
    make.participant(camp, "Mai", address="mai@example.org")
    make.participant(camp, "Wartet", state="waiting")
    make.participant(make.camp("other"), "Fremd")
    assert (_remind(camp, 1), _remind(camp, 0)) == (1, 0)
    make.participant(camp, "Neu", address="neu@example.org")
    assert [who.given_name for who in reminders.due(camp)] == ["Neu"]
    assert _remind(camp, 1) == 1
    assert _outbox() == {"mai@example.org": "queued", "neu@example.org": "queued"}
    assert post.send_due() == 2
    letters = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in app.config["CAMP"].mail_folder.glob("*.eml")]
    assert [[(part.get_filename(), part.get_content().startswith("BEGIN:VCALENDAR"), "DTSTART" in part.get_content()) for part in letter.iter_attachments()]
            for letter in letters] == [[("ecm27.ics", True, True)]] * 2
    text = next(path.read_text() for path in app.config["CAMP"].mail_folder.glob("*.eml") if "To: mai@" in path.read_text())
    for part in ("Subject: Bis Samstag, 24. April 2027 ", "Hallo Mai,", "um 10:00", "Aula", "https://localhost/ecm27/me", "https://localhost/ecm27/place/"):
        assert part in text


def test_who_gave_the_place_back_before_it_went_out_gets_none_and_neither_if_the_day_has_moved(app: Flask, camp: Camp) -> None:
    stays, goes = make.participant(camp, address="stays@example.org"), make.participant(camp, address="goes@example.org")
    _remind(camp, 2)
    with writing():
        db.session.merge(goes).state = "cancelled"
    assert post.send_due() == 1
    assert _outbox() == {stays.person.email: "sent", "goes@example.org": "void"}
    with writing():
        db.session.get_one(Camp, camp.id).days[0].date = make.DAY + timedelta(days=7)
        db.session.query(Slot).delete()
    db.session.expire_all()
    assert _remind(camp, 1) == 1  # of another day
    with writing():
        db.session.get_one(Camp, camp.id).days[0].date = make.DAY
    assert post.send_due() == 0
    assert _outbox()[stays.person.email] in ("sent", "void")


def test_another_number_or_a_camp_that_has_begun_is_refused(app: Flask, camp: Camp) -> None:
    make.participant(camp)
    with pytest.raises(Conflict, match="By now 1 people would be reminded"):
        _remind(camp, 2)
    with writing():
        db.session.get_one(Camp, camp.id).days[0].date = date(2020, 5, 1)
    db.session.expire_all()
    with pytest.raises(Conflict, match="The camp has begun"):
        _remind(camp, 1)
    assert _outbox() == {}


def test_without_slots_the_hour_is_left_out(app: Flask) -> None:
    camp = make.camp(slots=0)
    who = make.participant(camp)
    letter = Mail(template="reminder", camp_id=camp.id, values={"participant": who.id, "day": str(make.DAY)})
    told = reminders.told(letter, "https://x.example/", "k")
    assert told is not None
    link = told.pop("cannot_come")
    assert link.startswith("https://x.example/ecm27/place/")
    assert registration.by_link(camp, link.rpartition("/")[2], "k").id == who.id
    assert told == {"name": "Mai", "day": make.DAY, "time": None, "venue": "", "page": "https://x.example/ecm27/me"}
    assert clock.now().date() < make.DAY


def test_what_mails_can_say_of_a_camp(camp: Camp) -> None:
    assert reminders.facts(camp, "https://x.example") == {"day": make.DAY, "time": time(10), "venue": "Aula", "page": "https://x.example/ecm27/me"}
