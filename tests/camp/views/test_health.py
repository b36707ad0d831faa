from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from camp.db import db, writing


def test_alive_needs_no_database(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


def test_ready_sees_an_old_schema(app: Flask, client: FlaskClient) -> None:
    assert client.get("/readyz").json == {"status": "ok"}
    with writing():
        db.session.execute(text("update alembic_version set version_num = 'old'"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "not ready")  # type: ignore[index]
