from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError, OperationalError

from camp import app as application
from tests import make


def _raise(app: Flask, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def view() -> None:
        raise error

    view.policy = "public"  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "public.camps", view)


@pytest.mark.parametrize(("error", "status", "sentence"), [
    (RuntimeError("secret detail"), 500, "Something went wrong on our side; nothing was saved half."),
    (OperationalError("select", {}, sqlite3.OperationalError("database is locked")), 503, "The database is busy."),
    (IntegrityError("insert", {}, sqlite3.IntegrityError("unique")), 409, "In the meantime somebody changed the same thing."),
])
def test_mistakes_become_pages_that_say_what_to_do(app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
                                                    error: Exception, status: int, sentence: str) -> None:
    _raise(app, monkeypatch, error)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    page = make.browser(app).get("/", headers={"Accept-Language": "en"})
    assert page.status_code == status
    assert sentence in page.text
    assert "secret detail" not in page.text


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    answer = client.delete("/sign-in")
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (405, True)


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    assert client.post("/sign-in", data={"email": "x" * 1_100_000}).status_code == 413


def test_forms_need_their_token(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page: Any = make.browser(app).post("/sign-in", data={"email": "mai@example.org"}, headers={"Accept-Language": "en"})
    assert page.status_code == 400
    assert "This form was open for too long" in page.text


def test_every_refusal_has_its_sentences() -> None:
    assert set(application._SENTENCES) >= {400, 403, 404, 405, 409, 413, 500, 503}


def test_slow_libraries_wait_until_they_are_needed() -> None:
    import subprocess
    import sys
    code = ("import sys, camp.app; print([name for name in ('weasyprint', 'icalendar', 'qrcode', 'apscheduler', 'alembic.autogenerate') "
            "if name in sys.modules])")
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


@pytest.mark.parametrize(("host", "status"), [("localhost", 200), ("evil.example", 400), ("localhost.evil.example", 400), ("127.0.0.1", 200)])
def test_a15_only_the_hosts_of_the_settings_are_answered(app: Flask, host: str, status: int) -> None:
    with app.app_context():
        assert app.test_client().get("/healthz", base_url=f"https://{host}/").status_code == status


def test_a20_forwarded_headers_are_believed_only_as_configured(app: Flask) -> None:
    headers = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    seen = {}
    for trusted in (0, 1):
        made = application.create_app(replace(app.config["CAMP"], trusted_proxies=trusted))

        def look() -> str:
            return f"{request.remote_addr} {request.scheme} {request.host}"

        look.policy = "public"  # type: ignore[attr-defined]
        made.view_functions["health.alive"] = look
        seen[trusted] = made.test_client().get("/healthz", base_url="http://localhost/", headers=headers).text
    assert seen == {0: "127.0.0.1 http localhost", 1: "203.0.113.9 https localhost"}
