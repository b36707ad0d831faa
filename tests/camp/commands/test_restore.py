"""`camp restore`: asks first, refuses with a sentence and code 1, tells what the restored data had to lose."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from camp.cli import run
from camp.commands.context import application
from camp.db import db, writing
from camp.models import Participant
from tests.camp import lived


def _backup(instance: Path, capsys: pytest.CaptureFixture[str]) -> str:
    with application(instance) as app:
        lived.fill(app)
    assert run(["--instance", str(instance), "backup"]) == 0
    return capsys.readouterr().out.strip()


def _names(instance: Path) -> list[str]:
    with application(instance):
        return list(db.session.scalars(select(Participant.given_name).order_by(Participant.given_name)))


def test_r06_restore_brings_people_back_and_says_what_ended(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _backup(instance, capsys)
    with application(instance), writing():
        for participant in db.session.scalars(select(Participant)):
            participant.given_name = "Nobody"
    assert run(["--instance", str(instance), "restore", path, "--yes"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "Signed out: 1. Mails not sent: 1." in told.err
    assert "Erased again: 0." in told.err
    assert "camp doctor" in told.err
    assert _names(instance) == ["Mai", lived.GIVEN]


def test_r06_who_was_erased_since_stays_erased(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _backup(instance, capsys)
    assert run(["--instance", str(instance), "erase", "--email", lived.ADDRESS, "--yes"]) == 0
    assert run(["--instance", str(instance), "restore", path, "--yes"]) == 0
    assert "Erased again: 1." in capsys.readouterr().err
    assert _names(instance) == ["Mai"]
    assert lived.found(instance, leave_out=("backups", "camp.sqlite3.before-restore")) == []


def test_without_a_yes_nothing_happens(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _backup(instance, capsys)
    assert run(["--instance", str(instance), "restore", path]) == 2
    assert "Nobody is there to say yes. If you are sure: --yes" in capsys.readouterr().err
    assert not (instance / "camp.sqlite3.before-restore").exists()


def test_r07_a_refusal_is_one_sentence_and_code_1(instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _backup(instance, capsys)
    foreign = tmp_path / "letter.tar"
    foreign.write_text("hello")
    assert run(["--instance", str(instance), "restore", str(foreign), "--yes"]) == 1
    assert capsys.readouterr().err.startswith("This is no backup of this program.")
    cut = tmp_path / "cut.tar"
    cut.write_bytes(Path(path).read_bytes()[:3000])
    assert run(["--instance", str(instance), "restore", str(cut), "--yes"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert run(["--instance", str(instance), "restore", str(tmp_path / "none.tar"), "--yes"]) == 1
    assert _names(instance) == ["Mai", lived.GIVEN]
