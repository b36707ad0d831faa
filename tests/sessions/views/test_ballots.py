"""How the camp votes is set and kept, what it does to the wall, and the figures of organisers."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp.db import writing
from camp.models import Camp
from sessions import voting
from tests import make

RULES = {"mode": "budget", "budget": "3", "order": "least"}


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


@pytest.fixture
def organiser(app: Flask, camp: Camp) -> FlaskClient:
    who = make.participant(camp, "Orga")
    make.role(camp, who.person, "organiser")
    return make.browser(app, who)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", page.replace("\u00ad", ""))


def test_rules_are_kept(camp: Camp, organiser: FlaskClient) -> None:
    answer = make.save(organiser, "/ecm27/organise/voting", data=RULES)
    assert (answer.status_code, answer.location) == (303, "/ecm27/organise/votes")
    kept = voting.rules(camp)
    assert (kept.budget, kept.hidden, kept.least_seen) == (3, False, True)
    make.save(organiser, "/ecm27/organise/voting", data={"mode": "free", "budget": "3", "hidden": "y", "order": "lot"})
    kept = voting.rules(camp)
    assert (kept.budget, kept.hidden, kept.least_seen) == (None, True, False)


@pytest.mark.parametrize("budget", ["", "0", "101", "many"])
def test_a_budget_needs_a_number(camp: Camp, organiser: FlaskClient, budget: str) -> None:
    answer = make.save(organiser, "/ecm27/organise/voting", data=RULES | {"budget": budget})
    assert answer.status_code == 422 and "budget-error" in answer.text
    assert voting.rules(camp).budget is None


def test_counts_are_nowhere_on_the_wall_until_the_camp_shows_them(app: Flask, camp: Camp, organiser: FlaskClient) -> None:
    session, reader = make.session(camp, "Returns"), make.browser(app, make.participant(camp))
    for number in range(17):
        make.vote(app, make.participant(camp, f"P{number}"), session)
    page = reader.get("/ecm27/proposals?lang=en").text
    assert "would come" not in page and "17 of" in page
    with writing():
        voting.change_rules(camp, budget=None, hidden=False, least_seen=False)
    assert "17 would come" in words(reader.get("/ecm27/proposals?lang=en").text)


def test_a_budget_is_told_beside_the_votes(app: Flask, camp: Camp) -> None:
    with writing():
        voting.change_rules(camp, budget=3, hidden=True, least_seen=False)
    mai = make.participant(camp)
    make.vote(app, mai, make.session(camp, "Returns"))
    browser = make.browser(app, mai)
    assert "1 of 3 votes given." in words(browser.get("/ecm27/proposals?lang=en").text)
    assert "1 of 3 votes given." in words(browser.get("/ecm27/me?lang=en").text)


def test_figures_are_plots_with_tables_and_name_nobody(app: Flask, camp: Camp, organiser: FlaskClient) -> None:
    assert "Nobody has voted yet" in organiser.get("/ecm27/organise/votes?lang=en").text
    one, two = make.session(camp, "<b>One</b>", []), make.session(camp, "Two", [])
    voters = [make.participant(camp, f"Voter{number}", kind="university") for number in range(6)]
    for who in voters:
        make.vote(app, who, one, two)
    page = words(organiser.get(f"/ecm27/organise/votes?lang=en&one={one.id}&other={two.id}").text)
    assert "6 would come to the one, 6 to the other, 6 to both." in page
    assert page.count("As a table") == 1 and "University" in page
    assert "<b>One" not in page and "Voter" not in page
