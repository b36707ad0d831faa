"""Tests of sessions/views/board.py."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from camp import camps, venue
from camp.db import db, writing
from camp.models import Camp
from sessions import mending, planning, steps
from tests import make
from tests.queries import count_queries

SCRIPT = {"X-Board": "1"}
SEEN = {"seen": "99"}  # whatever has been done on the board so far
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}"


def helper(app: Flask, camp: Camp, given: str = "Olga", role: str = "moderator") -> FlaskClient:
    """The browser of somebody with a role at the camp."""
    who = make.participant(camp, given, "Wolf")
    make.role(camp, who.person, role)
    return make.browser(app, who)


def cells(camp: Camp) -> list[str]:
    """The camp's cells as the board names them, by time and room."""
    grid = venue.grid(camp)
    found = [f"{room.id}-{slot.id}" for slot in grid.session_slots for room in grid.rooms]
    db.session.rollback()
    return found


def at(camp: Camp) -> dict[int, str]:
    found = {row.session_id: f"{row.room_id}-{row.slot_id}" for row in planning.placements(camp) if row.part == 1}
    db.session.rollback()
    return found


def test_a_move_by_script_answers_with_the_board_and_says_what_was_done(app: Flask) -> None:
    camp = make.camp()
    one, browser = make.session(camp, "One"), helper(app, camp)
    answer = browser.post(f"/ecm27/organise/plan/{one.id}?lang=en", data={"cell": cells(camp)[3], "seen": "0"}, headers=SCRIPT)
    assert answer.status_code == 200 and "<!doctype" not in answer.text
    assert 'data-said="“One” is now at 11:00, B · Room B."' in answer.text
    assert at(camp) == {one.id: cells(camp)[3]}


def test_who_comes_second_sees_what_was_done_by_whom_and_may_say_the_wish_again(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp, "One")
    anna, ben = helper(app, camp, "Anna"), helper(app, camp, "Ben")
    there = cells(camp)
    seen = re.search(r'data-seen="(\d+)"', ben.get("/ecm27/organise/plan").text)[1]  # type: ignore[index]
    anna.post(f"/ecm27/organise/plan/{one.id}", data={"cell": there[0], "seen": seen})
    for headers in (SCRIPT, {}):
        late = ben.post(f"/ecm27/organise/plan/{one.id}?lang=en", data={"cell": there[3], "seen": seen, "pinned": "y"}, headers=headers)
        assert late.status_code == 409
        assert re.search(r"Anna Wolf at \d+:\d\d: “One”: tray → 10:00, A · Room A\.", late.text)
        assert "Your wish: “One” to 11:00, B · Room B." in late.text and f'name="cell" value="{there[3]}"' in late.text
    assert at(camp) == {one.id: there[0]}
    fresh = re.search(r'name="seen" value="(\d+)"', late.text)[1]  # type: ignore[index]
    assert ben.post(f"/ecm27/organise/plan/{one.id}", data={"cell": there[3], "seen": fresh}, headers=SCRIPT).status_code == 200
    assert at(camp) == {one.id: there[3]}


def test_what_does_not_say_which_board_it_saw_is_told_so_and_moves_nothing(app: Flask) -> None:
    camp = make.camp()
    one, browser = make.session(camp, "One"), helper(app, camp)
    for path, data in (("", {"cell": cells(camp)[0]}), ("", {"cell": "tray"}), ("/pin", {"wanted": "yes"})):
        answer = browser.post(f"/ecm27/organise/plan/{one.id}{path}?lang=en", data=data, headers=SCRIPT)
        assert answer.status_code == 422 and "This does not say how the board stood, so nothing was done. Load the board" in answer.text
    assert at(camp) == {}


def test_undo_and_redo_are_shared_and_refuse_in_words(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp, "One")
    anna, ben = helper(app, camp, "Anna"), helper(app, camp, "Ben")
    there = cells(camp)
    anna.post(f"/ecm27/organise/plan/{one.id}", data=SEEN | {"cell": there[0]})
    first = steps.last(camp)
    anna.post(f"/ecm27/organise/plan/{one.id}", data=SEEN | {"cell": there[1]})
    refused = ben.post("/ecm27/organise/plan/undo?lang=en", data={"step": first}, headers=SCRIPT)
    assert refused.status_code == 409 and "“One” was moved since, so this step stays as it is." in refused.text
    undone = ben.post("/ecm27/organise/plan/undo?lang=en", data={"step": first + 1}, headers=SCRIPT)
    assert undone.status_code == 200 and "Taken back: “One”: 10:00, A · Room A → 10:00, B · Room B" in undone.text
    assert at(camp) == {one.id: there[0]}
    anna.post("/ecm27/organise/plan/redo", data={"step": first + 1})
    assert at(camp) == {one.id: there[1]}
    page = anna.get("/ecm27/organise/plan/history?lang=en").text
    assert page.count("Anna Wolf") == 3 and "Ben Wolf" in page and "Made again: “One”: 10:00" in page and "Taken back: “One”: 10:00" in page


def test_pin_and_release(app: Flask) -> None:
    camp = make.camp()
    one, browser = make.session(camp, "One"), helper(app, camp)
    browser.post(f"/ecm27/organise/plan/{one.id}", data=SEEN | {"cell": cells(camp)[0]})
    for wanted, said in (("yes", "is pinned"), ("no", "is released")):
        assert said in browser.post(f"/ecm27/organise/plan/{one.id}/pin?lang=en", data=SEEN | {"wanted": wanted}, headers=SCRIPT).text
        assert [row.pinned for row in planning.placements(camp)] == [wanted == "yes"]
        db.session.rollback()
    assert browser.post("/ecm27/organise/plan/999/pin", data=SEEN | {"wanted": "yes"}).status_code == 404


