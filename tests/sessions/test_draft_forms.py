"""Tests of sessions/draft_forms.py."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from sessions.draft_forms import SearchForm, TakeForm
from tests.sessions.test_drafts import Proposal


@pytest.mark.parametrize(("sent", "valid"), [("10", True), ("300", True), ("11", False), ("", False), ("x", False)])
def test_only_the_offered_times_are_searched(app: Flask, sent: str, valid: bool) -> None:
    with app.test_request_context("/", method="POST", data={"seconds": sent}):
        assert SearchForm().validate() is valid


def test_sessions_are_chosen_singly_or_by_the_slot_they_come_into(app: Flask) -> None:
    place = Proposal(app)
    place.propose((0, 0, 1), (2, 1, 0))
    comparison = place.compared()
    data = MultiDict([("session", place.name(0)), ("slot", "")])
    with app.test_request_context("/", method="POST", data=data):
        assert TakeForm().chosen(comparison) == {place.name(0), place.name(1)}
    with app.test_request_context("/", method="POST", data={"slot": f"t{place.slots[0]}"}):
        assert TakeForm().chosen(comparison) == {place.name(2)}
