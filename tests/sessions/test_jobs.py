"""Tests of sessions/jobs.py."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from camp import jobs, venue
from camp.db import db, writing
from camp.models import Camp, Job
from sessions import planning
from sessions.models import Placement
from sessions.planner.problem import Breach
from sessions.standing import standing_of
from tests import make

ARGS: dict[str, Any] = {"seed": 1, "seconds": 0.4, "link": "/ecm27/organise/plan", "language": "en", "person_id": None}


def run(camp: Camp, **args: Any) -> Job:
    """Ask for a plan and let the worker make it."""
    with writing():
        asked = jobs.ask(db.session.get_one(Camp, camp.id), "plan", ARGS | args, None).id
    assert jobs.run_next()
    db.session.expire_all()
    return db.session.get_one(Job, asked)


def test_the_job_puts_the_plan_in_and_says_what_it_is_worth(app: Flask) -> None:
    camp = make.camp()
    one, other = make.session(camp, "One"), make.session(camp, "Other")
    make.vote(app, make.participant(camp), one, other)
    done = run(camp)
    assert (done.state, done.percent) == ("done", 100)
    assert done.result == {"link": "/ecm27/organise/plan", "label": "To the plan", "placed": 2, "kept": 2,
                           "possible": 2, "seed": 1}
    assert {row.session_id for row in planning.placements(camp)} == {one.id, other.id}


def test_the_job_tells_how_far_it_is(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    camp = make.camp(slots=4)
    for number in range(6):
        make.vote(app, make.participant(camp), make.session(camp, f"S{number}"))
    told: list[tuple[int, str, dict[str, object]]] = []
    monkeypatch.setattr(jobs.Progress, "tell",
                        lambda self, percent, note, **values: told.append((percent, note, values)))
    assert run(camp, seconds=1.5).state == "done"
    assert told[0][1:] == ("%(kept)s of %(possible)s wishes fit so far.", {"kept": 6, "possible": 6})
    assert 0 < told[0][0] < 100


def test_a_stopped_job_keeps_the_best_plan_so_far(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    camp = make.camp()
    one = make.session(camp)
    monkeypatch.setattr(jobs.Progress, "cancelled", lambda self: True)
    assert run(camp, seconds=60).state == "done"
    assert [row.session_id for row in planning.placements(camp)] == [one.id]


def test_what_a_later_change_forbids_is_told_in_the_language_of_who_asked(
        app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    camp = make.camp()
    one = make.session(camp, "One")
    names = standing_of(camp).names
    db.session.rollback()

    def refuse(camp: Camp, rows: object, **_: object) -> None:
        raise planning.Blocked([Breach("closed", f"s{one.id}", "r1", next(iter(names.slots)))], names)

    monkeypatch.setattr(planning, "apply", refuse)
    failed = run(camp)
    assert (failed.state, failed.note_values) == ("failed", {"culprits": "Room A is closed at 10:00."})


def test_without_a_possible_plan_the_culprits_are_named_and_nothing_moves(app: Flask) -> None:
    camp = make.camp()
    host = make.participant(camp, "Anna", "Richter")
    one, other = make.session(camp, "One", [host]), make.session(camp, "Other", [host])
    with writing():
        rooms, slots = venue.rooms(camp), venue.slots(camp)
        for number, session in enumerate((one, other)):
            db.session.add(Placement(session_id=session.id, room_id=rooms[number].id, slot_id=slots[0].id, pinned=True))
    failed = run(camp)
    assert (failed.state, failed.note) == ("failed", "No plan is possible: %(culprits)s")
    assert failed.note_values["culprits"] == ("“One” and “Other” must both be held at 10:00 by Anna Richter; "
                                              "move one of them, or let somebody else hold it.")
    assert len(planning.placements(camp)) == 2

