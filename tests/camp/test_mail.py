from __future__ import annotations

from datetime import timedelta

from flask import Flask

from camp import clock, mail
from camp.db import db
from camp.models import Mail


def _put(key: str = "k", **more: object) -> None:
    mail.put("sign_in", to="mai@example.org", language="de", dedupe_key=key, values={"token": "t"}, **more)  # type: ignore[arg-type]
    db.session.flush()


def test_a_key_is_laid_down_once(app: Flask, write: None) -> None:
    _put()
    _put()
    assert db.session.query(Mail).count() == 1


def test_a_claimed_mail_is_nobody_elses_for_a_minute(app: Flask, write: None) -> None:
    _put()
    assert [letter.to for letter in mail.claim()] == ["mai@example.org"]
    assert list(mail.claim()) == []
    with clock.shifted(timedelta(seconds=61)):
        assert [letter.tries for letter in mail.claim()] == [2]


def test_a_sent_mail_forgets_its_values(app: Flask, write: None) -> None:
    _put()
    letter = mail.claim()[0]
    mail.sent(letter.id)
    db.session.refresh(letter)
    assert (letter.state, letter.values) == ("sent", {})


def test_a_void_mail_is_not_sent(app: Flask, write: None) -> None:
    _put(void_at=clock.now() + timedelta(minutes=30))
    with clock.shifted(timedelta(minutes=31)):
        assert mail.claim() == []
    letter = db.session.query(Mail).one()
    assert (letter.state, letter.values) == ("void", {})


def test_a_failed_mail_comes_again_later_and_gives_up_after_eight_tries(app: Flask, write: None) -> None:
    _put()
    for round_ in range(8):
        with clock.shifted(timedelta(hours=round_)):
            letter = mail.claim()[0]
            mail.failed(letter.id, "451")
            db.session.flush()
            assert mail.claim() == []
    assert (letter.state, letter.tries, letter.trouble) == ("failed", 8, "451")
