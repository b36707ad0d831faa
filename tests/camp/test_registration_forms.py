"""What the form takes and what it refuses, each with its sentence beside the field."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from camp.registration import Entry
from camp.registration_forms import RegistrationForm
from tests import make
from tests.camp.test_places import FIRST, SECOND, two_days

GOOD = {"given_name": "Mai", "email": "mai@example.org", "kind": "start-up", "photo": "no", "hashtags": "#SEO Segeln", "shirt": "M", "diet": "vegan"}


def filled(app: Flask, data: dict[str, Any], days: int = 1) -> tuple[RegistrationForm, Entry | None]:
    camp = make.camp() if days == 1 else two_days()
    with app.test_request_context("/?lang=en", method="POST", data=data):
        form = RegistrationForm()
        form.set_days(camp)
        return form, form.entry(camp) if form.validate() else None


def test_what_is_written_becomes_an_entry(app: Flask) -> None:
    form, entry = filled(app, GOOD | {"first_time": "y"})
    assert form.errors == {}
    assert entry == Entry(
        {"given_name": "Mai", "family_name": "", "badge_name": "", "pronoun": "", "organisation": "", "kind": "start-up", "town": "", "first_time": True,
         "photo": "no", "listed": False, "hashtags": ["SEO", "Segeln"], "photo_wording": "Do not photograph me."}, {"diet": "vegan", "shirt": "M"}, [])


@pytest.mark.parametrize(("chosen", "kept"), [([SECOND], [SECOND]), ([SECOND, FIRST], [])])
def test_all_days_are_none(app: Flask, chosen: list[str], kept: list[str]) -> None:
    assert filled(app, GOOD | {"days": chosen}, days=2)[1].days == kept  # type: ignore[union-attr]


@pytest.mark.parametrize(("field", "text", "sentence"), [
    ("given_name", "", "This is still empty."), ("given_name", "  ", "This is still empty."), ("given_name", "x" * 101, "This is too long: at most 100 characters."),
    ("given_name", "🎉🎉", "There is no letter and no digit in it."),
    ("family_name", "Krau\u202ese", "This holds signs that nobody sees and that turn text around. Type it anew instead of pasting it."),
    ("badge_name", "a" + "\u0301" * 50, "Too many accents stand on one letter. At most 4."), ("badge_name", "a" + "\u0301" * 400, "This is too long: at most 60 characters."),
    ("organisation", "a\u200bb", "This holds signs that nobody sees and that turn text around. Type it anew instead of pasting it."),
    ("hashtags", "a b c d", "At most three hashtags. Everybody says them in the round of introductions."),
    ("kind", "queen", "Not a valid choice."), ("photo", "maybe", "Not a valid choice."), ("shirt", "XXXXL", "Not a valid choice."), ("diet", "x" * 101, "This is too long: at most 100 characters."),
])
def test_each_refusal_stands_beside_its_field(app: Flask, field: str, text: str, sentence: str) -> None:
    form, entry = filled(app, GOOD | {field: text})
    assert ({name: list(map(str, errors)) for name, errors in form.errors.items()}, entry) == ({field: [sentence]}, None)


def test_one_day_at_least_and_only_days_of_the_camp(app: Flask) -> None:
    assert filled(app, GOOD, days=2)[0].errors == {"days": ["Choose a day at least."]}
    with app.test_request_context("/"):
        pass


@pytest.mark.parametrize("name", ["role", "camp_id", "is_admin", "state", "id", "days"])
def test_a26_what_the_form_does_not_ask_for_is_refused(app: Flask, name: str) -> None:
    form, entry = filled(app, GOOD | {name: "1"})
    assert (form.form_errors, entry) == ([f"This form does not ask for “{name}”; nothing was saved."], None)
