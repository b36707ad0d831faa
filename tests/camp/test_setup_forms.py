from __future__ import annotations

from datetime import UTC, datetime

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
    sent = {"title": "T", "slug": "ecm27", "timezone": "Europe/Berlin", "capacity": "5", "languages": ["de"], "accent": "#FFFFFF"}
    with app.test_request_context("/", method="POST", data=sent):
        form = setup_forms.settings_of(camp)
        assert form.validate()
        assert form.values()["accent"] == ""
    with app.test_request_context("/", method="POST", data=sent | {"own_colour": "y"}):
        assert setup_forms.settings_of(camp).values()["accent"] == "#ffffff"


def test_zero_places_and_no_language_are_refused(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"title": "x" * 151, "slug": "a", "timezone": "X", "capacity": "0"}):
        form = setup_forms.settings_of(make.camp())
        assert not form.validate()
        assert set(form.errors) == {"title", "capacity", "languages"}
