"""A-21: a NUL, which PostgreSQL takes in no text, is no mistake of ours wherever it arrives."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp.models import Camp, Participant
from tests import make

TEXTS = dict.fromkeys(("title", "description", "tag", "findings", "question", "email", "code", "door", "name", "salt", "text",
                       "nonce", "wanted", "slot", "room", "slug", "venue"), "a\0b")


@pytest.fixture
def camp(app: Flask) -> Camp:
    """The camp of the addresses."""
    return make.camp()


@pytest.fixture
def host(camp: Camp) -> Participant:
    """A host who also organises the camp."""
    made = make.participant(camp)
    make.role(camp, made.person, "organiser")
    return made


@pytest.fixture
def browser(app: Flask, host: Participant) -> FlaskClient:
    """The host's browser."""
    return make.browser(app, host)


@pytest.mark.parametrize("path", ["/%00/", "/a%00b/agenda", "/b/%00", "/ecm27/my/%00.ics", "/ecm27/sessions/%00.ics", "/static/%00", "/ecm27/%00"])
def test_a21_an_address_with_a_nul_leads_nowhere(path: str, browser: FlaskClient) -> None:
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/ecm27/proposals?q=%00&tag=%00", "/ecm27/organise/people?q=a%00", "/ecm27/agenda?view=%00", "/?lang=%00",
                                  "/sign-in?at=%00&then=%00", "/sign-in/wait?at=%00", "/ecm27/notes?show=%00"])
def test_a21_a_search_for_a_nul_finds_nothing(path: str, browser: FlaskClient) -> None:
    assert browser.get(path).status_code == 200


@pytest.mark.parametrize("path", [
    "/sign-in", "/sign-in?at=%00", "/sign-in/wait", "/sign-in/%00", "/ecm27/proposals/new", "/ecm27/proposals/{session}/edit", "/ecm27/proposals/preview",
    "/ecm27/proposals/{session}/vote", "/ecm27/agenda/{session}/pick", "/ecm27/organise/doors", "/ecm27/organise/plan/{session}",
    "/ecm27/sessions/{session}/notes/edit", "/ecm27/sessions/{session}/project", "/ecm27/door/pair", "/ecm27/door/check-in", "/ecm27/door/events",
    "/ecm27/organise/people/{host}/role", "/account/second-factor", "/camps/new"])
def test_a21_a_form_with_nuls_is_taken_without_them_or_refused(path: str, camp: Camp, host: Participant, browser: FlaskClient) -> None:
    session = make.session(camp, hosts=[host])
    answer = browser.post(path.format(session=session.id, host=host.id), data=TEXTS)
    assert answer.status_code < 500


def test_a21_a_cookie_with_a_nul_is_nobodys(browser: FlaskClient) -> None:
    browser.set_cookie("__Host-camp", "a%00", secure=True)
    browser.set_cookie("__Secure-camp-door", "a%00", secure=True, path="/ecm27/door")
    assert browser.get("/ecm27/door").status_code == 200
    assert browser.get("/ecm27/organise").status_code == 303
