"""Tests of sessions/wants_forms.py."""

from __future__ import annotations

from flask import Flask

from sessions import wants_forms
from sessions.planner.problem import Wants


def test_the_form_gives_back_what_it_was_filled_with_and_what_was_ticked(app: Flask) -> None:
    for wants in (Wants(), Wants(firsts=True, together=True), Wants(True, True, True, True)):
        with app.test_request_context("/"):
            assert wants_forms.of(wants).wants() == wants
    with app.test_request_context("/", method="POST", data={"apart": "y"}):
        assert wants_forms.of(Wants(firsts=True)).wants() == Wants(apart=True)
