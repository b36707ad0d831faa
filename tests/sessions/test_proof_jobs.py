"""Tests of sessions/proof_jobs.py."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from camp import jobs
from camp.db import db, writing
from camp.models import Camp, Job
from sessions import proof_jobs, proofs
from sessions.models import Session
from sessions.planner import NoProof, Plan, score_of
from sessions.planner.bound import Proof
from sessions.standing import standing_of
from tests import make
from tests.sessions.test_drafts import KEY, Proposal


def run(camp: Camp) -> Job:
    with writing():
        asked = jobs.ask(db.session.get_one(Camp, camp.id), "proof", {"seconds": 5, "link": "/q", "language": "en"}, None).id
    assert jobs.run_next()
    db.session.expire_all()
    return db.session.get_one(Job, asked)


def heard(*bounds: float) -> Any:
    """A proof that finds these bounds one after the other."""
    def prove(problem: Any, placements: Any, *, progress: Any, **_: Any) -> None:
        for bound in bounds:
            progress(Proof(Plan(placements, (), score_of(problem, placements)), bound, True))
    return prove


def test_each_better_bound_is_kept_at_once_and_told_at_the_end(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Proposal(app)
    monkeypatch.setattr(proof_jobs, "prove", heard(4.0, 2.5))
    done = run(place.camp)
    assert (done.state, done.note, done.note_values) == ("done", "At most %(percent)s %% below the best possible (proven).", {"percent": 20.0})
    assert (done.result["link"], done.result["label"]) == ("/q", "To the quality of the plan")
    found = proofs.of(place.camp, standing_of(place.camp, KEY))
    assert found is not None and found.bound == 2.5


def test_the_real_proof_of_a_small_plan_says_that_none_is_better(app: Flask) -> None:
    pytest.importorskip("numba")
    assert run(Proposal(app).camp).note == "No plan can be better (proven)."


def test_without_the_extra_it_says_how_to_get_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Proposal(app)

    def refuse(*_: Any, **__: Any) -> None:
        raise NoProof

    monkeypatch.setattr(proof_jobs, "prove", refuse)
    failed = run(place.camp)
    assert failed.state == "failed" and failed.note.startswith("The proof needs SciPy and numba")


def test_a_plan_that_breaks_a_rule_and_an_empty_one_are_not_proven(app: Flask) -> None:
    place = Proposal(app)
    with writing():
        db.session.get_one(Session, place.sessions[0].id).needs = ["stream"]
    broken = run(place.camp)
    assert (broken.state, broken.note) == ("failed", "The plan breaks a rule, mend it first: %(culprits)s")
    assert broken.note_values["culprits"] == "“One” needs video stream, and Room A does not have it."
    assert run(make.camp("ecm28")).note == "The plan is empty."
