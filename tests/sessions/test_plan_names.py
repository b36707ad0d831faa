"""Tests of sessions/plan_names.py."""

from __future__ import annotations

from datetime import time

import pytest
from flask import Flask

from camp import venue
from camp.db import db, writing
from camp.errors import NotFound
from sessions import agenda, planning
from sessions.mending import Damage
from sessions.plan_names import as_plan, damage_of
from sessions.standing import standing_of
from tests import make

KEY = "v" * 43


def test_rooms_slots_hosts_and_sessions_go_by_what_people_call_them(app: Flask) -> None:
    camp = make.camp(slots=3)
    anna = make.participant(camp, "Anna", "Richter", address="anna@example.org")
    one = make.session(camp, "One", [anna])
    grid, standing = venue.grid(camp), standing_of(camp, KEY)
    room, (first, second, third) = grid.rooms[0], grid.session_slots
    assert (first.starts, second.starts) == (time(10), time(11))
    whole = Damage(room.id, second.id, one.id, anna.id, third.id)
    for text, since, session in ((f"{room.letter.lower()}:11:00", "Anna Richter:13:00", str(one.id)),
                                 (f"{room.name}:2027-04-24T11:00", "ANNA@example.org:2027-04-24T13:00", str(one.id))):
        assert damage_of(standing, text, since, session) == whole
    assert damage_of(standing, room.letter, "", "") == Damage(room.id)
    assert damage_of(standing, "", "", "") == Damage()


@pytest.mark.parametrize(("words", "sentence"), [
    (("Z9", "", ""), "There is no room “Z9”; write its letter or its name."),
    (("A:9:17", "", ""), "There is no slot at “9:17”; write when it begins, like 10:30 or 2027-04-24T10:30."),
    (("", "Anna Richter", ""), "There is no slot at “?”; write when it begins, like 10:30 or 2027-04-24T10:30."),
    (("", "Ben:10:00", ""), "“Ben” holds no session; write the host's name or mail address."),
    (("", "", "99"), "There is no session “99”; write the number in its page's address."),
])
def test_what_is_not_at_this_camp_is_named(app: Flask, words: tuple[str, str, str], sentence: str) -> None:
    camp = make.camp(slots=3)
    make.session(camp, "One", [make.participant(camp, "Anna", "Richter")])
    with pytest.raises(NotFound) as caught:
        damage_of(standing_of(camp, KEY), *words)
    assert caught.value.sentence() == sentence


def test_an_agenda_is_a_plan_without_what_was_cancelled(app: Flask) -> None:
    camp = make.camp(slots=3)
    one, two = make.session(camp, "One"), make.session(camp, "Two")
    grid = venue.grid(camp)
    with writing():
        for number, session in enumerate((one, two)):
            planning.move(camp, session.id, grid.rooms[0].id, grid.session_slots[number].id)
    with writing():
        version = agenda.publish(camp)
    assert as_plan(version, standing_of(camp)) == standing_of(camp).placed
    with writing():
        planning.take_out(camp, two.id)
    with writing():
        version = agenda.publish(camp)
    assert [row.session for row in as_plan(version, standing_of(camp))] == [f"s{one.id}"]
    db.session.rollback()
