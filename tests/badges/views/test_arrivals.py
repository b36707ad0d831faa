from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from badges import door, notes
from badges.models import Admission
from camp import clock
from camp.db import db, writing
from camp.models import Camp
from tests import make
from tests.badges.made import HOST, code, english, phone

PAGE = "/ecm27/organise/arrivals"


def test_the_page_counts_people_and_says_who_did_not_come(app: Flask, camp: Camp, organiser: FlaskClient) -> None:
    assert "The camp has not begun" in organiser.get(PAGE).text
    text = code(make.participant(camp, "Mai", kind="start-up", source="imported"))
    make.participant(camp, "Jo", kind="other", source="registered")
    with clock.shifted(make.until_noon(camp)):
        device = phone(camp)[1]
        with writing():
            door.check_in(camp, device, "nonce-0001", text, host=HOST)
        person = make.person()
        make.role(camp, person, "organiser")
        page = english(make.browser(app, person)).get(PAGE).text
    assert "1 of 2 came, 1 did not." in page
    assert "1 people are here since 12:00" in page
    assert ("Imported from a list" in page, "Registered themselves" in page, "Without registration" in page) == (True, True, False)


def test_a_note_is_saved_and_an_arrival_taken_back(camp: Camp, organiser: FlaskClient) -> None:
    mai = make.participant(camp, "Mai")
    text, device = code(mai), phone(camp)[1]
    with writing():
        door.check_in(camp, device, "nonce-0001", text, host=HOST)
    found = organiser.get(f"{PAGE}?q=mai").text
    assert ("Take back the arrival" in found, "Note to the staff" in found) == (True, True)
    assert organiser.post(f"{PAGE}/{mai.id}/note", data={"text": "Gutschein"}).status_code == 303
    assert notes.of(mai) == "Gutschein"
    assert organiser.post(f"{PAGE}/{mai.id}/note", data={"text": "x" * 300}).status_code == 303
    assert notes.of(mai) == "Gutschein"
    for _ in range(2):
        assert organiser.post(f"{PAGE}/{mai.id}/undo").status_code == 303
        assert db.session.query(Admission).count() == 0
    assert "Take back the arrival" not in organiser.get(f"{PAGE}?q=mai").text


def test_the_living_part_comes_alone_by_script(camp: Camp, organiser: FlaskClient) -> None:
    part = organiser.get(PAGE, headers={"HX-Request": "true"}).text
    assert ("<html" in part, 'id="live"' in part, "0 of 0 are here" in part) == (False, True, True)
