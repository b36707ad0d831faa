"""A-03: a sign-in link survives those who look at it first. (JavaScript and scripted clicks: tests/browser/test_sign_in.py.)"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp.access import SIGN_IN_COOKIE
from camp.db import db
from camp.models import Mail, Person, SignIn
from tests import make
from tests.queries import count_queries

EN = {"Accept-Language": "en"}


@pytest.fixture
def who(app: Flask) -> Person:
    return make.person("mai@example.org")


@pytest.fixture
def mine(app: Flask, who: Person) -> FlaskClient:
    browser = make.browser(app)
    browser.post("/sign-in?then=/account", data={"email": who.email})
    return browser


def _link() -> str:
    return "/sign-in/" + str(db.session.query(Mail).order_by(Mail.id.desc()).first().values["token"])  # type: ignore[union-attr]


def test_a03_scanners_with_every_method_spend_nothing_and_get_nothing(app: Flask, mine: FlaskClient) -> None:
    link, scanner = _link(), make.browser(app)
    with count_queries() as queries:
        for method in ("HEAD", "GET", "GET", "GET", "GET", "GET", "OPTIONS"):
            assert scanner.open(link, method=method).status_code == 200
    assert not [query for query in queries if not query.startswith("SELECT")]
    assert [scanner.post(link).status_code for _ in range(3)] == [422] * 3
    assert scanner.get_cookie(SIGN_IN_COOKIE) is None
    assert db.session.query(SignIn).count() == 0
    assert mine.post(link).location == "/account"
    assert mine.get("/account").status_code == 200
    assert db.session.query(SignIn).count() == 1


def test_a03_the_asking_browser_may_look_before_it_presses(mine: FlaskClient) -> None:
    link = _link()
    for method in ("HEAD", "GET", "GET", "OPTIONS"):
        assert mine.open(link, method=method).status_code == 200
    assert mine.get_cookie(SIGN_IN_COOKIE) is None
    assert mine.post(link).status_code == 303


def test_a03_a_second_use_says_used_in_every_browser(app: Flask, mine: FlaskClient) -> None:
    link = _link()
    mine.post(link)
    for browser in (mine, make.browser(app)):
        for answer in (browser.get(link, headers=EN), browser.post(link, headers=EN)):
            assert (answer.status_code, "This link has been used." in answer.text) == (409, True)
    assert db.session.query(SignIn).count() == 1


def test_a03_the_link_page_is_kept_nowhere(mine: FlaskClient) -> None:
    assert mine.get(_link()).headers["Cache-Control"] == "no-store"
