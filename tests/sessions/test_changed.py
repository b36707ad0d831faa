"""Tests of sessions/changed.py."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import Flask

from camp import clock, venue
from camp.db import writing
from sessions import agenda, changed, planning
from sessions.agenda import Changes
from sessions.standing import standing_of
from tests import make


def said(found: Changes) -> dict[str, list[str]]:
    return {"new": [entry.title for entry in found.new], "moved": [entry.title for _, entry in found.moved],
            "cancelled": [entry.title for entry in found.cancelled], "reworded": [entry.title for entry in found.reworded]}


def test_two_versions_and_what_is_public_now_are_compared_whole_or_in_a_range_of_times(app: Flask) -> None:
    camp = make.camp(rooms=2, slots=4)
    grid = venue.grid(camp)
    titles = ("Moves", "Goes", "Stays", "Comes", "Words")
    made = {title: make.session(camp, title).id for title in titles}
    cells = [(room.id, slot.id) for slot in grid.session_slots for room in grid.rooms]
    start = clock.now()
    with clock.shifted(timedelta(hours=1)), writing():
        for number, title in enumerate(("Moves", "Goes", "Stays", "Words")):
            planning.move(camp, made[title], *cells[number])
        agenda.publish(camp)
    with clock.shifted(timedelta(hours=2)), writing():
        planning.move(camp, made["Moves"], *cells[6])
        planning.take_out(camp, made["Goes"])
        agenda.publish(camp)
    with clock.shifted(timedelta(hours=3)), writing():
        planning.move(camp, made["Comes"], *cells[5])
        session = next(one for one in planning.cards(standing_of(camp)) if one.session_id == made["Words"]).session
        session.title = "Wording"
        agenda.publish(camp)
    versions = {one.number: one for one in agenda.versions(camp)}
    assert changed.in_force(camp, start) is None
    found = [changed.in_force(camp, start + timedelta(hours=hours, minutes=30)) for hours in (1, 2, 3)]
    assert [one.number if one else 0 for one in found] == [1, 2, 3]
    assert said(changed.between(camp, versions[1], versions[2])) == {"new": [], "moved": ["Moves"], "cancelled": ["Goes"], "reworded": []}
    assert said(changed.between(camp, versions[2])) == {"new": ["Comes"], "moved": [], "cancelled": [], "reworded": ["Wording"]}
    assert said(changed.between(camp, None, versions[1]))["new"] == ["Moves", "Goes", "Stays", "Words"]
    whole, noon = changed.between(camp, versions[1]), datetime.combine(make.DAY, time(12))
    assert said(changed.within(whole, noon, None)) == {"new": ["Comes"], "moved": ["Moves"], "cancelled": [], "reworded": []}
    assert said(changed.within(whole, None, noon)) == {"new": [], "moved": ["Moves"], "cancelled": ["Goes"], "reworded": ["Wording"]}
    assert changed.within(whole, noon + timedelta(hours=9), None).empty
