from __future__ import annotations

from flask import Flask
from wtforms import StringField

from camp.errors import BadInput, Conflict
from camp.forms import SignInForm, StrictForm, many_lines, one_line, refuse


def test_a_refusal_goes_beside_its_field_or_above_the_form(app: Flask) -> None:
    with app.test_request_context("/?lang=en", method="POST", data={"email": "x"}):
        form = SignInForm()
        form.validate()
        refuse(form, BadInput("There is no @.", "For example: mai@lagerpilot.de", field="email"))
        refuse(form, Conflict("This link has been used."))
        assert form.email.errors == ["There is no @. For example: mai@lagerpilot.de"]
        assert form.form_errors == ["This link has been used."]


def test_filters_free_lines_from_blanks_and_count_a_line_break_once() -> None:
    assert [one_line(words) for words in (None, " a\tb \u0007")] == ["", "a b"]
    assert [many_lines(words) for words in (None, "a\r\nb\u0007 ")] == ["", "a\nb"]


def test_a_form_with_a_prefix_knows_its_fields_and_buttons_and_refuses_others(app: Flask) -> None:
    class Form(StrictForm):
        buttons = ("make",)
        name = StringField()

    for more, good in (({}, True), ({"make": "1"}, True), ({"csrf_token": "t", "row-csrf_token": "t"}, True), ({"role": "x"}, False), ({"row-role": "x"}, False), ({"name": "x"}, False)):
        with app.test_request_context("/?lang=en", method="POST", data={"row-name": "x"} | more):
            form = Form(prefix="row-")
            assert (form.validate(), bool(form.form_errors)) == (good, not good), more
