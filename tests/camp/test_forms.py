from __future__ import annotations

from flask import Flask

from camp.errors import BadInput, Conflict
from camp.forms import CampForm, SignInForm, refuse


def test_a_refusal_goes_beside_its_field_or_above_the_form(app: Flask) -> None:
    with app.test_request_context("/?lang=en", method="POST", data={"email": "x"}):
        form = SignInForm()
        form.validate()
        refuse(form, BadInput("There is no @.", "For example: mai@lagerpilot.de", field="email"))
        refuse(form, Conflict("This link has been used."))
        assert form.email.errors == ["There is no @. For example: mai@lagerpilot.de"]
        assert form.form_errors == ["This link has been used."]


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
