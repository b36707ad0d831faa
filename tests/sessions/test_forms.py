"""The form of a proposal: what it takes, what it refuses and keeps, and its preview."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from camp.db import db, writing
from camp.models import Room
from sessions.models import Session
from tests import make
from tests.sessions.wall import close, read

HOUR = timedelta(hours=1)


def test_proposing_with_a_title_only(app: Flask) -> None:
    camp = make.camp()
    browser = make.browser(app, make.participant(camp, state="waiting"))
    assert "A question is enough." in read(browser, "/ecm27/proposals/new")
    answer = browser.post("/ecm27/proposals/new?lang=en", data={"title": "Why?"})
    made = db.session.scalars(select(Session)).one()
    assert (answer.status_code, answer.location) == (303, f"/ecm27/proposals/{made.id}#kept")
    assert (made.title, made.length, made.needs, made.hosts[0].away) == ("Why?", 1, [], "")
    assert "It is on the wall. You can change it until voting ends." in read(browser, answer.location)


def test_what_was_typed_stays_when_the_title_is_missing(app: Flask) -> None:
    camp = make.camp()
    with writing():
        db.session.get_one(Room, 1).features = ["beamer", "power"]
    answer = make.browser(app, make.participant(camp)).post("/ecm27/proposals/new?lang=en", data={
        "title": "  ", "description": "My long text", "tag": "x" * 41, "two_slots": "y", "needs": "power",
        "away": "morning"})
    assert answer.status_code == 422
    assert "This is still empty." in answer.text
    assert "This is too long: at most 40 characters." in answer.text
    assert "My long text</textarea>" in answer.text and 'value="' + "x" * 41 + '"' in answer.text
    assert re.search(r'<input checked[^>]*name="two_slots"', answer.text)
    assert re.findall(r'<input checked[^>]*name="needs"[^>]*value="(\w+)"', answer.text) == ["power"]
    assert '<option selected value="morning">' in answer.text
    assert db.session.scalars(select(Session)).all() == []


def test_the_same_title_again_is_told_beside_the_title(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    make.session(camp, "Returns", [mai])
    answer = make.browser(app, mai).post("/ecm27/proposals/new?lang=en", data={"title": "Returns"})
    assert answer.status_code == 422
    assert '<a href="#title">Title or question: You have proposed this title already.' in answer.text


def test_when_the_call_is_closed_the_form_says_so_and_a_late_text_stays(app: Flask) -> None:
    camp = make.camp()
    close(camp, "call")
    browser = make.browser(app, make.participant(camp))
    page = read(browser, "/ecm27/proposals/new")
    assert "The call for sessions is not open." in page and "<textarea" not in page
    answer = browser.post("/ecm27/proposals/new?lang=en", data={"title": "Late", "description": "My long text"})
    assert answer.status_code == 422
    assert "The call for sessions is not open." in answer.text and "My long text</textarea>" in answer.text
    assert db.session.scalars(select(Session)).all() == []


def test_the_preview_saves_nothing_with_and_without_scripts(app: Flask) -> None:
    browser = make.browser(app, make.participant(make.camp()))
    fields = {"title": "Why", "description": "**bold** <img src=x onerror=y>"}
    shown = "<p><strong>bold</strong> &lt;img src=x onerror=y&gt;</p>"
    whole = browser.post("/ecm27/proposals/new", data=fields | {"preview": "1"})
    assert whole.status_code == 200 and shown in whole.text and "**bold** &lt;img" in whole.text
    part = browser.post("/ecm27/proposals/preview", data=fields)
    assert part.status_code == 200 and shown in part.text and "<html" not in part.text
    for path in ("new", "preview"):
        long = browser.post(f"/ecm27/proposals/{path}?lang=en", data={"description": "x" * 10_001, "preview": "1"})
        assert long.status_code == 422 and "This is too long: at most 10000 characters." in long.text
    assert db.session.scalars(select(Session)).all() == []


def test_a_host_changes_her_proposal(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    session = make.session(camp, "Returns", [mai], description="old", length=2, away="morning")
    browser, address = make.browser(app, mai), f"/ecm27/proposals/{session.id}/edit"
    page = read(browser, address)
    assert 'value="Returns"' in page and "old</textarea>" in page and '<option selected value="morning">' in page
    answer = browser.post(address, data={
        "title": "Fewer returns", "description": "new", "away": "", "edit_number": "0"})
    assert (answer.status_code, answer.location) == (303, f"/ecm27/proposals/{session.id}#kept")
    db.session.expire_all()
    assert (session.title, session.description, session.length) == ("Fewer returns", "new", 1)
    assert session.hosts[0].away == ""


def test_two_hosts_who_write_at_once_lose_nothing_silently(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp), make.participant(camp, "Ben")
    session = make.session(camp, "Returns", [mai, ben])
    address = f"/ecm27/proposals/{session.id}/edit?lang=en"
    make.browser(app, mai).post(address, data={"title": "By Mai", "edit_number": "0"})
    browser = make.browser(app, ben)
    answer = browser.post(address, data={"title": "By Ben", "edit_number": "0"})
    assert answer.status_code == 422 and "Mai Krause has saved this in the meantime." in answer.text
    assert "<del>Ben</del>" in answer.text or "<ins>Mai</ins>" in answer.text
    assert 'value="By Ben"' in answer.text and 'name="edit_number" type="hidden" value="1"' in answer.text
    assert browser.post(address, data={"title": "By Ben", "edit_number": "1"}).status_code == 303
    db.session.expire_all()
    assert session.title == "By Ben"


def test_after_voting_the_form_says_that_it_is_fixed(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    session = make.session(camp, "Returns", [mai])
    close(camp, "call", "voting")
    browser = make.browser(app, mai)
    assert "The proposals are fixed now." in read(browser, f"/ecm27/proposals/{session.id}/edit")
    assert "The proposals are fixed now." in read(browser, f"/ecm27/proposals/{session.id}")
