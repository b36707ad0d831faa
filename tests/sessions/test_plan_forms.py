"""Tests of sessions/plan_forms.py."""

from __future__ import annotations

from flask import Flask

from camp import venue
from camp.db import writing
from sessions import plan_forms, planning
from sessions.planner.problem import Breach
from sessions.standing import standing_of
from tests import make

KEY = "v" * 43


def test_form_offers_the_grid_and_begins_where_the_session_lies(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp)
    with writing():
        room, slot = venue.rooms(camp)[1].id, venue.slots(camp)[0].id
        planning.move(camp, one.id, room, slot, pinned=True)
    with app.test_request_context("/?lang=en"):
        form = plan_forms.of(standing_of(camp, KEY), one.id)
        assert (form.room.data, form.slot.data, form.pinned.data, form.cell()) \
            == (str(room), str(slot), True, (room, slot))
        assert [label for _, label in form.slot.choices] == ["Choose …", "10:00", "11:00"]
        assert [label for _, label in form.room.choices] \
            == ["Choose …", "A · Room A, 30 places", "B · Room B, 30 places"]


def test_cell_takes_nonsense_for_no_row(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"room": "x", "slot": "-3"}):
        assert plan_forms.MoveForm().cell() == (0, 0)


def test_refuse_puts_a_rule_beside_the_field_it_speaks_of(app: Flask) -> None:
    with app.test_request_context():
        form = plan_forms.MoveForm()
        form.refuse(Breach("taken", "s1", "r1", "t1", "s2"), "Taken.")
        form.refuse(Breach("host_busy", "s1", "r1", "t1", "s2", "p1"), "Busy.")
        assert (form.room.errors, form.slot.errors) == (["Taken."], ["Busy."])
