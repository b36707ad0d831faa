from __future__ import annotations

from base64 import b64decode

import pytest
from flask import Flask

from camp import partners, pictures, rooms, venue
from camp.db import db, writing
from camp.errors import BadInput
from camp.models import Camp, LogEntry
from camp.pictures import Picture
from tests import make


def _numbers() -> list[int]:
    return [row.id for row in db.session.query(Picture).order_by(Picture.id)]


def test_another_logo_takes_the_place_of_the_first(app: Flask) -> None:
    camp, who = make.camp(), make.person()
    assert pictures.logo_of(camp) is None
    with writing():
        first = pictures.put(camp, camp, make.picture(), person_id=who.id).id
        second = pictures.put(camp, camp, make.picture(2400, 600))
    logo = pictures.logo_of(camp)
    assert logo is not None
    assert (logo.id, logo.mime, logo.width, logo.height, _numbers()) == (second.id, "image/png", 1200, 300, [second.id])
    assert b64decode(logo.address.removeprefix("data:image/png;base64,")) == logo.data
    assert first != second.id
    assert [(entry.verb, entry.person_id) for entry in db.session.query(LogEntry)] == [("changed pictures", who.id), ("changed pictures", None)]


def test_a_refused_picture_leaves_the_one_before(app: Flask) -> None:
    camp = make.camp()
    with writing():
        kept = pictures.put(camp, camp, make.picture())
    with pytest.raises(BadInput), writing():
        pictures.put(camp, camp, b"none")
    assert (camp.picture_id, _numbers()) == (kept.id, [kept.id])


def test_pictures_belong_to_one_camp_and_go_with_what_they_show(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    room = venue.rooms(camp)[0]
    with writing():
        partners.add(camp, "Partner", "sponsor", "")
        for owner in (camp, room, camp.partners[0]):
            pictures.put(camp, owner, make.picture())
        way = room.picture_id
    assert way is not None
    assert (pictures.of(camp, way) is not None, pictures.of(other, way)) == (True, None)
    with writing():
        rooms.remove(camp, room.id, [], to_tray=False)
        partners.remove(camp, camp.partners[0].id)
    assert _numbers() == [camp.picture_id]
    with writing():
        pictures.remove(camp, camp)
    assert (camp.picture_id, _numbers()) == (None, [])


def test_pictures_go_with_their_camp(app: Flask) -> None:
    camp = make.camp()
    with writing():
        pictures.put(camp, camp, make.picture())
    with writing():
        db.session.delete(db.session.get_one(Camp, camp.id))
    assert _numbers() == []
