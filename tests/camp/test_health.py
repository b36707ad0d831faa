"""O-03: what turns /readyz red, and that it turns green again."""

from __future__ import annotations

from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from camp import clock, health, mail
from camp.db import db, writing
from camp.models import Mail

Usage = namedtuple("Usage", "total used free")


def _why(client: FlaskClient) -> list[str]:
    answer = client.get("/readyz")
    found: list[str] = (answer.json or {}).get("why", [])
    assert answer.status_code == (503 if found else 200)
    return found


def test_o03_a_sound_installation_is_ready(client: FlaskClient) -> None:
    assert _why(client) == []


def test_o03_a_full_disk(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(health.shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 100 * 1024**2))
        assert [why[:14] for why in _why(client)] == ["only 100 MB ar"]
    assert _why(client) == []


def test_o03_a_mail_that_nobody_sends(app: Flask, client: FlaskClient) -> None:
    with writing():
        mail.put("sign_in", to="a@example.org", language="de", dedupe_key="a", values={})
    assert _why(client) == []
    with clock.shifted(timedelta(minutes=16)):
        assert ["a mail has been due" in why for why in _why(client)] == [True]
        with writing():
            db.session.query(Mail).delete()
        assert _why(client) == []


@pytest.mark.sqlite_only("its log")
def test_o03_a_log_that_grows(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "MOST_LOG", -1)
    assert ["log has grown" in why for why in _why(client)] == [True]


def test_o03_a_folder_that_takes_nothing(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(dir: Path) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(health.tempfile, "TemporaryFile", refuse)
    assert ["Read-only file system" in why for why in _why(client)] == [True]


def test_o03_an_old_schema(app: Flask, client: FlaskClient) -> None:
    with writing():
        db.session.execute(text("update alembic_version set version_num = 'old'"))
    assert _why(client) == ["the schema is old: run camp db upgrade"]
