"""Tests of sessions/board_words.py."""

from __future__ import annotations

from flask import Flask
from flask_babel import force_locale

from camp import venue
from camp.db import db, writing
from camp.models import Camp, ClosedCell
from sessions import board_words, marks, planning, steps
from sessions.planner.exchange import outlooks
from sessions.standing import standing_of
from tests import make

KEY = "v" * 43


def tips(app: Flask, camp: Camp, session: int) -> dict[str, tuple[str, str, str]]:
    """Cell → kind, head and text."""
    standing = standing_of(camp, app.config["CAMP"].vote_key)
    with app.test_request_context("/?lang=en"), force_locale("en"):
        found = outlooks(planning.by_hand(standing, session), standing.placed, f"s{session}")
        made = board_words.tips(found, standing, session)
    db.session.rollback()
    return {tip["at"]: (tip["kind"], tip["head"], tip["text"]) for tip in made}


def test_every_cell_says_in_short_words_what_would_happen(app: Flask) -> None:
    camp = make.camp(rooms=3, seats=2)
    anna = make.participant(camp, "Anna", "Richter")
    pinned, hers, wanted = make.session(camp, "Pinned"), make.session(camp, "Hers", [anna]), make.session(camp, "Wanted", [anna])
    make.vote(app, make.participant(camp), wanted)
    for _ in range(3):
        make.vote(app, make.participant(camp), wanted, hers)
    grid = venue.grid(camp)
    with writing():
        planning.move(camp, pinned.id, grid.rooms[0].id, grid.session_slots[0].id, pinned=True)
        planning.move(camp, hers.id, grid.rooms[1].id, grid.session_slots[1].id)
        db.session.add(ClosedCell(room_id=grid.rooms[2].id, slot_id=grid.session_slots[0].id))
    found = tips(app, camp, wanted.id)
    assert {place: found[place] for place in found if place.startswith("10:00")} == {
        "10:00, Room A": ("no", "does not go", "“Pinned” is pinned"), "10:00, Room B": ("good", "+2", "free, but only 2 seats"),
        "10:00, Room C": ("no", "does not go", "closed")}
    assert found["11:00, Room A"][0] == "meh" and found["11:00, Room A"][2] == "Anna Richter twice"
    assert found["11:00, Room B"][2] == "the other to the tray"
    assert tips(app, camp, hers.id)["11:00, Room B"][0] == "here"
    assert tips(app, camp, hers.id)["10:00, Room A"] == ("no", "does not go", "“Pinned” is pinned")


def test_what_was_laid_and_done_is_told_with_who_made_room(app: Flask) -> None:
    camp = make.camp()
    one, other = make.session(camp, "One"), make.session(camp, "Other", needs=["beamer"])
    grid = venue.grid(camp)
    rooms, slots = grid.rooms, grid.session_slots
    with writing():
        planning.move(camp, one.id, rooms[0].id, slots[0].id)
        planning.move(camp, other.id, rooms[1].id, slots[1].id)
        made = planning.move(camp, other.id, rooms[0].id, slots[0].id, exchange=True)
    standing = standing_of(camp)
    with app.test_request_context("/?lang=en"), force_locale("en"):
        said = board_words.laid("Other", made.row, standing, made.others, made.breaches)
        assert said == ("“Other” is now at 10:00, A · Room A. “One” goes to 11:00, Room B. "
                        "“Other” needs projector, and Room A does not have it.")
        told = steps.history(camp)
        known = {row.step.id: row for row in told}
        assert board_words.done(told[0], standing, steps.titles(camp), known) \
            == "“Other”: 11:00, B · Room B → 10:00, A · Room A · “One” → 11:00, B · Room B"
        broken = marks.marks(standing)[other.id]
        assert board_words.reason(standing, other.id, broken).startswith("Laid there by hand, against a rule: “Other” needs projector")
        assert board_words.short(broken[0], standing.names) == "projector is missing"
        assert "“One” is at" in board_words.reason(standing, one.id, ())
