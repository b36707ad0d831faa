"""Tests of sessions/guest_forms.py."""

from __future__ import annotations

import pytest
from flask import Flask

from sessions.guest_forms import EnteredForm, GuestForm


@pytest.mark.parametrize(("data", "wrong"), [
    ({"title": "T", "name": "N"}, set()), ({"title": " ", "name": ""}, {"title", "name"}), ({"title": "x" * 151, "name": "x" * 201}, {"title", "name"}),
    ({"title": "a\N{RIGHT-TO-LEFT OVERRIDE}b", "name": "\N{RIGHT-TO-LEFT OVERRIDE}N"}, {"title", "name"})])
def test_a_guest_gives_a_title_and_a_name_that_can_be_read(app: Flask, data: dict[str, str], wrong: set[str]) -> None:
    with app.test_request_context("/", method="POST", data=data):
        form = GuestForm()
        assert (form.validate(), set(form.errors)) == (not wrong, wrong)


def test_staff_says_who_holds_it(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"title": "T", "host": ""}):
        form = EnteredForm().offer([], [])
        assert not form.validate() and set(form.errors) == {"host"}
