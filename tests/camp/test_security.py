from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import make


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/sign-in", "/static/camp.css", "/static/vendor/pico-2.1.1/pico.min.css"])
def test_every_answer_carries_the_policy_errors_and_files_too(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "same-origin")


def test_pages_of_signed_in_people_are_kept_by_nobody(app: Flask, client: FlaskClient) -> None:
    make.camp()
    assert "no-store" not in client.get("/ecm27/").headers.get("Cache-Control", "")
    page = make.browser(app, make.person()).get("/ecm27/")
    assert page.headers["Cache-Control"] == "no-store"
    assert {"Cookie", "Accept-Language"} <= set(page.vary)


def test_files_of_others_may_be_kept_for_ever(client: FlaskClient) -> None:
    assert "immutable" in client.get("/static/vendor/pico-2.1.1/pico.min.css").headers["Cache-Control"]
