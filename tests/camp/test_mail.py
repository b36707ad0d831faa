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


def test_a_claimed_mail_is_nobody_elses_for_a_while(app: Flask, write: None) -> None:
    _put()
    assert [letter.to for letter in mail.claim()] == ["mai@example.org"]
    assert list(mail.claim()) == []
    with clock.shifted(timedelta(seconds=46)):
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


def test_a_failed_mail_comes_again_after_growing_pauses_and_is_given_up_after_two_days(app: Flask, write: None) -> None:
    _put()
    letter, pauses, at = db.session.query(Mail).one(), [], timedelta()
    while letter.state != "failed":
        with clock.shifted(at):
            assert list(mail.claim()) == [letter]
            mail.failed(letter, "451")
            db.session.refresh(letter)
            assert list(mail.claim()) == []
            pauses.append(round((letter.due_at - clock.now()).total_seconds() / 60, 1))
            at += timedelta(minutes=pauses[-1], seconds=5)
    assert pauses[:7] == [0.5, 2, 10, 30, 60, 120, 120]
    assert (letter.tries, letter.trouble, 44 < at.total_seconds() / 3600 < 52) == (28, "451", True)


def test_a_mail_that_will_never_go_is_given_up_at_once(app: Flask, write: None) -> None:
    _put()
    mail.failed(mail.claim()[0], "550", for_good=True)
    assert (db.session.query(Mail).one().state, mail.claim()) == ("failed", [])


def test_while_the_server_is_away_nothing_is_given_up_and_all_is_due_when_it_is_back(app: Flask, write: None) -> None:
    for key in ("a", "b"):
        _put(key)
    for round_ in range(40):
        with clock.shifted(timedelta(minutes=11 * round_)):
            assert len(mail.claim()) == 2
            mail.put_back(db.session.query(Mail).all(), "refused")
    assert {(row.state, row.trouble) for row in db.session.query(Mail)} == {("queued", "server away: refused")}
    with clock.shifted(timedelta(minutes=11 * 39 + 1)):
        assert list(mail.claim()) == []
        _put("new")
        mail.sent(mail.claim()[0].id)
        assert [row.dedupe_key for row in mail.claim()] == ["a", "b"]


def test_who_lost_the_claim_changes_nothing(app: Flask, write: None) -> None:
    _put()
    lost = mail.claim()[0]
    db.session.flush()
    db.session.expunge(lost)
    with clock.shifted(timedelta(seconds=46)):
        assert [letter.tries for letter in mail.claim()] == [2]
        mail.failed(lost, "late")
        mail.put_back([lost], "late")
        assert mail.keep(lost) is False
    row = db.session.query(Mail).one()
    assert (row.state, row.trouble) == ("sending", "")


def test_a_link_that_ran_out_since_it_was_claimed_does_not_go_out(app: Flask, write: None) -> None:
    _put(void_at=clock.now() + timedelta(seconds=30))
    letter = mail.claim()[0]
    assert mail.keep(letter) is True
    with clock.shifted(timedelta(seconds=31)):
        assert mail.keep(letter) is False
    with clock.shifted(timedelta(seconds=90)):
        assert list(mail.claim()) == []
    db.session.flush()
    db.session.refresh(letter)
    assert letter.state == "void"
