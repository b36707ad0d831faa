"""A-18: nobody fills another's mailbox, and nobody is locked out by it."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from camp import clock
from camp.db import db
from camp.models import Mail
from tests import make


def test_a18_two_hundred_asks_from_fifty_places_send_three_mails_and_third_people_still_sign_in(app: Flask) -> None:
    target, third = make.person("target@example.org"), make.person("third@example.org")
    browsers, seen = [make.browser(app) for _ in range(5)], set()
    for n in range(200):
        browser = browsers[n % 5]
        browser.environ_base["REMOTE_ADDR"] = f"198.51.{n % 50}.{n % 200 + 1}"
        with clock.shifted(timedelta(seconds=3 * n)):
            answer = browser.post("/sign-in", data={"email": target.email})
        seen.add((answer.status_code, answer.location))
    assert seen == {(303, "/sign-in/wait")}
    assert db.session.query(Mail).filter(Mail.to == target.email).count() == 3
    mine = make.browser(app)
    with clock.shifted(timedelta(minutes=10)):
        mine.post("/sign-in", data={"email": third.email})
        letter = db.session.query(Mail).filter(Mail.to == third.email).one()
        assert mine.post(f"/sign-in/{letter.values['token']}").status_code == 303


def test_a18_people_behind_one_address_of_a_campus_do_not_lock_each_other_out(app: Flask) -> None:
    people = [make.person() for _ in range(60)]
    for who in people:
        make.browser(app).post("/sign-in", data={"email": who.email})
    assert {letter.to for letter in db.session.query(Mail)} == {who.email for who in people}
