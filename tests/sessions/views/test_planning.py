"""Tests of sessions/views/planning.py."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from camp import venue
from camp.db import db, writing
from camp.models import Camp, ClosedCell
from sessions import agenda, planning
from sessions.models import Session
from tests import make
from tests.queries import count_queries
from tests.sessions.views.test_board import SEEN

KEY = "v" * 43


def helper(app: Flask, camp: Camp, role: str = "organiser") -> FlaskClient:
    """The browser of somebody with a role at the camp."""
    who = make.participant(camp, "Olga", role.title())
    make.role(camp, who.person, role)
    return make.browser(app, who)


def ids(camp: Camp) -> tuple[list[int], list[int]]:
    grid = venue.grid(camp)
    found = [room.id for room in grid.rooms], [slot.id for slot in grid.session_slots]
    db.session.rollback()
    return found


def place(camp: Camp, session: Session, room: int, slot: int, pinned: bool = False) -> None:
    rooms, slots = ids(camp)
    with writing():
        planning.move(camp, session.id, rooms[room], slots[slot], pinned=pinned)


def test_show_has_wall_tray_reasons_and_figures(app: Flask) -> None:
    camp = make.camp(slots=3)
    placed, hard = make.session(camp, "On the wall"), make.session(camp, "Wants a stream", needs=["stream"])
    make.session(camp, "All wait", [make.participant(camp, state="waiting")])
    make.vote(app, make.participant(camp), placed, hard)
    place(camp, placed, 1, 0, pinned=True)
    rooms, slots = ids(camp)
    with writing():
        db.session.add(ClosedCell(room_id=rooms[0], slot_id=slots[1]))
    page = helper(app, camp, "moderator").get("/ecm27/organise/plan?lang=en").text
    assert "1 of 2 wishes fit so far." in page and "1 session has a cell" in page and "1 has none." in page
    assert "No room has video stream." in page
    assert "All who would hold it are on the waiting list." in page
    assert page.count("closed") == 1 and page.count('data-pinned="y"') == 1 and "Lunch" in page
    assert "Make a plan" not in page and "organise/publish" not in page


def test_show_without_grid_and_without_proposals(app: Flask) -> None:
    camp = make.camp(rooms=0, slots=0)
    assert "organise/rooms" in helper(app, camp).get("/ecm27/organise/plan?lang=en").text.partition("No grid yet")[2]
    assert "organise/rooms" not in helper(app, camp, "moderator").get("/ecm27/organise/plan").text
    other = make.camp("ecm28")
    assert "There is no proposal yet." in helper(app, other).get("/ecm28/organise/plan?lang=en").text


def test_moderators_go_from_the_plan_to_all_that_is_theirs(app: Flask) -> None:
    camp = make.camp()
    browser = helper(app, camp, "moderator")
    page = browser.get("/ecm27/organise/plan").text
    for path in ("pitch", "similar", "wall", "paper", "plan/history", "plan/overflow"):
        assert f'href="/ecm27/organise/{path}"' in page and browser.get(f"/ecm27/organise/{path}").status_code == 200


def test_show_is_for_moderators(app: Flask) -> None:
    camp = make.camp()
    assert make.browser(app, make.participant(camp)).get("/ecm27/organise/plan").status_code == 403
    assert make.browser(app).get("/ecm27/organise/plan").status_code == 303


def test_show_takes_the_same_number_of_queries_for_one_session_and_for_three(app: Flask) -> None:
    camp = make.camp(rooms=3)
    browser = helper(app, camp)
    numbers = []
    for number in range(3):
        place(camp, make.session(camp, f"S{number}"), number, 0)
        make.session(camp, f"T{number}", needs=["stream"])
        with count_queries() as counted:
            assert browser.get("/ecm27/organise/plan").status_code == 200
        numbers.append(len(counted))
    assert numbers[0] == numbers[2]


def test_wall_and_tray_leave_out_what_hosts_want_of_their_own(app: Flask) -> None:
    camp = make.camp()
    host = make.participant(camp)
    placed, lies = make.session(camp, "Placed", [host]), make.session(camp, "Lies there", [host])
    make.vote(app, host, placed, lies)
    make.vote(app, make.participant(camp), placed, lies)
    place(camp, placed, 0, 0)
    page = re.sub("<[^>]*>", "", helper(app, camp).get("/ecm27/organise/plan?lang=en").text)
    assert re.findall(r"(\d+) votes?\b", page) == ["1"] and "1 of 30" in page


def test_move_lays_a_session_and_shows_where_it_lies(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp, "One")
    rooms, slots = ids(camp)
    browser = helper(app, camp, "moderator")
    answer = browser.post(f"/ecm27/organise/plan/{one.id}", data=SEEN | {"cell": f"{rooms[1]}-{slots[1]}", "pinned": "y"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ecm27/organise/plan")
    assert [(row.room_id, row.slot_id, row.pinned) for row in planning.placements(camp)] == [(rooms[1], slots[1], True)]
    db.session.rollback()
    page = browser.get(f"/ecm27/organise/plan/{one.id}?lang=en").text
    assert "checked" in page and "Take it out of its cell" in page and "Release it" in page
    assert f'value="{rooms[1]}-{slots[1]}"' not in page and f'value="{rooms[0]}-{slots[0]}"' in page


def test_move_refuses_in_words_and_changes_nothing(app: Flask) -> None:
    camp = make.camp()
    first, second = make.session(camp, "First"), make.session(camp, "Second")
    place(camp, first, 0, 0, pinned=True)
    rooms, slots = ids(camp)
    with writing():
        db.session.add(ClosedCell(room_id=rooms[1], slot_id=slots[1], reason="Sound check"))
    browser = helper(app, camp)
    page = browser.get(f"/ecm27/organise/plan/{second.id}?lang=en").text
    assert "“First” is pinned" in page and f'value="{rooms[0]}-{slots[0]}"' not in page
    for cell, words in ((f"{rooms[0]}-{slots[0]}", "“First” is pinned to 10:00."), (f"{rooms[1]}-{slots[1]}", "Room B is closed at 11:00.")):
        answer = browser.post(f"/ecm27/organise/plan/{second.id}?lang=en", data=SEEN | {"cell": cell})
        assert answer.status_code == 409 and words in answer.text
    assert len(planning.placements(camp)) == 1


def test_move_refuses_nothing_chosen_and_nonsense(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp)
    browser = helper(app, camp)
    for cell, status, words in (("", 422, "Choose a cell."), ("x-y", 422, "Choose a cell."), ("999-999", 409, "is not known")):
        answer = browser.post(f"/ecm27/organise/plan/{one.id}?lang=en", data=SEEN | {"cell": cell})
        assert answer.status_code == status and words in answer.text
    assert browser.get("/ecm27/organise/plan/999").status_code == 404
    assert planning.placements(camp) == []


def test_move_says_why_a_proposal_is_left_out(app: Flask) -> None:
    camp = make.camp()
    waits = make.session(camp, "Waits", [make.participant(camp, state="waiting")])
    rooms, slots = ids(camp)
    browser = helper(app, camp)
    for answer in (browser.get(f"/ecm27/organise/plan/{waits.id}?lang=en"),
                   browser.post(f"/ecm27/organise/plan/{waits.id}?lang=en", data=SEEN | {"cell": f"{rooms[0]}-{slots[0]}"})):
        assert "All who would hold it are on the waiting list." in answer.text and 'name="cell"' not in answer.text
    assert planning.placements(camp) == []


def test_move_to_the_tray_empties_the_cell(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp)
    place(camp, one, 0, 0)
    browser = helper(app, camp, "moderator")
    assert browser.post(f"/ecm27/organise/plan/{one.id}", data=SEEN | {"cell": "tray"}).headers["Location"] == "/ecm27/organise/plan"
    assert planning.placements(camp) == []
    db.session.rollback()
    assert browser.post(f"/ecm27/organise/plan/{one.id}", data=SEEN | {"cell": "tray"}).status_code == 404


def test_publish_page_says_what_changes_and_the_button_publishes(app: Flask) -> None:
    camp = make.camp()
    host = make.participant(camp)
    moves = make.session(camp, "Moves", [host])
    browser = helper(app, camp)
    assert "The plan is empty." in browser.get("/ecm27/organise/publish?lang=en").text
    place(camp, moves, 0, 0)
    page = browser.get("/ecm27/organise/publish?lang=en").text
    assert "New" in page and "10:00, A · Room A" in page and "Publish version 1" in page
    assert browser.post("/ecm27/organise/publish").headers["Location"] == "/ecm27/agenda"
    place(camp, moves, 1, 1)
    page = browser.get("/ecm27/organise/publish?lang=en").text
    assert "10:00, A · Room A" in page and "11:00, B · Room B" in page and "1 person holds or has picked" in page
    browser.post("/ecm27/organise/publish")
    version = agenda.current(camp)
    assert version is not None and version.number == 2


def test_publish_page_names_what_bends_and_is_kept_from_publishing_by_what_does_not(app: Flask) -> None:
    camp = make.camp()
    host = make.participant(camp, "Anna", "Richter")
    one, other = make.session(camp, "One", [host], needs=["beamer"]), make.session(camp, "Other", [host])
    place(camp, one, 0, 0)
    place(camp, other, 1, 0)
    rooms, slots = ids(camp)
    browser = helper(app, camp)
    page = browser.get("/ecm27/organise/publish?lang=en").text
    assert "“One” needs projector, and Room A does not have it." in page and "Anna Richter also hosts “One” at 10:00." in page
    assert "Publish version 1" in page
    with writing():
        db.session.add(ClosedCell(room_id=rooms[1], slot_id=slots[0]))
    refused = browser.post("/ecm27/organise/publish?lang=en")
    for page, status in ((refused, 409), (browser.get("/ecm27/organise/publish?lang=en"), 200)):
        assert page.status_code == status
        assert "Room B is closed at 10:00." in page.text and "Publish version" not in page.text
    assert agenda.current(camp) is None


def test_publish_refuses_when_nothing_has_changed(app: Flask) -> None:
    camp = make.camp()
    place(camp, make.session(camp), 0, 0)
    browser = helper(app, camp)
    browser.post("/ecm27/organise/publish")
    again = browser.post("/ecm27/organise/publish?lang=en")
    assert again.status_code == 409 and "Nothing has changed since version 1." in again.text
    assert "Nothing to publish" in browser.get("/ecm27/organise/publish?lang=en").text
    assert helper(app, camp, "moderator").post("/ecm27/organise/publish").status_code == 403


def test_desk_shows_the_state_of_plan_and_agenda(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp)
    browser = helper(app, camp)
    assert "Nothing is placed yet." in browser.get("/ecm27/organise?lang=en").text
    place(camp, one, 0, 0)
    assert "Publish version 1" in browser.get("/ecm27/organise?lang=en").text
    browser.post("/ecm27/organise/publish")
    assert "Plan and agenda say the same." in browser.get("/ecm27/organise?lang=en").text
