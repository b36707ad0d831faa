from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from camp.errors import BadInput, Conflict
from camp.forms import CampForm, SignInForm, many_lines, one_line, refuse


def test_a_refusal_goes_beside_its_field_or_above_the_form(app: Flask) -> None:
    with app.test_request_context("/?lang=en", method="POST", data={"email": "x"}):
        form = SignInForm()
        form.validate()
        refuse(form, BadInput("There is no @.", "For example: mai@lagerpilot.de", field="email"))
        refuse(form, Conflict("This link has been used."))
        assert form.email.errors == ["There is no @. For example: mai@lagerpilot.de"]
        assert form.form_errors == ["This link has been used."]


@pytest.mark.parametrize("typed", ["2027-04-24", "24.04.2027"])
def test_a_day_is_read_as_browsers_send_it_and_as_people_type_it(app: Flask, typed: str) -> None:
    with app.test_request_context("/", method="POST", data={"date": typed}):
        assert CampForm().date.data == date(2027, 4, 24)


def test_filters_free_lines_from_blanks_and_count_a_line_break_once() -> None:
    assert [one_line(words) for words in (None, " a\tb \u0007")] == ["", "a b"]
    assert [many_lines(words) for words in (None, "a\r\nb\u0007 ")] == ["", "a\nb"]


def test_each_bad_field_gets_its_sentence_and_keeps_its_text(app: Flask) -> None:
    data = {"title": " ", "slug": "x" * 41, "date": "2027-02-30", "capacity": "many", "venue": "v" * 201}
    with app.test_request_context("/?lang=en", method="POST", data=data):
        form = CampForm()
        assert not form.validate()
        assert {name: list(errors) for name, errors in form.errors.items()} == {
            "title": ["This is still empty."], "slug": ["This is too long: at most 40 characters."],
            "date": ["This is no day. For example: 24.04.2027"], "capacity": ["This is no number."],
            "venue": ["This is too long: at most 200 characters."]}
        assert form.slug.data == "x" * 41
