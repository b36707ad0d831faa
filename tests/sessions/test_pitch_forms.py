from __future__ import annotations

import pytest
from flask import Flask

from camp.editions import NEVER_SEEN
from sessions.desk import Pitch
from sessions.pitch_forms import LineForm, PitchForm, RoundForm, ScreenForm


def test_the_desks_form_gives_what_was_typed_and_nothing_for_numbers_that_are_none(app: Flask) -> None:
    data = {"title": " Returns ", "host": "Mai", "hands": "31", "nonce": "n", "turn": "4", "edit_number": "2", "cell": "1-2"}
    with app.test_request_context("/", method="POST", data=data):
        form = PitchForm()
        assert form.validate() and form.pitch() == Pitch("n", "Returns", "Mai", 31, "1-2", 4, 2)
    with app.test_request_context("/", method="POST", data={"title": "T", "host": "M", "turn": "x", "edit_number": str(10**20)}):
        form = PitchForm()
        assert form.validate() and form.pitch() == Pitch("", "T", "M", edit_number=NEVER_SEEN)


@pytest.mark.parametrize(("data", "fields"), [({"title": "", "host": ""}, {"title", "host"}), ({"title": "x" * 151, "host": "x" * 201}, {"title", "host"}),
                                              ({"title": "T", "host": "M", "hands": "many"}, {"hands"})])
def test_the_desks_form_names_what_is_wrong(app: Flask, data: dict[str, str], fields: set[str]) -> None:
    with app.test_request_context("/", method="POST", data=data):
        form = PitchForm()
        assert not form.validate() and set(form.errors) == fields


def test_settings_and_screens_are_asked_within_bounds(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"seconds": "5", "percent": "900", "name": "", "kind": "toaster"}):
        forms = RoundForm(), ScreenForm().offer()
        assert [form.validate() for form in forms] == [False, False]
        assert [set(form.errors) for form in forms] == [{"seconds", "percent"}, {"name", "kind"}]


def test_the_line_offers_proposals_and_none_of_them(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"title": " T "}):
        form = LineForm().offer([], "None")
        assert form.validate() and (form.session.choices, form.session.data, form.title.data) == ([(0, "None")], 0, "T")
