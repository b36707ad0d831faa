from __future__ import annotations

from datetime import time

from flask import Flask

from camp import venue, venue_forms
from camp.slots import Span
from tests import make

EN = {"Accept-Language": "en"}


SLOT = {"date": "2027-04-24", "starts": "9.30", "ends": "10:15", "kind": "break", "title": " Kaffee  pause "}


def test_a_slot_is_read(app: Flask) -> None:
    camp = make.camp()
    with app.test_request_context("/", method="POST", data=SLOT):
        form = venue_forms.slot_form(camp)
        assert form.validate()
        assert form.span() == Span(make.DAY, time(9, 30), time(10, 15), "break", "Kaffee pause")


def test_a_time_that_is_none_has_one_sentence(app: Flask) -> None:
    camp = make.camp()
    with app.test_request_context("/", method="POST", data=SLOT | {"starts": "halb zehn", "date": "2027-04-25"}, headers=EN):
        form = venue_forms.slot_form(camp)
        assert not form.validate()
        assert [str(error) for error in form.starts.errors] == ["This is no time. For example: 9:30"]
        assert set(form.errors) == {"starts", "date"}


def test_a_row_of_no_slots_is_refused(app: Flask) -> None:
    camp, data = make.camp(), {"row-date": "2027-04-24", "row-start": "11:00", "row-length": "45", "row-pause": "15"}
    for how_many, good in (("3", True), ("0", False), ("21", False), ("", False)):
        with app.test_request_context("/", method="POST", data=data | {"row-how_many": how_many}):
            assert venue_forms.row_form(camp).validate() is good


def test_a_room_form_shows_the_room(app: Flask) -> None:
    camp = make.camp()
    there = venue.rooms(camp)
    there[0].features = ["stream"]
    with app.test_request_context("/", headers=EN):
        form = venue_forms.room_form(there, there[0])
        assert (form.values(), dict(form.features.choices)["stream"]) == (
            {"name": "Room A", "seats": 30, "features": ["stream"], "way": "", "open_space": False, "letter": "A"}, "video stream")
        assert form.letter.choices[:3] == [("A", "A: dark blue"), ("C", "C: light blue"), ("D", "D: olive")]
