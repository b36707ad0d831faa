"""Restoring: what is damaged, foreign or of other keys is refused untouched; what is restored has lost what it must."""

from __future__ import annotations

import hashlib
import io
import shutil
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from camp import archive, backup, clock, config, database_file, erasers, erasure, ledger, restore
from camp.archive import Refused
from camp.commands.context import application, opened
from camp.db import db, writing
from camp.errors import Conflict
from camp.models import Job, Mail, Participant, Person, SecondFactor, SignIn, SignInLink
from tests.camp import lived

pytestmark = pytest.mark.sqlite_only("tests/camp/test_database_dump.py plays dumps back")


def _saved(instance: Path) -> backup.Made:
    """A camp somebody lived in, and its backup."""
    with application(instance) as app:
        lived.fill(app)
        return backup.make(app.config["CAMP"])


def _fingerprints(folder: Path) -> dict[str, str]:
    """What an instance holds, backups apart; the write-ahead log and its index are emptied first."""
    database_file.seal_up(folder / "camp.sqlite3")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file() and "backups" not in path.parts}


def _restored(folder: Path, path: Path, keys: Path | None = None) -> restore.Settled:
    with restore.ready(folder, path, keys) as found, restore.held(found):
        with opened(found.staged) as app:
            with writing():
                settled = restore.settle(found, erasure.Means(found.settings.vote_key, erasers.of(app)))
        restore.put_in(found)
    return settled


def _spoil(kind: str, whole: bytes) -> bytes:
    if kind == "flipped":
        return whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:]
    if kind == "cut":
        return whole[:len(whole) // 2]
    if kind == "version":
        return whole.replace(f'"version": {archive.VERSION}'.encode(), f'"version": {archive.VERSION + 8}'.encode())
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        entry = tarfile.TarInfo("letter.txt")
        entry.size = 5
        tar.addfile(entry, io.BytesIO(b"hello"))
    return raw.getvalue()


@pytest.mark.parametrize(("kind", "sentence"), [
    ("flipped", "damaged"), ("cut", "cut off"), ("version", "has the format 9"), ("foreign", "no backup of this program")])
def test_r07_the_four_bad_kinds_are_refused_and_nothing_is_touched(instance: Path, kind: str, sentence: str) -> None:
    made = _saved(instance)
    bad = made.path.with_name("camp-20270101T000000.000000Z.tar")
    spoilt = _spoil(kind, made.path.read_bytes())
    assert spoilt != made.path.read_bytes()
    bad.write_bytes(spoilt)
    before = _fingerprints(instance)
    with pytest.raises(Refused, match=sentence):
        _restored(instance, bad)
    assert _fingerprints(instance) == before
    assert not list(instance.glob(".restoring-*"))


def test_r06_the_restored_camp_is_that_of_the_moment(instance: Path) -> None:
    made = _saved(instance)
    with application(instance):
        with writing():
            db.session.add(Person(email="late@example.org", administrator=False, language="de"))
    (instance / "uploads" / "board.jpg").write_text("another photo")
    (instance / "uploads" / "late.jpg").write_text("of later")
    settled = _restored(instance, made.path)
    assert (settled.sign_ins, settled.mails, settled.erased, settled.factors) == (1, 1, 0, 0)
    with application(instance):
        assert db.session.scalar(select(func.count()).select_from(Person)) == 2
        assert db.session.scalar(select(func.count()).select_from(SignIn)) == 0
        assert db.session.scalar(select(func.count()).select_from(SignInLink)) == 0
        assert db.session.scalars(select(Mail.state).order_by(Mail.state)).all() == ["sent", "void"]
        assert "queued" not in db.session.scalars(select(Job.state)).all()
    assert (instance / "uploads" / "board.jpg").read_text() == "a photo"
    assert not (instance / "uploads" / "late.jpg").exists()
    assert (instance / "uploads.before-restore" / "late.jpg").read_text() == "of later"
    assert (instance / "camp.sqlite3.before-restore").exists()
    assert not (instance / "files").exists()


def test_r06_on_a_fresh_folder_the_keys_beside_the_backup_are_taken(instance: Path, tmp_path: Path) -> None:
    made = _saved(instance)
    fresh = tmp_path / "fresh"
    settled = _restored(fresh, made.path)
    assert backup.lasting_keys(config.load(fresh)) == backup.lasting_keys(config.load(instance))
    assert settled.sign_ins == 1
    with application(fresh):
        assert db.session.scalars(select(Participant.given_name).order_by(Participant.given_name)).all() == ["Mai", lived.GIVEN]
    assert (fresh / "uploads" / "board.jpg").read_text() == "a photo"


def test_other_secrets_in_the_file_of_keys_stay(instance: Path) -> None:
    made = _saved(instance)
    with (instance / "keys.toml").open("a") as file:
        file.write('smtp_url = "smtp://me:geheim@mail.example"\n')
    _restored(instance, made.path)
    assert config.load(instance).smtp_url == "smtp://me:geheim@mail.example"


def test_other_keys_are_refused(instance: Path, tmp_path: Path) -> None:
    made = _saved(instance)
    (instance / "keys.toml").write_text("".join(f'{name} = "{name * 5}"\n' for name in config.KEYS))
    before = _fingerprints(instance)
    with pytest.raises(Refused, match="other keys than this instance has"):
        _restored(instance, made.path)
    assert _fingerprints(instance) == before
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('vote_key = "a"\nbadge_key = "b"\n')
    with pytest.raises(Refused, match="does not hold the keys of this backup"):
        _restored(instance, made.path, wrong)
    made.keys.unlink()
    with pytest.raises(Refused, match="keys of this backup are missing"):
        _restored(tmp_path / "fresh", made.path)


def test_r06_who_was_erased_since_is_erased_again_from_the_ledger(instance: Path) -> None:
    made = _saved(instance)
    with application(instance) as app:
        settings = app.config["CAMP"]
        ledger.append(instance / ledger.NAME, [ledger.line(settings.vote_key, lived.ADDRESS, "", clock.now())])
    assert _restored(instance, made.path).erased == 1
    with application(instance):
        assert db.session.scalars(select(Participant.given_name)).all() == ["Mai"]
        assert db.session.scalars(select(Person.email).where(Person.email == lived.ADDRESS)).all() == []
    again = backup.make(config.load(instance))
    assert _restored(instance, again.path).erased == 0  # its own log knows the line


def test_a_database_in_use_is_not_restored_over(instance: Path) -> None:
    made = _saved(instance)
    with application(instance):
        assert db.session.scalar(select(func.count()).select_from(Person)) == 2
        with restore.ready(instance, made.path, None) as found, pytest.raises(Conflict, match="in use"):
            with restore.held(found):
                raise AssertionError


def test_too_little_room_is_said_before_anything_is_written(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _saved(instance)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="not enough room"):
        _restored(instance, made.path)


def test_a_second_factor_under_another_secret_is_counted(instance: Path, tmp_path: Path) -> None:
    with application(instance) as running:
        _, who, _ = lived.fill(running)
        with writing():
            db.session.add(SecondFactor(person_id=who.person_id, salt="s", last_step=0, recovery=[], made_at=clock.now()))
        made = backup.make(running.config["CAMP"])
    assert _restored(tmp_path / "fresh", made.path).factors == 1  # a new folder draws a new sign-in secret
    assert _restored(instance, made.path).factors == 0
