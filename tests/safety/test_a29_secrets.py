"""A-29: no token, code, secret or note of a run lies in a log, an error page, a mail to somebody else or the database."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import clock, jobs, post, tokens
from camp.access import BROWSER_COOKIE, SIGN_IN_COOKIE
from camp.db import db
from camp.models import Mail, Person
from tests import make
from tests.safety.calls import may_call, send
from tests.safety.test_matrix import CALLS
from tests.safety.world import ACTORS, World


def _cookie(browser: FlaskClient, name: str) -> str:
    found = browser.get_cookie(name)
    assert found is not None
    return found.value


def _run(app: Flask, who: Person) -> tuple[list[str], str]:
    """Sign in with link, code and second factor, and fail on the way; gives the secrets, and the error pages."""
    mine, foreign = make.browser(app), make.browser(app)
    mine.post("/sign-in?then=/account", data={"email": who.email})
    token = str(db.session.query(Mail).one().values["token"])
    code = tokens.code_for(app.config["CAMP"].secret_key, token)
    errors = [foreign.post(f"/sign-in/{token}").text, mine.post("/sign-in/wait", data={"code": "WRONG"}).text]
    secrets = [token, code, _cookie(mine, BROWSER_COOKIE)]
    mine.post("/sign-in/wait", data={"code": code})
    secrets.append(_cookie(mine, SIGN_IN_COOKIE))
    page = mine.get("/account/second-factor").text
    salt = re.search(r'name="salt"[^>]*value="([^"]+)"', page)
    shown = re.search(r'translate="no">([A-Z2-7 ]+)<', page)
    assert salt and shown
    totp = pyotp.TOTP("".join(shown[1].split()))
    done = mine.post("/account/second-factor", data={"salt": salt[1], "code": totp.at(clock.now())}).text
    secrets += [totp.secret, *re.findall(r'class="code">([0-9A-Z-]{17})<', done), _cookie(mine, SIGN_IN_COOKIE)]
    with clock.shifted(timedelta(minutes=1)):
        errors += [mine.post("/account/second-factor", data={"code": "000000"}).text, mine.get(f"/sign-in/{token}").text]
    assert len(secrets) == 14
    return secrets, _apart_from_its_own_address(" ".join(errors))


def _apart_from_its_own_address(page: str) -> str:
    """A page without the link that shows the same page in another language: its reader has that address already."""
    return re.sub(r'href="/sign-in/[^"]+\?lang=.."', "", page)


def test_a29_no_log_error_page_or_database_holds_a_secret_of_the_sign_in(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        secrets, errors = _run(app, make.person("geheim@example.org"))
        post.send_due()
    found = [secret for secret in secrets if secret in caplog.text or secret in errors]
    assert (found, "geheim@example.org" in caplog.text) == ([], False)
    db.session.remove()
    if db.engine.dialect.name == "sqlite":  # the token lay in the outbox until the mail was sent, and in the log behind it
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    folder: Path = app.config["CAMP"].folder
    kept = b"".join(path.read_bytes() for path in folder.glob("camp.sqlite3*"))
    assert [secret for secret in secrets if secret.encode() in kept] == []


def test_a29_a_breakdown_in_the_sign_in_tells_no_secret(app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    from camp import signing_in
    who, mine = make.person("geheim@example.org"), make.browser(app)
    mine.post("/sign-in", data={"email": who.email})
    token = str(db.session.query(Mail).one().values["token"])
    monkeypatch.setattr(signing_in, "_spend", lambda link: 1 / 0)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    page = mine.post(f"/sign-in/{token}")
    assert page.status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert not [text for text in (token, who.email) if text in caplog.text or text in _apart_from_its_own_address(page.text)]


def _secrets(world: World) -> set[str]:
    """What the two camps hold that nobody may find in a log: ways in, codes, feeds, keys, texts of notes, votes."""
    values = [value for camp in world.values.values() for name, value in camp.items()
              if name in ("secret", "device", "token", "code", "pairing", "private", "email")]
    cookies = [value for own in world.cookies.values() for value in own.values()]
    return {*values, *cookies, "Aeins-Wand-Notiz", "Bzwei-Wand-Notiz", "Aeins-Niemand-Kost", "s" * 43, "v" * 43, "b" * 43}


def test_a29_a_run_over_every_address_by_everybody_leaves_no_secret_in_a_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """With each camp's values, each actor once; then the outbox is sent and the jobs are run."""
    with caplog.at_level(logging.DEBUG):
        for number, call in enumerate(call for call in CALLS if call.key != "POST organise.cancel_job"):
            for values_of in "ab":
                send(world, call, ACTORS[number % len(ACTORS)], values_of=values_of)
                send(world, call, may_call(call, ("host", "organiser", "administrator", "door", "participant")), values_of=values_of)
        post.send_due()
        jobs.run_next()
    assert len(caplog.records) > 0
    assert sorted(secret for secret in _secrets(world) if secret in caplog.text) == []


def test_a29_a_breakdown_anywhere_tells_no_secret(world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Every view breaks with what it was given in its hands; page and log name the place and nothing else."""
    def broken(*args: object, **values: object) -> None:
        raise RuntimeError

    monkeypatch.setitem(world.app.config, "PROPAGATE_EXCEPTIONS", False)
    pages = []
    for call in (call for call in CALLS if call.rule.endpoint not in ("static", "health.alive")):
        policy = getattr(world.app.view_functions[call.rule.endpoint], "policy", "")
        broken.policy = policy  # type: ignore[attr-defined]
        with monkeypatch.context() as patch:
            patch.setitem(world.app.view_functions, call.rule.endpoint, broken)
            answer = send(world, call, may_call(call, ("host", "organiser", "administrator", "door", "participant")))
        assert answer.status_code == 500, call.key
        pages.append(_apart_from_its_own_address(answer.text).replace(str(answer.request.path), "…"))
    assert caplog.text.count("RuntimeError") >= len(pages)
    assert sorted(secret for secret in _secrets(world) if secret in caplog.text or any(secret in page for page in pages)) == []
