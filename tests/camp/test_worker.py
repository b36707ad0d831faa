"""The worker: works off mails and jobs, goes on after a mistake, and ends when asked."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from camp import jobs, mail, retention, worker
from camp.commands.context import application
from camp.db import db, writing
from camp.models import Camp, Job, Mail, Participant, Role
from camp.registration_models import Figure
from camp.worker import Leader, Sweeper
from sessions.models import Member
from tests import make
from tests.camp import lived
from tests.servers import until


def test_a_turn_goes_on_until_the_queue_is_empty_and_survives_mistakes(app: Flask) -> None:
    camp = make.camp()
    seen: list[str] = []

    def work(progress: jobs.Progress, at: Camp, args: dict[str, Any]) -> dict[str, Any]:
        seen.append(args["word"])
        return {}

    for word in ("one", "two"):
        jobs.register(app, word, work)
        with writing():
            jobs.ask(camp, word, {"word": word}, None)
    db.session.rollback()
    worker.tick(app, jobs.run_next, threading.Lock(), [])
    assert seen == ["one", "two"]
    assert list(db.session.scalars(select(Job.state))) == ["done", "done"]

    def fails() -> bool:
        raise KeyError

    worker.tick(app, fails, threading.Lock(), [])


def test_no_new_turn_begins_once_the_end_is_asked_for(app: Flask) -> None:
    worker.tick(app, lambda: pytest.fail("a turn"), threading.Lock(), [signal.SIGTERM])


@pytest.mark.slow
def test_camp_work_sends_what_is_due_and_ends_on_sigterm(instance: Path) -> None:
    with application(instance), writing():
        mail.put("sign_in", to="mai@example.org", language="de", dedupe_key="one", values={"token": "x"})
    process = subprocess.Popen([sys.executable, "-m", "camp", "--instance", str(instance), "work"])
    try:
        until(lambda: list(instance.glob("mail/*.eml")))
        process.terminate()
        assert process.wait(60) == 0
    finally:
        process.kill()
    with application(instance):
        assert list(db.session.scalars(select(Mail.state))) == ["sent"]


def test_whose_time_is_over_is_erased_with_files_and_pages_and_the_log_tells_how_many(app: Flask) -> None:
    config = app.config["CAMP"]
    camp, who, mai = lived.fill(app)
    waits = make.participant(make.camp("next"))
    with writing():
        db.session.query(Role).delete()
        db.session.query(Member).filter(Member.participant_id == who.id).delete()
        camp.days[0].date = date(2020, 4, 25)
    leader = Leader(60)
    leader.renew()
    db.session.rollback()
    assert {row.id for row in db.session.query(Participant)} == {mai.id, waits.id} | {host.id for host in db.session.query(Participant).filter_by(given_name="Host")}
    assert {row.name: row.value for row in db.session.query(Figure)}["people"] == 2
    assert [number for _, number in retention.told(camp)] == [1]
    sweeper = Sweeper()
    sweeper.sweep()
    db.session.remove()
    assert lived.found(config.folder, ("keys",)) == []
