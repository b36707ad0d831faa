from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from flask import Flask

from camp import catering_orders, clock, mail, roster
from camp.db import db, writing
from camp.models import Camp, Job, Mail
from camp.views import needs
from tests import make


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


def _found(app: Flask, camp: Camp) -> list[tuple[str, str]]:
    with app.test_request_context("/ecm27/organise", headers={"Accept-Language": "en"}):
        app.preprocess_request()
        return [(todo.level, todo.text) for todo in needs.look(camp)]


def _backup(app: Flask, age: timedelta) -> Path:
    folder = app.config["CAMP"].folder / "backups"
    folder.mkdir(exist_ok=True)
    path: Path = folder / "camp-20270401T090000.000000Z.tar"
    path.touch()
    moment = (clock.now() - age).timestamp()
    os.utime(path, (moment, moment))
    return path


@pytest.fixture
def saved(app: Flask) -> Iterator[Path]:
    path = _backup(app, timedelta(hours=1))
    yield path
    path.unlink()


def _letter(camp: Camp, key: str) -> Mail:
    mail.put("sign_in", to="mai@example.org", language="de", dedupe_key=key, values={"token": "t"}, camp_id=camp.id)
    return db.session.query(Mail).filter_by(dedupe_key=key).one()


def test_where_all_is_well_nothing_is_said(app: Flask, camp: Camp, saved: Path) -> None:
    with writing():
        _letter(camp, "a")
    assert _found(app, camp) == []


def test_mails_that_were_given_up_and_mails_that_wait(app: Flask, camp: Camp, saved: Path) -> None:
    with writing():
        _letter(camp, "a").state = "failed"
        _letter(camp, "b").state = "failed"
        _letter(camp, "c")
    with clock.shifted(timedelta(minutes=16)):
        assert _found(app, camp) == [("bad", "2 mails could not be delivered."),
                                     ("bad", "Mails have been waiting for more than a quarter of an hour.")]


def test_a_job_that_failed_until_the_same_work_is_done(app: Flask, camp: Camp, saved: Path) -> None:
    def job(state: str) -> None:
        with writing():
            db.session.add(Job(camp_id=camp.id, name="badges", args={}, state=state, asked_at=clock.now()))

    job("failed")
    assert _found(app, camp) == [("warn", "A job failed.")]
    job("done")
    assert _found(app, camp) == []


@pytest.mark.sqlite_only("a larger installation saves its own database")
def test_the_last_backup(app: Flask, camp: Camp) -> None:
    assert _found(app, camp) == [("warn", "There is no backup yet.")]
    path = _backup(app, timedelta(days=8))
    try:
        assert _found(app, camp) == [("warn", "The last backup is 8 days old.")]
    finally:
        path.unlink()


def test_another_camps_troubles_are_not_ours(app: Flask, camp: Camp, saved: Path) -> None:
    other = make.camp("other")
    with writing():
        _letter(other, "a").state = "failed"
    assert _found(app, camp) == []


def test_meals_that_nobody_has_set_a_day_for_and_those_that_are_ordered_soon(app: Flask, camp: Camp, saved: Path) -> None:
    noon = make.until_noon(camp)
    with writing():
        roster.put(camp, None, roster.Duty("lead", "", make.DAY, time(8), time(20), "Mai"))
    with clock.shifted(noon - timedelta(days=30)):
        assert _meals(app, camp) == [("info", "It is not set by when meals are ordered.")]
        with writing():
            catering_orders.plan(camp, clock.now() + timedelta(days=25), None)
        assert _meals(app, camp) == []
    with clock.shifted(noon - timedelta(days=7)):
        assert _meals(app, camp) == [("warn", "Meals are ordered on 19 Apr, 12:00.")]
    with clock.shifted(noon - timedelta(days=2)):
        with writing():
            catering_orders.freeze_due(camp)
        assert _meals(app, camp) == []


def test_hours_in_which_nobody_is_in_charge(app: Flask, camp: Camp, saved: Path) -> None:
    noon = make.until_noon(camp)
    with writing():
        roster.put(camp, None, roster.Duty("lead", "", make.DAY, time(10), time(11), "Mai"))
        catering_orders.plan(camp, clock.now(), None)
    for before, level in ((15, ""), (14, "info"), (3, "warn"), (0, "warn")):
        with clock.shifted(noon - timedelta(days=before)):
            found = [todo for todo in _found(app, camp) if "charge" in todo[1]]
            assert found == ([(level, "Nobody is in charge on 24 Apr from 11:00 to 11:45.")] if level else [])
    with clock.shifted(noon + timedelta(days=1)):
        assert [todo for todo in _found(app, camp) if "charge" in todo[1] or "eals" in todo[1]] == []


def _meals(app: Flask, camp: Camp) -> list[tuple[str, str]]:
    return [todo for todo in _found(app, camp) if "eals" in todo[1]]
