"""Tests of sessions/views/proposal_imports.py."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from camp import people_import, uploads
from camp.db import writing
from camp.models import Camp, Person
from sessions import proposals
from tests import make

EN = {"Accept-Language": "en"}


def send(browser: FlaskClient, path: str, data: bytes) -> TestResponse:
    return browser.post(path, data={"file": (io.BytesIO(data), "list.csv")}, headers=EN)


def words(browser: FlaskClient, path: str) -> str:
    return " ".join(browser.get(path, headers=EN).text.split())


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


@pytest.fixture
def organiser(camp: Camp) -> Person:
    who = make.person()
    make.role(camp, who, "organiser")
    return who


@pytest.fixture
def browser(app: Flask, organiser: Person) -> FlaskClient:
    return make.browser(app, organiser)


def test_a_list_is_mapped_looked_at_and_imported_and_then_gone(camp: Camp, browser: FlaskClient) -> None:
    mai = make.participant(camp)
    path = send(browser, "/ecm27/organise/proposals/import", f"Was;Von\n<b>Lager</b>;{mai.name}\nPhishing;Ada\n".encode("cp1252")).headers["Location"]
    page = words(browser, path)
    assert "No column is the title." in page and "Import 2 proposals" not in page and "<b>Lager" not in page
    browser.post(f"{path}/columns", data={"column-0": "title", "column-1": "hosts"})
    page = words(browser, path)
    assert "<dt>New</dt><dd>2</dd>" in page and "&lt;b&gt;Lager&lt;/b&gt;" in page and "Import 2 proposals" in page
    assert browser.post(f"{path}/start", headers=EN).headers["Location"] == "/ecm27/proposals"
    assert sorted((one.title, one.guest, len(one.hosts)) for one in proposals.open_proposals(camp)) == [("<b>Lager</b>", "", 1), ("Phishing", "Ada", 0)]
    assert "2 proposals are new, 0 were changed." in words(browser, "/ecm27/proposals")
    assert browser.get(path).status_code == 404


def test_bad_lines_stand_there_with_their_reason_and_may_be_left_out(camp: Camp, browser: FlaskClient) -> None:
    path = send(browser, "/ecm27/organise/proposals/import", "Titel;Wer\nReturns;Ada\nPhishing;nobody@example.org\n".encode("utf-16")).headers["Location"]
    assert '<td class="num">3</td><td><bdi>“nobody@example.org” is not registered at this camp.</bdi></td>' in words(browser, path)
    assert (browser.post(f"{path}/start").status_code, proposals.open_proposals(camp)) == (422, [])
    assert browser.post(f"{path}/start", data={"partial": "yes"}).status_code == 303
    assert [one.title for one in proposals.open_proposals(camp)] == ["Returns"]


def test_what_is_no_list_or_one_of_people_is_refused_and_a_list_is_thrown_away(camp: Camp, browser: FlaskClient, organiser: Person) -> None:
    assert send(browser, "/ecm27/organise/proposals/import", b"\0\1").status_code == 422
    sheet, broken = people_import.read("people.csv", b"Vorname;Nachname;E-Mail\n")
    with writing():
        people = uploads.keep(camp, organiser, "people.csv", sheet, broken, ["given_name", "family_name", "email"]).id
    assert browser.get(f"/ecm27/organise/proposals/import/{people}").status_code == 404
    path = send(browser, "/ecm27/organise/proposals/import", b"Titel;Wer\nReturns;Ada\n").headers["Location"]
    assert browser.get(path.replace("/proposals/", "/")).status_code == 404  # nor is it a list of people
    assert browser.post(f"{path}/columns", data={"column-0": "nonsense"}).status_code == 422
    browser.post(f"{path}/drop")
    assert browser.get(path).status_code == 404
