from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from camp import venue
from camp.db import db, writing
from camp.tenants import Lying
from sessions import planning, tenancy
from sessions.models import Placement
from tests import make


def test_a_session_of_two_slots_lies_in_both_and_goes_whole(app: Flask) -> None:
    camp = make.camp(rooms=2, slots=2)
    grid = venue.grid(camp)
    room, (one, two) = grid.rooms[0], grid.session_slots
    long, short = make.session(camp, "Lang", length=2), make.session(camp, "Kurz")
    foreign = make.camp("other", rooms=1, slots=1)
    away = make.session(foreign, "Woanders")
    with writing():
        planning.move(camp, long.id, room.id, one.id)
        planning.move(camp, short.id, grid.rooms[1].id, two.id)
        planning.move(foreign, away.id, venue.rooms(foreign)[0].id, venue.slots(foreign)[0].id)
    assert tenancy.lying(camp) == [Lying(grid.rooms[1].id, two.id, "Kurz"), Lying(room.id, one.id, "Lang"), Lying(room.id, two.id, "Lang")]
    with writing():
        tenancy.clear(camp, {(room.id, two.id), (venue.rooms(foreign)[0].id, venue.slots(foreign)[0].id)})
    assert set(db.session.scalars(select(Placement.session_id))) == {short.id, away.id}
