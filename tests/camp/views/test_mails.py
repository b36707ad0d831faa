from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import clock, mail, mail_texts, post
from camp.db import db, writing
from camp.mail_texts import Kind
from camp.models import Camp, Mail
from tests import make

EN = {"Accept-Language": "en"}


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


KIND = Kind("sign_in", "Sign-in link", {"token": "TOKEN-HERE"}, ("token",))
PATH = "/ecm27/organise/mail/texts/sign_in/de"


@pytest.fixture
def kind(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Kind:
    monkeypatch.setitem(app.extensions, "camp_mail_kinds", {"sign_in": KIND})
    return KIND


def test_a_text_is_changed_looked_at_sent_to_oneself_saved_and_taken_back(app: Flask, camp: Camp, browser: FlaskClient, kind: Kind) -> None:
    assert PATH in browser.get("/ecm27/organise/mail/texts", headers=EN).text
    page = browser.get(PATH, headers=EN).text
    assert ("This is the text of the program" in page, "https://localhost/sign-in/{token}" in page, "sign-in/TOKEN-HERE" in page) == (True, True, True)
    words = {"subject": "Rein ins {camp}", "body": "Hier: {token} <b>"}
    page = browser.post(PATH, data=words | {"preview": "yes"}, headers=EN).text
    assert ("Rein ins Camp ecm27" in page, "Hier: TOKEN-HERE &lt;b&gt;" in page) == (True, True)
    assert mail_texts.all_of(camp) == frozenset()
    assert "The mail is on its way to you." in browser.post(PATH, data=words | {"test": "yes"}, headers=EN).text
    assert post.send_due() == 1
    [letter] = [path.read_text() for path in app.config["CAMP"].mail_folder.glob("*.eml")]
    assert ("To: orga@example.org" in letter, "Subject: Rein ins Camp ecm27" in letter, "Hier: TOKEN-HERE <b>" in letter) == (True, True, True)
    assert mail_texts.all_of(camp) == frozenset()
    assert make.save(browser, PATH, data=words).status_code == 303
    page = browser.get(PATH, headers=EN).text
    assert ("This is your own text." in page, 'value="Rein ins {camp}"' in page) == (True, True)
    browser.post(PATH, data=words | {"reset": "yes"})
    db.session.expire_all()
    assert mail_texts.all_of(camp) == frozenset()


@pytest.mark.parametrize("text", ["{{7*7}}", "{x.__class__}", "${token}x}", "{unknown}"])
def test_a27_what_looks_like_code_is_refused_beside_its_field_and_nothing_is_kept(camp: Camp, browser: FlaskClient, kind: Kind, text: str) -> None:
    for button in ({}, {"preview": "yes"}, {"test": "yes"}):
        answer = browser.post(PATH, data={"subject": "S", "body": "{token} " + text} | button, headers=EN)
        assert answer.status_code == 422
        assert "There are: {camp}, {token}." in answer.text
        assert "49" not in answer.text.split("<main")[1]
    assert (mail_texts.all_of(camp), db.session.query(Mail).count()) == (frozenset(), 0)


def test_a27_percent_and_dollar_stay_as_they_are(camp: Camp, browser: FlaskClient, kind: Kind) -> None:
    page = browser.post(PATH, data={"subject": "%(camp)s $token", "body": "{token} %(token)s %s"} | {"preview": "yes"}, headers=EN).text
    assert ("%(camp)s $token</bdi>" in page, "TOKEN-HERE %(token)s %s" in page) == (True, True)


def test_there_is_no_text_of_another_kind_or_language(camp: Camp, browser: FlaskClient, kind: Kind) -> None:
    for path in ("/ecm27/organise/mail/texts/none/de", "/ecm27/organise/mail/texts/sign_in/fr", "/ecm27/organise/mail/texts/..%2fbase/de"):
        assert browser.get(path).status_code == 404


def _group(browser: FlaskClient, **words: object) -> str:
    answer = browser.post("/ecm27/organise/mail/group", data={"group": "coming", "subject_de": "Hallo {name}", "body_de": "Bis bald in {camp}"} | words, headers=EN)
    return answer.headers.get("Location", "") or " ".join(answer.text.split())


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" type="hidden" value="([^"]*)"', page)
    assert found
    return found[1]


def test_number_and_sample_are_shown_before_anything_goes_out(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    for name in ("Mai", "Ben", "Jo", "Ida"):
        make.participant(camp, name)
    make.participant(camp, "Wartet", state="waiting")
    assert '<option selected value="waiting">' in browser.get("/ecm27/organise/mail/group?group=waiting", headers=EN).text
    page = _group(browser)
    assert ("Goes to 4 people" in page, "Hallo Mai" in page, "Hallo Jo" in page, "Hallo Ida" in page, "Wartet" in page) == (True, True, True, False, False)
    assert db.session.query(Mail).count() == 0
    hidden = {"release": "yes", "number": _hidden(page, "number"), "nonce": _hidden(page, "nonce")}
    make.participant(camp, "Neu")
    assert "By now 5 people are in the group." in _group(browser, **hidden)
    assert db.session.query(Mail).count() == 0
    hidden["number"] = "5"
    assert [_group(browser, **hidden) for _ in range(2)] == ["/ecm27/organise/mail"] * 2
    assert db.session.query(Mail).count() == 5
    assert "Hallo {name}" in browser.get("/ecm27/organise/mail/group", headers=EN).text


def test_a_mail_without_words_or_to_a_group_that_is_none_is_refused(camp: Camp, browser: FlaskClient) -> None:
    assert "There is no text yet. One language is enough." in _group(browser, subject_de="", body_de="")
    assert "is no placeholder of this mail" in _group(browser, body_de="{{7*7}}")
    assert "Look at number and sample" in _group(browser, group="admins")
    assert "Nobody is in this group at the moment." in _group(browser)
    assert db.session.query(Mail).count() == 0
