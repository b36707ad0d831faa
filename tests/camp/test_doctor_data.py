"""O-01: what is unsafe in the data of an installation is found, each with its remedy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from camp import clock, doctor, doctor_data, log
from camp.config import Config, refuse_unsafe
from camp.db import db, writing
from camp.errors import BadInput


@pytest.fixture
def config(app: Flask) -> Config:
    found: Config = app.config["CAMP"]
    return found


def _levels(config: Config) -> dict[str, str]:
    return {finding.name: finding.level for finding in doctor.findings(config)}


@pytest.mark.parametrize(("version", "good"), [
    ((3, 40, 1), False), ((3, 44, 6), True), ((3, 44, 5), False), ((3, 45, 0), False), ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 0), True),
])
def test_o01_the_range_of_the_wal_reset_bug(version: tuple[int, ...], good: bool) -> None:
    assert doctor_data.mended(version) is good


@pytest.mark.sqlite_only("its library")
def test_o01_an_old_library(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.engine.dialect.dbapi, "sqlite_version", "3.40.1")
    assert doctor_data.library(config).level == "warn"


@pytest.mark.sqlite_only("its pragma")
def test_o01_synchronous_is_not_full(config: Config) -> None:
    assert doctor_data.durability(config).level == "ok"
    connection = db.engine.raw_connection()
    connection.cursor().execute("PRAGMA synchronous=NORMAL")
    connection.close()  # goes back into the pool with this setting
    assert doctor_data.durability(config).level == "fail"
    db.engine.dispose()


@pytest.mark.sqlite_only("its file")
def test_o01_a_network_drive(config: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {config.folder} nfs4 rw 0 0\n")
    assert doctor_data._file_system(config.folder, mounts) == "nfs4"
    assert doctor_data._file_system(Path("/var"), mounts) == "ext4"
    monkeypatch.setattr(doctor_data, "_file_system", lambda folder: "nfs4")
    assert doctor_data.drive(config).level == "fail"


@pytest.mark.sqlite_only("its file")
def test_o01_data_that_everybody_can_read(config: Config) -> None:
    assert doctor_data.rights(config).level == "ok"
    config.folder.chmod(0o755)
    (config.folder / "camp.sqlite3").chmod(0o644)
    try:
        found = doctor_data.rights(config)
        assert (found.level, "camp.sqlite3" in found.text, found.remedy) == ("fail", True, f"Run: chmod -R o= {config.folder}")
    finally:
        config.folder.chmod(0o700)


def test_o01_a_clock_that_is_off(config: Config) -> None:
    assert doctor_data.time(config).level == "ok"
    with writing():
        log.note("x")
    with clock.shifted(timedelta(hours=-1)):
        assert doctor_data.time(config).level == "fail"
    with clock.shifted(timedelta(days=-5000)):
        assert doctor_data.time(config).level == "fail"


def test_o01_development_and_a_missing_address(config: Config) -> None:
    found = _levels(replace(config, development=True, base_url=Config(config.folder).base_url))
    assert (found["development"], found["address"]) == ("warn", "warn")


@pytest.mark.parametrize("key", ["secret_key", "vote_key", "badge_key"])
def test_o01_a_weak_key_is_refused_outside_development(config: Config, key: str) -> None:
    refuse_unsafe(config)
    weak = replace(config, **{key: "secret"})
    with pytest.raises(BadInput) as caught:
        refuse_unsafe(weak)
    assert key in caught.value.sentence()
    refuse_unsafe(replace(weak, development=True))
