from __future__ import annotations

import datetime as dt
import email
import email.policy
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from camp import clock, letters, mail, post, registration
from camp.db import db, writing
from camp.models import Mail
from tests import make
from tests.smtp_box import Box, box


def _put(language: str = "de", key: str = "sign-in/1", **more: Any) -> None:
    with writing():
        mail.put("sign_in", to="mai@example.org", language=language, dedupe_key=key, values={"token": "TOKEN"}, **more)


def _letter() -> Mail:
    db.session.rollback()
    return db.session.query(Mail).one()


def test_without_a_server_the_mail_is_laid_down_once(app: Flask) -> None:
    _put()
    assert (post.send_due(), post.send_due()) == (1, 0)
    files = list(app.config["CAMP"].mail_folder.iterdir())
    message = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
    assert [path.suffix for path in files] == [".eml"]
    assert files[0].stat().st_mode & 0o777 == 0o600
    assert (message["To"], message["Subject"]) == ("mai@example.org", "Dein Link zum Anmelden")
    assert "https://localhost/sign-in/TOKEN" in message.get_content()


def test_the_mail_speaks_its_readers_language(app: Flask) -> None:
    _put("en")
    post.send_due()
    file = next(app.config["CAMP"].mail_folder.iterdir())
    assert "Subject: Your link to sign in" in file.read_text()


@pytest.fixture
def smtp(app: Flask) -> Iterator[Box]:
    before = app.config["CAMP"]
    with box() as made:
        app.config["CAMP"] = replace(before, smtp_url=made.url)
        yield made
    app.config["CAMP"] = before


def test_a_server_gets_each_mail_once_over_one_connection(app: Flask, smtp: Box) -> None:
    for number in range(5):
        _put(key=f"k{number}")
    assert (post.send_due(), post.send_due(), len(smtp.mails), smtp.talks) == (5, 0, 5, 1)
    assert set(smtp.numbers().values()) == {1}


def test_a_mail_that_may_go_through_later_stays_with_the_reason(app: Flask, smtp: Box) -> None:
    smtp.answer = "451 later"
    _put()
    assert post.send_due() == 0
    letter = _letter()
    assert (letter.state, letter.values, letter.tries) == ("queued", {"token": "TOKEN"}, 1)
    assert "451" in letter.trouble


def test_a_mail_that_the_server_will_never_take_is_given_up_and_can_be_sent_again(app: Flask, smtp: Box) -> None:
    camp = make.camp()
    smtp.answer = "550 nobody of this name"
    _put(camp_id=camp.id)
    assert post.send_due() == 0
    assert (_letter().state, "550" in _letter().trouble) == ("failed", True)
    with clock.shifted(timedelta(days=1)):
        assert post.send_due() == 0
    smtp.answer = "250 ok"
    with writing():
        assert mail.again(camp) == 1
    assert (post.send_due(), _letter().state, _letter().trouble, len(smtp.mails)) == (1, "sent", "", 1)


def test_a_server_that_hangs_up_between_two_mails_gets_the_next_one_all_the_same(app: Flask, smtp: Box) -> None:
    for number in range(3):
        _put(key=f"k{number}")
    first = smtp.handle_DATA

    async def once(server: Any, session: Any, envelope: Any) -> str:
        if len(smtp.mails) == 1:
            server.transport.abort()
            smtp.handle_DATA = first  # type: ignore[method-assign]
        return await first(server, session, envelope)

    smtp.handle_DATA = once  # type: ignore[method-assign]
    while post.send_due():
        pass
    with clock.shifted(timedelta(minutes=11)):
        post.send_due()
    assert len(smtp.numbers()) == 3