def test_what_if_tells_every_cell_in_one_answer_and_why_its_reason(app: Flask) -> None:
    camp = make.camp()
    one, waits = make.session(camp, "One"), make.session(camp, "Waits", [make.participant(camp, state="waiting")])
    browser = helper(app, camp)
    told = browser.get(f"/ecm27/organise/plan/{one.id}/what-if?lang=en").json
    assert (told["title"], [cell["cell"] for cell in told["cells"]]) == ("One", cells(camp))
    assert {cell["text"] for cell in told["cells"]} == {"free, 30 seats"} and sum(cell["best"] for cell in told["cells"]) == 1
    assert "No" not in told["why"]
    assert browser.get(f"/ecm27/organise/plan/{waits.id}/what-if?lang=en").json \
        == {"title": "Waits", "why": "All who would hold it are on the waiting list.", "cells": []}
    assert "could have a free cell" in browser.get(f"/ecm27/organise/plan/{one.id}/why?lang=en").json["say"]
    assert "waiting list" in browser.get(f"/ecm27/organise/plan/{waits.id}/why?lang=en").json["say"]
    assert browser.get("/ecm27/organise/plan/999/what-if").status_code == 404


def test_fresh_is_empty_until_something_changes(app: Flask) -> None:
    camp = make.camp()
    one, browser = make.session(camp, "One"), helper(app, camp)
    number = mending.version_of(camp)
    assert browser.get(f"/ecm27/organise/plan/board?version={number}").status_code == 204
    browser.post(f"/ecm27/organise/plan/{one.id}", data=SEEN | {"cell": cells(camp)[0]})
    answer = browser.get(f"/ecm27/organise/plan/board?version={number}")
    assert answer.status_code == 200 and 'id="board-wall"' in answer.text


def test_marks_stand_in_the_cell_in_words(app: Flask) -> None:
    camp = make.camp(seats=1)
    anna = make.participant(camp, "Anna", "Richter")
    one, other = make.session(camp, "One", [anna], needs=["beamer"]), make.session(camp, "Other", [anna])
    for _ in range(3):
        make.vote(app, make.participant(camp), one)
    browser, there = helper(app, camp), cells(camp)
    browser.post(f"/ecm27/organise/plan/{one.id}", data=SEEN | {"cell": there[0]})
    page = browser.post(f"/ecm27/organise/plan/{other.id}?lang=en", data=SEEN | {"cell": there[1]}, headers=SCRIPT).text
    assert "projector is missing" in page and page.count("Anna Richter twice") == 2 and "2 too many" in page
    assert "Anna Richter also hosts “One” at 10:00." in page and "2 sessions break a rule" in page


def test_hostile_titles_are_text_everywhere(app: Flask) -> None:
    camp = make.camp()
    one, browser = make.session(camp, HOSTILE), helper(app, camp)
    pages = [browser.post(f"/ecm27/organise/plan/{one.id}", data=SEEN | {"cell": cells(camp)[0]}, headers=SCRIPT).text,
             *(browser.get(f"/ecm27/organise/plan{path}").text for path in ("", f"/{one.id}", "/history", "/board"))]
    for page in pages:
        assert "<img" not in page and "&lt;img" in page and "{{7*7}}" in page


def test_the_number_of_queries_does_not_grow_with_the_board(app: Flask) -> None:
    camp = make.camp(rooms=6)
    browser, there, numbers = helper(app, camp), cells(camp), []
    for number in range(3):
        one = make.session(camp, f"S{number}")
        for cell in (number, number + 6, number):
            browser.post(f"/ecm27/organise/plan/{one.id}", data=SEEN | {"cell": there[cell]})
        counts = []
        for path in ("/board", f"/{one.id}", "/history", f"/{one.id}/what-if"):
            with count_queries() as counted:
                assert browser.get(f"/ecm27/organise/plan{path}").status_code == 200
            counts.append(len(counted))
        numbers.append(counts)
    assert numbers == [[15, 15, 15, 9]] * 3


def test_while_the_round_is_live_the_plan_says_that_it_is_public_and_looks_every_two_seconds(app: Flask) -> None:
    camp = make.camp()
    browser = helper(app, camp)
    for live, says, every in ((False, "not public", "5"), (True, "live: everybody sees each move at once", "2")):
        if live:
            with writing():
                camps.set_phase(camp, "pitch", None, None)
        page = browser.get("/ecm27/organise/plan?lang=en").text
        assert says in page and f'data-every="{every}"' in page


def test_the_board_is_for_moderators(app: Flask) -> None:
    camp = make.camp()
    assert make.browser(app, make.participant(camp)).get("/ecm27/organise/plan/board").status_code == 403


def test_the_dialog_says_what_would_happen_whatever_stands_in_the_title(app: Flask) -> None:
    camp = make.camp()
    session = make.session(camp, "Zwei Jahre danach: was blieb")
    page = helper(app, camp).get(f"/ecm27/organise/plan/{session.id}?lang=en").text
    told = re.findall(r"<small>([^<]*)</small></span></button>", page)
    assert len(told) == 4 and not any("was blieb" in one for one in told)
