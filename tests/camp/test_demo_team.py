"""The demo's team: shifts that do not overlap, an hour that is open, a helper and a caterer."""

from __future__ import annotations

from flask import Flask

from camp import catering_orders, demo_team, people, roster
from camp.db import writing
from tests import make


def test_the_day_has_its_shifts_and_an_open_hour(app: Flask) -> None:
    camp = make.camp(slots=6)
    crowd = [make.participant(camp, f"Name{number}", "Muster") for number in range(13)]
    with writing():
        demo_team.fill(camp, crowd)
        helper, caterer = demo_team.roles(camp, crowd)
        demo_team.roles(camp, crowd)
    rows = roster.shifts(camp)
    assert {one.task for one in rows} == {"lead", "door", "shirts", "rooms", "pitch"}
    assert [one.task for one in rows if not one.who] == ["door"]
    assert len(roster.open_hours(camp, rows)) == 1
    assert catering_orders.of(camp).percent == 85
    assert (people.roles_of(camp.id, helper.person_id), people.roles_of(camp.id, caterer.person_id)) == ({"helper"}, {"catering"})