def test_what_is_no_longer_true_when_it_would_go_out_does_not(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    truth: list[bool] = [False, True]
    monkeypatch.setitem(letters._TELLERS, "sign_in", lambda letter, key: {"token": "NEW"} if truth.pop(0) else None)
    _put()
    assert (post.send_due(), _letter().state, _letter().values) == (0, "void", {})
    _put(key="second")
    assert post.send_due() == 1
    assert "sign-in/NEW" in next(app.config["CAMP"].mail_folder.iterdir()).read_text()


def test_a_mail_may_carry_a_calendar(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "camp_mail_attachments", {})
    post.attach(app, "sign_in", lambda camp, values: [("camp.ics", "text/calendar", f"BEGIN:VCALENDAR {values['token']} ä".encode())])
    _put()
    assert post.send_due() == 1
    message = email.message_from_bytes(next(app.config["CAMP"].mail_folder.iterdir()).read_bytes(), policy=email.policy.default)
    assert [(part.get_filename(), part.get_content_type(), part.get_payload(decode=True)) for part in message.iter_attachments()] == [
        ("camp.ics", "text/calendar", "BEGIN:VCALENDAR TOKEN ä".encode())]
    assert "sign-in/TOKEN" in message.get_body().get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize(("state", "template", "there"), [
    ("admitted", "session_moved", True), ("waiting", "session_moved", True), ("cancelled", "session_moved", False), ("admitted", "sign_in", False)])
def test_every_mail_to_somebody_of_the_camp_ends_with_one_tap_out(app: Flask, state: str, template: str, there: bool) -> None:
    camp = make.camp()
    who = make.participant(camp, address="mai@example.org", state=state)
    values = {"title": "T", "day": make.DAY, "time": dt.time(10), "room": "R", "url": "u", "token": "t"}
    body = post.compose(Mail(camp_id=camp.id, dedupe_key="k", to="mai@example.org", language="en", template=template, values={}), values).get_content()
    link = registration.place_address(camp, who, "https://localhost", app.config["CAMP"].secret_key)
    assert (link in body, "You cannot come? One tap gives the place to the next:" in body) == (there, there)


def test_a_mail_that_has_the_way_out_already_gets_no_second_one(app: Flask) -> None:
    camp = make.camp()
    who = make.participant(camp, address="mai@example.org")
    values = letters.values(Mail(template="place_certain", values={"participant": who.id, "what": ""}), app.config["CAMP"].secret_key)
    assert values is not None
    letter = Mail(camp_id=camp.id, dedupe_key="k", to="mai@example.org", language="en", template="place_certain", values={})
    body = post.compose(letter, values).get_body()
    assert body is not None and body.get_content().count("/ecm27/place/") == 1


def test_a_subject_cannot_carry_a_second_header(app: Flask) -> None:
    with writing():
        mail.put("sign_in", to="mai@example.org\r\nBcc: all@example.org", language="de", dedupe_key="x", values={"token": "T"})
    assert post.send_due() == 0
    assert not list(app.config["CAMP"].mail_folder.glob("*.eml"))


def _p95(app: Flask, key: str) -> float:
    """Processor time of a page and of a form that writes a mail, in seconds."""
    client, spent = make.browser(app), []
    for number in range(30):
        begin = time.process_time()
        assert client.get("/ecm27/").status_code == 200
        assert client.post("/sign-in", data={"email": f"{key}{number}@example.org"}).status_code == 303
        spent.append(time.process_time() - begin)
    return sorted(spent)[28]


def test_r09_an_hour_without_server_pages_unaffected_then_each_mail_once(app: Flask, smtp: Box) -> None:
    make.camp()
    for number in range(30):
        make.person(f"up{number}@example.org")
        make.person(f"down{number}@example.org")
    up = _p95(app, "up")
    while post.send_due():
        pass
    assert len(smtp.mails) == 30
    smtp.mails.clear()
    smtp.close()
    down = _p95(app, "down")
    for number in range(200):
        _put(key=f"registration/{number}")
    for minute in range(0, 60, 2):
        with clock.shifted(timedelta(minutes=minute)):
            assert post.send_due() == 0
    db.session.rollback()
    waiting = db.session.query(Mail).filter(Mail.state == "queued").all()
    assert len({letter.dedupe_key for letter in waiting if letter.dedupe_key.startswith("registration/")}) == 200
    assert all(letter.trouble.startswith("server away: Away") or letter.trouble.startswith("server away: ConnectionRefusedError") for letter in waiting if letter.tries)
    smtp.open()
    with clock.shifted(timedelta(minutes=70)):  # the last look is at most ten minutes away
        while post.send_due():
            pass
    assert sorted(smtp.numbers().values()) == [1] * 200  # of the sign-in mails none: their links are over
    states = dict.fromkeys(("sent", "void", "queued", "sending", "failed"), 0)
    db.session.rollback()
    for letter in db.session.query(Mail):
        states[letter.state] += 1
    assert states == {"sent": 230, "void": 30, "queued": 0, "sending": 0, "failed": 0}
    assert down < 3 * up
