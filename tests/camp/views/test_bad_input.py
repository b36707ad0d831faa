"""Bad input in the forms of the organisers: each field says what is wrong, the rest stays typed, nothing is saved half."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp.db import db
from camp.models import Camp, LogEntry, Partner, Room, Slot
from tests import make

EN = {"Accept-Language": "en"}
SETTINGS = {"title": "Anderer Titel", "slug": "ecm27", "capacity": "80", "venue": "Foyer", "timezone": "Europe/Berlin", "languages": "de", "hashtag": "neu"}
FORMS = {
    "settings": ("/ecm27/organise/settings", SETTINGS | {"edit_number": "0"}), "days": ("/ecm27/organise/days", {"date": "2027-04-25", "capacity": "50"}),
    "rooms": ("/ecm27/organise/rooms", {"name": "Saal", "seats": "30", "way": "links"}),
    "slots": ("/ecm27/organise/slots", {"date": "2027-04-24", "starts": "18:00", "ends": "19:00", "kind": "break", "title": "Abend"}),
    "row": ("/ecm27/organise/slots/row", {"row-date": "2027-04-24", "row-start": "18:00", "row-length": "45", "row-pause": "15", "row-how_many": "2", "make": "1"}),
    "partners": ("/ecm27/organise/partners", {"name": "Stadt", "tier": "sponsor", "url": "https://example.org"}),
}
EMPTY, LONG, NOTHING, TURNS, MARKS = "This is still empty.", "This is too long", "There is no letter and no digit in it.", "This holds signs that nobody sees and that turn text around.", "Too many accents stand on one letter."
CASES = [
    ("settings", "title", "", EMPTY), ("settings", "title", "x" * 151, LONG), ("settings", "title", "Camp\u202epmaC", TURNS), ("settings", "title", "a" + "\u0301" * 400, LONG), ("settings", "title", "a" + "\u0301" * 40, MARKS),
    ("settings", "title", "🎉🎉", NOTHING), ("settings", "capacity", "0", "At least 1, at most 100000."), ("settings", "capacity", "viele", "This is no number."),
    ("settings", "venue", "Aula\u2066", TURNS), ("settings", "timezone", "Mars", "There is no time zone “Mars”."), ("settings", "slug", "anders", "its address stays"),
    ("settings", "hashtag", "zwei worte", "A hashtag is one word"),
    ("days", "date", "2020-01-01", "This day is over."), ("days", "date", "2027-04-24", "The camp has this day already."), ("days", "date", "", EMPTY), ("days", "date", "31.2.2027", "This is no day."),
    ("days", "capacity", "0", "At least 1, at most 100000."), ("days", "capacity", "-3", "At least 1, at most 100000."),
    ("rooms", "name", "", EMPTY), ("rooms", "name", "Room A", "There is a room of this name."), ("rooms", "name", "S\u200baal", TURNS), ("rooms", "name", "x" * 101, LONG),
    ("rooms", "name", "a" + "\u0300" * 40, MARKS), ("rooms", "name", "🎉", NOTHING), ("rooms", "seats", "0", "At least 1"),
    ("slots", "starts", "25:00", "This is no time."), ("slots", "ends", "17:00", "It ends before it begins."), ("slots", "starts", "10:15", "overlap"), ("slots", "title", "a\u202eb", TURNS),
    ("partners", "name", "", EMPTY), ("partners", "name", "a\u202eb", TURNS), ("partners", "url", "javascript:alert(1)", "A link begins with https://."),
]


@pytest.mark.parametrize(("form", "field", "typed", "sentence"), CASES, ids=[f"{form}-{field}-{n}" for n, (form, field, *_) in enumerate(CASES)])
def test_it_is_refused_beside_its_field_the_rest_stays_and_nothing_is_saved(camp: Camp, browser: FlaskClient, form: str, field: str, typed: str, sentence: str) -> None:
    path, good = FORMS[form]
    page = browser.post(path, data=good | {field: typed}, headers=EN)
    assert (page.status_code, sentence in page.text, f'id="{field}-error"' in page.text) == (422, True, True), page.text[page.text.find('class="errors"'):][:600]
    for name, text in good.items():
        if name not in (field, "edit_number", "kind", "tier", "languages", "date", "slug", "hashtag"):
            assert f'value="{text}"' in page.text, name
    _nothing_saved(camp)


@pytest.mark.parametrize("extra", ["role", "camp_id", "is_admin"])
@pytest.mark.parametrize("form", FORMS)
def test_what_a_form_does_not_ask_for_is_refused_with_everything_else(camp: Camp, browser: FlaskClient, form: str, extra: str) -> None:
    path, good = FORMS[form]
    page = browser.post(path, data=good | {extra: "1"}, headers=EN)
    assert (page.status_code, f"This form does not ask for “{extra}”; nothing was saved." in page.text) == (422, True)
    _nothing_saved(camp)


def test_a_new_camp_that_is_refused_leaves_nothing(app: Flask) -> None:
    browser = make.browser(app, make.person(administrator=True))
    for field, typed in (("title", "🎉"), ("date", "2027-02-30"), ("date", "2020-01-01"), ("capacity", "0"), ("slug", "neu neu"), ("slug", "camps"), ("hashtag", "a b"), ("timezone", "Mars"), ("is_admin", "1")):
        page = browser.post("/camps/new", data=SETTINGS | {"slug": "neu", "date": "2027-05-01", field: typed}, headers=EN)
        assert (page.status_code, "value=\"Foyer\"" in page.text) == (422, True), field
        assert (db.session.query(Camp).count(), db.session.query(LogEntry).count()) == (0, 0), field


def _nothing_saved(camp: Camp) -> None:
    db.session.refresh(camp)
    assert (camp.title, camp.capacity, len(camp.days), db.session.query(Room).count(), db.session.query(Slot).count(), db.session.query(Partner).count(),
            db.session.query(LogEntry).count()) == ("Camp ecm27", 100, 1, 2, 2, 0, 0)
