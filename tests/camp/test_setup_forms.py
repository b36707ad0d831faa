from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from camp import setup_forms
from camp.phases import Span
from tests import make


def test_the_phase_form_reads_wall_time_of_the_camp(app: Flask) -> None:
    data = {"mode": "times", "opens": "2027-04-24T09:00", "closes": "24.04.2027 18:30"}
    with app.test_request_context("/", method="POST", data=data):
        form = setup_forms.PhaseForm()
        assert form.validate()
        assert form.span("Europe/Berlin") == Span(datetime(2027, 4, 24, 7, tzinfo=UTC), datetime(2027, 4, 24, 16, 30, tzinfo=UTC))


def test_the_phase_form_shows_what_is_set(app: Flask) -> None:
    with app.test_request_context("/"):
        rows = [setup_forms.phase_of(span, "Europe/Berlin") for span in (None, Span(), Span(datetime(2027, 4, 24, 7, tzinfo=UTC)))]
    assert [(form.mode.data, form.opens.data) for form in rows] == [("closed", None), ("open", None), ("times", datetime(2027, 4, 24, 9))]


def test_a_day_and_time_that_is_none_has_one_sentence(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"mode": "times", "opens": "bald"}, headers={"Accept-Language": "en"}):
        form = setup_forms.PhaseForm()
        assert not form.validate()
        assert [str(error) for error in form.opens.errors] == ["This is no day and time. For example: 24.04.2027 9:00"]


def test_without_the_tick_there_is_no_colour(app: Flask) -> None:
    camp = make.camp(accent="#22338f")
    with app.test_request_context("/", method="POST", data={"accent": "#FFFFFF"}):
        form = setup_forms.look_of(camp)
        assert form.validate()
        assert form.colour() == ""
    with app.test_request_context("/", method="POST", data={"accent": "#FFFFFF", "own_colour": "y"}):
        assert setup_forms.look_of(camp).colour() == "#ffffff"
    with app.test_request_context("/"):
        assert (setup_forms.look_of(camp).own_colour.data, setup_forms.look_of(camp).colour()) == (True, "#22338f")


def test_a_new_camp_begins_with_the_zone_and_languages_of_most(app: Flask) -> None:
    with app.test_request_context("/"):
        form = setup_forms.new_camp()
        assert (form.timezone.data, form.languages.data) == ("Europe/Berlin", ["de", "en"])


@pytest.mark.parametrize("typed", ["2027-04-24", "24.04.2027"])
def test_a_day_is_read_as_browsers_send_it_and_as_people_type_it(app: Flask, typed: str) -> None:
    with app.test_request_context("/", method="POST", data={"date": typed}):
        assert setup_forms.new_camp().date.data == date(2027, 4, 24)


def test_each_bad_field_of_a_new_camp_gets_its_sentence_and_keeps_its_text(app: Flask) -> None:
    data = {"title": " ", "slug": "x" * 41, "date": "2027-02-30", "capacity": "many", "venue": "v" * 201, "timezone": "Europe/Berlin", "languages": "de"}
    with app.test_request_context("/?lang=en", method="POST", data=data):
        form = setup_forms.new_camp()
        assert not form.validate()
        assert {name: list(errors) for name, errors in form.errors.items()} == {
            "title": ["This is still empty."], "slug": ["This is too long: at most 40 characters."],
            "date": ["This is no day. For example: 24.04.2027"], "capacity": ["This is no number."],
            "venue": ["This is too long: at most 200 characters."]}
        assert form.slug.data == "x" * 41


def test_zero_places_and_no_language_are_refused(app: Flask) -> None:
    camp = make.camp()
    with app.test_request_context("/", method="POST", data={"title": "x" * 151, "slug": "a", "timezone": "X", "capacity": "0"}):
        form = setup_forms.settings_of(camp)
        assert not form.validate()
        assert set(form.errors) == {"title", "capacity", "languages"}
