"""A-04: nobody is signed in as somebody else by a link or a code that was put before them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import tokens
from camp.access import SIGN_IN_COOKIE
from camp.db import db
from camp.models import Mail, Person, SignIn
from tests import make


@pytest.fixture
def attacker(app: Flask) -> Person:
    return make.person("attacker@example.org")


def _asked(app: Flask, who: Person) -> tuple[FlaskClient, str]:
    """A browser that asked for a link, and the token in the mail."""
    browser = make.browser(app)
    browser.post("/sign-in", data={"email": who.email})
    return browser, str(db.session.query(Mail).order_by(Mail.id.desc()).first().values["token"])  # type: ignore[union-attr]


def test_a04_the_attackers_own_link_signs_no_victim_in(app: Flask, attacker: Person) -> None:
    _, token = _asked(app, attacker)
    victim = make.browser(app)
    victim.get(f"/sign-in/{token}")
    assert victim.post(f"/sign-in/{token}").status_code == 422
    assert victim.get_cookie(SIGN_IN_COOKIE) is None
    assert db.session.query(SignIn).count() == 0


def test_a04_nor_a_victim_who_waits_for_a_mail_of_their_own(app: Flask, attacker: Person) -> None:
    _, token = _asked(app, attacker)
    victim, _ = _asked(app, make.person("victim@example.org"))
    assert victim.post(f"/sign-in/{token}").status_code == 422
    code = tokens.code_for(app.config["CAMP"].secret_key, token)
    assert victim.post("/sign-in/wait", data={"code": code}).status_code == 422
    assert victim.get_cookie(SIGN_IN_COOKIE) is None


def test_a04_a_victim_who_is_signed_in_stays_who_they_are(app: Flask, attacker: Person) -> None:
    _, token = _asked(app, attacker)
    victim = make.browser(app, make.person("victim@example.org"))
    victim.post(f"/sign-in/{token}")
    assert "victim@example.org" in victim.get("/account").text


def test_a04_the_forms_of_the_sign_in_carry_a_token_of_their_own(app: Flask, attacker: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, token = _asked(app, attacker)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    for path in ("/sign-in", "/sign-in/wait", f"/sign-in/{token}", "/sign-in/second-factor"):
        assert mine.post(path, data={"email": "x@example.org", "code": "X"}).status_code == 400
    assert db.session.query(SignIn).count() == 0
