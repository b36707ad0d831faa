from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from camp import clock, jobs
from camp.db import db, writing
from camp.errors import Conflict
from camp.models import Camp, Job
from tests import make


@pytest.fixture
def asked(app: Flask) -> Job:
    camp = make.camp()
    with writing():
        return jobs.ask(camp, "test", {"n": 2}, None)


def _state(job: Job) -> tuple[str, dict[str, Any], str]:
    db.session.rollback()
    db.session.refresh(job)
    return job.state, job.result, job.note


def test_a_job_runs_once_with_its_camp_and_arguments(app: Flask, asked: Job) -> None:
    seen: list[tuple[str, int]] = []

    def work(progress: jobs.Progress, camp: Camp, args: dict[str, Any]) -> dict[str, Any]:
        progress.tell(40, "half of %(n)s", n=args["n"])
        seen.append((camp.slug, args["n"]))
        return {"ok": True}

    jobs.register(app, "test", work)
    assert (jobs.run_next(), jobs.run_next()) == (True, False)
    assert (seen, _state(asked)) == ([("ecm27", 2)], ("done", {"ok": True}, ""))


def test_the_same_job_is_not_queued_twice(app: Flask, asked: Job) -> None:
    with writing():
        assert jobs.ask(db.session.get_one(Camp, asked.camp_id), "test", {}, None) is asked


def test_a_refusal_is_told_and_a_mistake_is_not_spelt_out(app: Flask, asked: Job, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(*_: Any) -> dict[str, Any]:
        raise Conflict("No plan is possible.")

    jobs.register(app, "test", refuse)
    jobs.run_next()
    assert _state(asked) == ("failed", {}, "No plan is possible.")
    with writing():
        again = jobs.ask(db.session.get_one(Camp, asked.camp_id), "test", {}, None)

    def break_(*_: Any) -> dict[str, Any]:
        raise KeyError("secret")

    jobs.register(app, "test", break_)
    jobs.run_next()
    assert _state(again) == ("failed", {}, "Our mistake. The log of the program says more.")


def test_cancel_is_seen_by_a_running_job_and_ends_a_waiting_one(app: Flask, asked: Job) -> None:
    def work(progress: jobs.Progress, camp: Camp, args: dict[str, Any]) -> dict[str, Any]:
        before = progress.cancelled()
        with writing():
            jobs.cancel(db.session.get_one(Job, progress.job_id))
        assert (before, progress.cancelled()) == (False, True)
        raise jobs.Cancelled

    jobs.register(app, "test", work)
    jobs.run_next()
    assert _state(asked)[0] == "cancelled"
    with writing():
        waiting = jobs.ask(db.session.get_one(Camp, asked.camp_id), "test", {}, None)
        jobs.cancel(waiting)
    assert (jobs.run_next(), _state(waiting)[0]) == (False, "cancelled")


def test_a_job_whose_worker_died_comes_again_three_times_at_most(app: Flask, asked: Job) -> None:
    def die(*_: Any) -> dict[str, Any]:
        raise SystemExit

    jobs.register(app, "test", die)
    for round_ in range(3):
        with clock.shifted(timedelta(minutes=2 * round_)), pytest.raises(SystemExit):
            jobs.run_next()
        assert _state(asked)[0] == "running"
    with clock.shifted(timedelta(minutes=10)):
        assert jobs.run_next() is False
    assert _state(asked) == ("failed", {}, "The work was broken off three times.")


def test_a_job_of_another_camp_is_not_found(app: Flask, asked: Job) -> None:
    assert jobs.of(make.camp("other"), asked.id) is None
