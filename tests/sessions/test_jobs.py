"""Tests of sessions/jobs.py."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from camp import jobs, venue
from camp.db import db, writing
from camp.models import Camp, Job
from sessions import drafts, planning
from sessions.models import Placement
from sessions.plan_models import Draft
from tests import make

ARGS: dict[str, Any] = {"seed": 1, "seconds": 0.4, "link": "/ecm27/organise/plan", "language": "en"}


def run(camp: Camp, **args: Any) -> Job:
    """Ask for a plan and let the worker make it."""
    with writing():
        asked = jobs.ask(db.session.get_one(Camp, camp.id), "plan", ARGS | args, None).id
    assert jobs.run_next()
    db.session.expire_all()
    return db.session.get_one(Job, asked)


def proposed(camp: Camp) -> Draft:
    found = drafts.of(camp)
    assert found is not None and found.ready
    return found


def test_the_job_proposes_a_plan_says_what_it_is_worth_and_puts_nothing_in(app: Flask) -> None:
    camp = make.camp()
    one, other = make.session(camp, "One"), make.session(camp, "Other")
    make.vote(app, make.participant(camp), one, other)
    done = run(camp)
    assert (done.state, done.percent) == ("done", 100)
    assert done.result == {"link": "/ecm27/organise/plan", "label": "To the proposed plan", "placed": 2, "kept": 2,
                           "possible": 2, "seed": 1}
    draft = proposed(camp)
    assert {row[0] for row in draft.rows} == {f"s{one.id}", f"s{other.id}"} == set(draft.known)
    assert (draft.job_id, draft.seed, draft.began, draft.bound) == (done.id, 1, [], 2)
    assert drafts.curve(draft)[-1].worth == (2, 0, 2)
    assert list(planning.placements(camp)) == []


def test_the_job_tells_how_far_it_is_and_what_it_has_found(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    camp = make.camp(slots=4)
    for number in range(6):
        make.vote(app, make.participant(camp), make.session(camp, f"S{number}"))
    told: list[tuple[int, str, dict[str, object]]] = []
    seen: list[int] = []

    def tell(self: jobs.Progress, percent: int, note: str, **values: object) -> None:
        told.append((percent, note, values))
        draft = drafts.of(camp)
        seen.append(len(drafts.curve(draft)) if draft else -1)
        db.session.rollback()

    monkeypatch.setattr(jobs.Progress, "tell", tell)
    assert run(camp, seconds=2.5).state == "done"
    assert told[0][1:] == ("%(kept)s of %(possible)s wishes fit so far.", {"kept": 6, "possible": 6})
    assert 0 < told[0][0] < 100
    assert seen[0] == 0 and seen[1] >= 2
    points = drafts.curve(proposed(camp))
    assert [point.seconds for point in points] == sorted(point.seconds for point in points)
    assert len(points) <= 3, "of points that are worth the same, the first and the last stay"


def test_a_stopped_job_proposes_the_best_plan_so_far(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    camp = make.camp()
    one = make.session(camp)
    monkeypatch.setattr(jobs.Progress, "cancelled", lambda self: True)
    assert run(camp, seconds=60).state == "done"
    assert [row[0] for row in proposed(camp).rows] == [f"s{one.id}"]


def test_a_second_search_replaces_the_proposal_of_the_first(app: Flask) -> None:
    camp = make.camp()
    make.session(camp)
    first, second = run(camp), run(camp, seed=2)
    assert first.id != second.id and (proposed(camp).job_id, proposed(camp).seed) == (second.id, 2)


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

