from __future__ import annotations

from flask import Flask

from camp import venue
from camp.db import db, writing
from camp.models import ClosedCell
from sessions import agenda, hands, paper, planning
from tests import make


def test_cards_tell_who_where_and_how_many_in_order_of_titles(app: Flask) -> None:
    camp = make.camp()
    late = make.session(camp, "Zölle", [make.participant(camp)], tag="Recht", length=2, needs=["beamer"])
    early = make.session(camp, "apps", guest="Jemand")
    make.session(camp, "Gone", state="withdrawn")
    make.vote(app, make.participant(camp, "Ben"), late)
    grid = venue.grid(camp)
    with writing():
        hands.count(early.id, 7)
        planning.move(camp, early.id, grid.rooms[1].id, grid.session_slots[0].id)
    found = paper.cards(camp)
    assert [(card.title, card.tag, card.length, card.needs, card.votes, card.hands, card.place and card.place.room_letter) for card in found] == [
        ("apps", "", 1, (), 0, 7, "B"), ("Zölle", "Recht", 2, ("beamer",), 1, None, None)]
    assert [card.hosts for card in found] == ["Host of apps Krause, Jemand", "Mai Krause"]


def test_which_cards_are_printed(app: Flask) -> None:
    camp = make.camp()
    grid = venue.grid(camp)
    one, two, three = (make.session(camp, title) for title in ("One", "Two", "Three"))
    with writing():
        planning.move(camp, one.id, grid.rooms[0].id, grid.session_slots[0].id)
        planning.move(camp, two.id, grid.rooms[1].id, grid.session_slots[0].id)
        agenda.publish(camp)
    with writing():
        planning.move(camp, two.id, grid.rooms[1].id, grid.session_slots[1].id)
    assert {which: [card.title for card in paper.cards(camp, which)] for which in ("all", "unplaced", "changed")} == {
        "all": ["One", "Three", "Two"], "unplaced": ["Three"], "changed": ["Two"]}
    assert three.id in {card.session_id for card in paper.cards(camp)}


def test_free_cells_are_open_and_empty(app: Flask) -> None:
    camp = make.camp()
    grid = venue.grid(camp)
    session = make.session(camp, "One")
    with writing():
        db.session.add(ClosedCell(room_id=grid.rooms[1].id, slot_id=grid.session_slots[1].id))
        db.session.flush()
        planning.move(camp, session.id, grid.rooms[0].id, grid.session_slots[0].id)
    assert [(room.letter, slot.starts.hour) for room, slot in paper.free_cells(camp)] == [("B", 10), ("A", 11)]
    assert paper.filled(camp) == {(grid.rooms[0].id, grid.session_slots[0].id): "One"}
