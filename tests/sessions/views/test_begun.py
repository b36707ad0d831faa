"""Drafts: a script keeps them without a word, a button does the same, and both come back into the form."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from camp.db import db
from sessions.proposal_models import Begun
from tests import make

TYPED = {"title": "Why?", "description": "x", "needs": ["beamer"], "edit_number": "7"}


def test_a_script_gets_the_sentence_and_the_form_is_filled_again(app: Flask) -> None:
    browser = make.browser(app, make.participant(make.camp()))
    answer = browser.post("/ecm27/proposals/draft?lang=en", data=TYPED, headers={"X-Draft": "1"})
    assert answer.status_code == 200 and answer.get_json()["said"].startswith("Draft saved, ")
    assert db.session.scalars(select(Begun)).one().fields == {"title": ["Why?"], "description": ["x"], "needs": ["beamer"]}
    page = browser.get("/ecm27/proposals/new?lang=en").text
    assert 'value="Why?"' in page and "Draft saved, " in page and "Throw the draft away" in page


def test_without_a_script_there_is_a_button(app: Flask) -> None:
    browser = make.browser(app, make.participant(make.camp()))
    assert 'formaction="/ecm27/proposals/draft"' in browser.get("/ecm27/proposals/new").text
    answer = browser.post("/ecm27/proposals/draft", data=TYPED)
    assert (answer.status_code, answer.location) == (303, "/ecm27/proposals/new")
    assert browser.post("/ecm27/proposals/draft/drop").location == "/ecm27/proposals/new#dropped"
    assert 'value="Why?"' not in browser.get("/ecm27/proposals/new").text


def test_whoever_is_signed_out_comes_back_to_the_form(app: Flask) -> None:
    make.camp()
    answer = make.browser(app).post("/ecm27/proposals/new", data=TYPED, headers={"Referer": "https://localhost/ecm27/proposals/new"})
    assert (answer.status_code, answer.location) == (303, "/sign-in?then=/ecm27/proposals/new&at=ecm27")
