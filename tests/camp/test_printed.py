"""Tests of camp/printed.py."""

from __future__ import annotations

import os

from flask import Flask

from camp import clock, printed
from camp.db import db, writing
from camp.models import Job
from tests import make


def test_what_is_kept_is_private_and_found_by_its_job(app: Flask) -> None:
    config, camp = app.config["CAMP"], make.camp()
    name = printed.keep(config, camp.id, "paper", b"%PDF")
    path = printed.stored(config, Job(result={"file": name}))
    assert path is not None
    assert (path.read_bytes(), path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (b"%PDF", 0o600, 0o700)
    assert printed.stored(config, Job(result={})) is None


def test_a_stored_name_never_leaves_the_folder(app: Flask) -> None:
    assert printed.stored(app.config["CAMP"], Job(result={"file": "../camp.sqlite3"})) is None


def test_of_a_camp_comes_what_its_jobs_told_and_what_one_left_that_was_killed(app: Flask) -> None:
    config, camp, other = app.config["CAMP"], make.camp(), make.camp("other")
    left = printed.keep(config, camp.id, "badges", b"1", "zip")
    printed.keep(config, other.id, "badges", b"2")
    printed.keep(config, camp.id, "names", b"3")
    told = config.folder / "files" / "of-old.pdf"
    told.write_bytes(b"4")
    with writing():
        db.session.add_all(Job(camp_id=camp.id, name="badges", args={}, state="done", asked_at=clock.now(), result={"file": file})
                           for file in (told.name, "gone.pdf"))
    assert [path.name for path in printed.of_camp(config.folder, camp, "badges")] == [left, told.name]


def test_the_newest_files_of_a_kind_stay(app: Flask) -> None:
    config, camp = app.config["CAMP"], make.camp()
    names = [printed.keep(config, camp.id, "paper", b"%PDF") for _ in range(4)]
    for number, name in enumerate(names):
        os.utime(config.folder / "files" / name, (number, number))
    printed.forget_older(config, camp, "paper", 3)
    assert [path.name for path in printed.of_camp(config.folder, camp, "paper")] == sorted(names[1:])
