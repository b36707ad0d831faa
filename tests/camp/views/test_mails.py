from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import clock, mail
from camp.db import db, writing
from camp.models import Camp, Mail
from tests import make

EN = {"Accept-Language": "en"}


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


@pytest.fixture
def browser(app: Flask, camp: Camp) -> FlaskClient:
    who = make.person("orga@example.org")
    make.role(camp, who, "organiser")
    return make.browser(app, who)


def _mail(camp: Camp, key: str, state: str, trouble: str = "") -> int:
    with writing():
        made = Mail(camp_id=camp.id, dedupe_key=key, to=f"{key}@example.org", language="de", template="sign_in", values={"token": "T"}, state=state,
                    tries=28 if state == "failed" else 0, trouble=trouble, due_at=clock.now())
        db.session.add(made)
    return made.id


def _states() -> dict[str, tuple[str, int]]:
    db.session.rollback()
    return {row.dedupe_key: (row.state, row.tries) for row in db.session.query(Mail)}


def test_the_outbox_tells_where_each_mail_stands(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    page = browser.get("/ecm27/organise/mail", headers=EN).text
    assert "No mail yet" in page
    assert str(app.config["CAMP"].mail_folder) in page
    with writing():
        mail.put("sign_in", to="mai@example.org", language="de", dedupe_key="m", values={"token": "SECRET"}, camp_id=camp.id)
    _mail(camp, "dead", "failed", "Rejected: <550> nobody")
    page = " ".join(browser.get("/ecm27/organise/mail", headers=EN).text.split())
    assert ("mai@example.org" in page, "queued" in page, "SECRET" in page) == (True, True, False)
    assert "One mail was given up." in page
    assert "Rejected: &lt;550&gt; nobody" in page
    page = browser.get("/ecm27/organise/mail?state=failed", headers=EN).text
    assert ("dead@example.org" in page, "mai@example.org" in page) == (True, False)
    assert "No mail is in this state." in browser.get("/ecm27/organise/mail?state=sent", headers=EN).text


def test_a_long_outbox_comes_in_pages(camp: Camp, browser: FlaskClient) -> None:
    for number in range(51):
        _mail(camp, f"m{number:02}", "queued")
    assert "m50@example.org" in browser.get("/ecm27/organise/mail").text
    assert "m00@example.org" not in browser.get("/ecm27/organise/mail").text
    assert "m00@example.org" in browser.get("/ecm27/organise/mail?page=2").text


def test_dead_letters_are_sent_again_one_or_all_but_only_the_camps_own(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    one, _ = _mail(camp, "one", "failed"), _mail(camp, "two", "failed")
    _mail(camp, "out", "sent")
    foreign = _mail(make.camp("other"), "foreign", "failed")
    browser.post("/ecm27/organise/mail/again", data={"mail": one})
    assert _states() == {"one": ("queued", 0), "two": ("failed", 28), "out": ("sent", 0), "foreign": ("failed", 28)}
    browser.post("/ecm27/organise/mail/again", data={"mail": foreign})
    browser.post("/ecm27/organise/mail/again", data={"mail": "x"})
    assert _states()["foreign"] == ("failed", 28)
    page = browser.post("/ecm27/organise/mail/again", headers=EN, follow_redirects=True).text
    assert "One mail is on its way again." in page
    assert _states() == {"one": ("queued", 0), "two": ("queued", 0), "out": ("sent", 0), "foreign": ("failed", 28)}
