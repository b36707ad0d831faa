from __future__ import annotations

import re

import pytest
from flask import Flask

from camp import broadcasts, groups, post, registration
from camp.broadcasts import Broadcast
from camp.db import db, writing
from camp.errors import BadInput, Conflict
from camp.models import Camp, Mail, Person
from tests import make

TEXTS = {"de": ["Hallo {name}", "Komm zu {camp}: {page}"]}


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp(title="ECM 27")


def _release(app: Flask, camp: Camp, who: Person, name: str, number: int, nonce: str = "n", texts: dict[str, list[str]] | None = None) -> Broadcast:
    with writing():
        return broadcasts.release(camp, who, groups.of(app)[name], texts or TEXTS, nonce, number)


def _outbox() -> dict[str, str]:
    db.session.rollback()
    return {row.to: row.state for row in db.session.query(Mail)}


def test_texts_are_checked_and_one_language_is_enough() -> None:
    assert broadcasts.checked({"de": (" A ", "B"), "en": ("", " ")}) == {"de": ["A", "B"]}
    for texts, field in (({"de": ("", ""), "en": ("", "")}, "subject_de"), ({"de": ("A", "")}, "body_de"), ({"en": ("A", "{{7*7}}")}, "body_en"), ({"en": ("{token}", "B")}, "subject_en")):
        with pytest.raises(BadInput) as caught:
            broadcasts.checked(texts)
        assert caught.value.field == field


def test_each_of_the_group_gets_one_mail_and_a_repeated_request_none(app: Flask, camp: Camp) -> None:
    orga = make.person()
    make.participant(camp, "Mai", address="mai@example.org")
    make.participant(camp, "Ben", address="ben@example.org", state="waiting")
    make.participant(make.camp("other"), "Fremd", address="fremd@example.org")
    first = _release(app, camp, orga, "coming", 1)
    assert _release(app, camp, orga, "coming", 1).id == first.id
    assert _outbox() == {"mai@example.org": "queued"}
    assert post.send_due() == 1
    [text] = [path.read_text() for path in app.config["CAMP"].mail_folder.glob("*.eml")]
    assert "Subject: Hallo Mai" in text
    assert "Komm zu ECM 27: https://localhost/ecm27/me" in text
    assert [(one.id, one.number, states) for one, states in broadcasts.sent(camp)] == [(first.id, 1, {"sent": 1})]


def test_what_was_shown_is_what_goes_out(app: Flask, camp: Camp) -> None:
    orga = make.person()
    for number, name in ((1, "coming"), (0, "coming")):
        with pytest.raises(Conflict, match="By now 0 people"):
            _release(app, camp, orga, name, number)
    make.participant(camp)
    make.participant(camp)
    with pytest.raises(Conflict, match="By now 2 people"):
        _release(app, camp, orga, "coming", 1)
    assert (_outbox(), broadcasts.sent(camp)) == ({}, [])


def test_who_left_the_group_before_the_mail_went_out_gets_none(app: Flask, camp: Camp) -> None:
    stays, goes = make.participant(camp, address="stays@example.org"), make.participant(camp, address="goes@example.org")
    _release(app, camp, make.person(), "not-arrived", 2)
    with writing():
        db.session.merge(goes).arrived_at = make.EARLY
    assert post.send_due() == 1
    assert _outbox() == {stays.person.email: "sent", "goes@example.org": "void"}


def test_each_reads_the_language_that_is_theirs_or_the_one_that_there_is(app: Flask, camp: Camp) -> None:
    assert broadcasts.in_language({"de": ["D", "d"], "en": ["E", "e"]}, "en") == ("E", "e")
    assert broadcasts.in_language({"de": ["D", "d"]}, "en") == ("D", "d")


def test_each_mail_carries_its_readers_own_way_to_say_that_they_cannot_come(app: Flask, camp: Camp) -> None:
    who = make.participant(camp, address="mai@example.org")
    _release(app, camp, make.person(), "coming", 1, texts={"de": ["Hallo", "{cannot_come}"]})
    post.send_due()
    [text] = [path.read_text() for path in app.config["CAMP"].mail_folder.glob("*.eml")]
    found = re.search(r"https://localhost/ecm27/place/(\S+)", text)
    assert found
    assert registration.by_link(camp, found[1], app.config["CAMP"].secret_key).id == who.id
    assert make.browser(app).get(f"/ecm27/place/{found[1]}").status_code == 200


def test_a_name_is_never_read_as_a_text(app: Flask, camp: Camp) -> None:
    make.participant(camp, "{camp} {{7*7}}", address="mai@example.org")
    _release(app, camp, make.person(), "coming", 1, texts={"de": ["Hallo", "{name}!"]})
    post.send_due()
    [text] = [path.read_text() for path in app.config["CAMP"].mail_folder.glob("*.eml")]
    assert "{camp} {{7*7}}!" in text


def test_a_mail_whose_text_is_gone_does_not_go_out(app: Flask, camp: Camp) -> None:
    letter = Mail(template="message", camp_id=camp.id, language="de", values={"broadcast": 99, "participant": 1})
    assert broadcasts.told(letter, groups.of(app), "https://localhost", "k") is None
