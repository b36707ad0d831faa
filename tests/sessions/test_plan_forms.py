"""Tests of sessions/plan_forms.py."""

from __future__ import annotations

import pytest
from flask import Flask

from camp.errors import BadInput
from sessions.plan_forms import MoveForm


def test_a_cell_is_a_room_and_a_slot_or_the_tray(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"cell": "12-7", "pinned": "y", "seen": "3"}):
        form = MoveForm()
        assert (form.room_and_slot(), form.pinned.data, form.seen.data, form.to_tray()) == ((12, 7), True, 3, False)
    with app.test_request_context(method="POST", data={"cell": "tray", "seen": "x"}):
        assert (MoveForm().to_tray(), MoveForm().seen.data) == (True, None)


@pytest.mark.parametrize("cell", ["", "12", "12-", "-7", "a-b", "12-7-3", "1²-3", "-1-2"])
def test_nonsense_is_no_cell(app: Flask, cell: str) -> None:
    with app.test_request_context(method="POST", data={"cell": cell}), pytest.raises(BadInput, match="Choose a cell"):
        MoveForm().room_and_slot()
