"""Merging on the pages: hosts are asked and answer, the moderator needs one action and has an undo."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from camp.db import db, writing
from camp.models import Camp
from sessions.models import Session
from sessions.vote_models import Likeness
from tests import make


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


@pytest.fixture
def pair(app: Flask, camp: Camp) -> tuple[Session, FlaskClient, Session, FlaskClient]:
    """Two similar proposals with the browsers of their hosts."""
    mai, ben = make.participant(camp), make.participant(camp, "Ben")
    one, two = make.session(camp, "Heat pumps", [mai]), make.session(camp, "<i>Pumps</i>", [ben])
    with writing():
        db.session.add(Likeness(one_id=one.id, other_id=two.id, score=0.9))
    return one, make.browser(app, mai), two, make.browser(app, ben)


def into(session: Session) -> int | None:
    """Into which session this one went, as the database has it."""
    db.session.rollback()
    return db.session.scalar(select(Session.merged_into).where(Session.id == session.id))


def test_both_hosts_see_it_one_asks_and_the_other_says_yes(pair: tuple[Session, FlaskClient, Session, FlaskClient]) -> None:
    one, mai, two, ben = pair
    assert "This sounds similar:" in mai.get(f"/ecm27/proposals/{one.id}?lang=en").text
    assert "This sounds similar:" in ben.get(f"/ecm27/proposals/{two.id}?lang=en").text
    assert "This sounds similar:" not in mai.get(f"/ecm27/proposals/{two.id}?lang=en").text
    assert ben.post(f"/ecm27/proposals/{two.id}/merge", data={"other": one.id, "answer": "yes"}).status_code == 303
    assert "You have asked" in ben.get(f"/ecm27/proposals/{two.id}?lang=en").text
    assert "would like to hold it together with your" in mai.get("/ecm27/me?lang=en").text
    page = mai.get(f"/ecm27/proposals/{one.id}?lang=en").text
    assert "Yes, together" in page and "<i>Pumps" not in page
    assert mai.post(f"/ecm27/proposals/{one.id}/merge", data={"other": two.id, "answer": "yes"}).location == f"/ecm27/proposals/{one.id}"
    assert into(two) == one.id
    page = ben.get(f"/ecm27/proposals/{two.id}?lang=en").text
    assert "This proposal is part of another one now:" in page and "Part again" in page
    assert "Several proposals are one here" in ben.get(f"/ecm27/proposals/{one.id}?lang=en").text
    assert ben.post(f"/ecm27/proposals/{two.id}/part").status_code == 303
    assert into(two) is None


def test_a_no_and_nonsense(pair: tuple[Session, FlaskClient, Session, FlaskClient]) -> None:
    one, mai, two, ben = pair
    ben.post(f"/ecm27/proposals/{two.id}/merge", data={"other": one.id, "answer": "yes"})
    mai.post(f"/ecm27/proposals/{one.id}/merge", data={"other": two.id, "answer": "no"})
    assert "Yes, together" not in mai.get(f"/ecm27/proposals/{one.id}?lang=en").text
    assert mai.post(f"/ecm27/proposals/{one.id}/merge", data={"other": two.id, "answer": "perhaps"}).status_code == 422
    assert mai.post(f"/ecm27/proposals/{one.id}/merge", data={"other": 999, "answer": "yes"}).status_code == 404


def test_the_moderator_merges_with_one_button_and_undoes_with_another(app: Flask, camp: Camp, pair: tuple[Session, FlaskClient, Session, FlaskClient]) -> None:
    one, _, two, _ = pair
    who = make.participant(camp, "Mod")
    make.role(camp, who.person, "moderator")
    browser = make.browser(app, who)
    assert "These sound alike" in browser.get("/ecm27/organise/similar?lang=en").text
    browser.post("/ecm27/organise/similar/merge", data={"one": one.id, "other": two.id})
    page = browser.get("/ecm27/organise/similar?lang=en").text
    assert f"/ecm27/organise/similar/{two.id}/part" in page and "Undo" in page and "<i>Pumps" not in page
    browser.post(f"/ecm27/organise/similar/{two.id}/part")
    assert into(two) is None
