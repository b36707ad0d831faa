"""The restore drill: a large installation is saved, wiped and restored on a fresh folder; what comes back is the same."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from camp import backup
from camp.cli import run
from camp.commands.context import application
from camp.db import db, writing
from camp.models import Participant, Person
from tests import make
from tests.databases import Sqlite

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("tests/camp/test_database_dump.py plays dumps back")]
SIZES = {"short": (200, 20), "long": (1_000, 500)}  # people, megabytes of uploads


def _fill(folder: Path, people: int, megabytes: int) -> None:
    with application(folder):
        camp = make.camp("ecm27")
        with writing():
            for number in range(people):
                person = Person(email=f"p{number}@example.org", administrator=False, language="de")
                db.session.add(person)
                db.session.flush()
                db.session.add(Participant(camp_id=camp.id, person_id=person.id, given_name=f"Mai {number}", family_name="Lê",
                                           state="admitted", registered_at=make.EARLY))
    uploads = folder / "uploads"
    uploads.mkdir()
    for number in range(megabytes):
        (uploads / f"board-{number}.jpg").write_bytes(os.urandom(1024 * 1024))


def _content(folder: Path) -> tuple[list[tuple[str, str, str]], dict[str, str]]:
    with application(folder):
        rows = [(row.email, row.given_name, row.family_name) for row in db.session.execute(
            select(Person.email, Participant.given_name, Participant.family_name).join(Participant).order_by(Person.id))]
    uploads = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "uploads").iterdir()}
    return rows, uploads


def test_r06_restore_drill_ends_without_a_difference(_app: Flask, database: Sqlite, tmp_path: Path, pytestconfig: pytest.Config,
                                                     capsys: pytest.CaptureFixture[str]) -> None:
    people, megabytes = SIZES[pytestconfig.getoption("faults")]
    first, away = tmp_path / "first", tmp_path / "away"
    database.instance(first)
    _fill(first, people, megabytes)
    before = _content(first)
    assert (len(before[0]), len(before[1])) == (people, megabytes)
    start = time.monotonic()
    assert run(["--instance", str(first), "backup", "-o", str(away)]) == 0
    shutil.rmtree(first)
    path, = backup.all_in(away)
    assert run(["--instance", str(tmp_path / "second"), "restore", str(path), "--yes"]) == 0
    took = time.monotonic() - start
    assert _content(tmp_path / "second") == before
    with capsys.disabled():
        print(f"restore drill: {people} people and {megabytes} MB saved and restored in {took:.0f} s, difference 0")
