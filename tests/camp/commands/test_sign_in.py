"""`camp sign-in`: a link for somebody who is known, and a way back for somebody who lost the second factor."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pyotp
import pytest

from camp import clock, people, second_factor, sign_ins
from camp.cli import run
from camp.commands.context import application
from camp.db import db, writing
from camp.models import SecondFactor, SignIn
from tests import make


@pytest.fixture
def guarded(instance: Path) -> Path:
    """An instance with a person who has a second factor and is signed in somewhere."""
    with application(instance) as app, writing():
        key = app.config["CAMP"].secret_key
        who, salt = people.ensure("mai@example.org"), second_factor.draw_salt()
        second_factor.set_up(who, salt, pyotp.TOTP(second_factor.secret(key, who.id, salt)).at(clock.now()), key)
        sign_ins.start(who.id)
    return instance


def _lands_at(instance: Path, link: str) -> str:
    with application(instance) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        return str(make.browser(app).post(urlsplit(link.strip()).path).location)


def test_the_link_signs_in_but_does_not_pass_by_the_second_factor(guarded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--instance", str(guarded), "sign-in", "Mai@Example.org"]) == 0
    told = capsys.readouterr()
    assert "Their second factor is asked for after it." in told.err
    assert _lands_at(guarded, told.out) == "/sign-in/second-factor?then=/"


def test_a_lost_second_factor_is_forgotten_and_all_sign_ins_end(guarded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--instance", str(guarded), "sign-in", "mai@example.org", "--forget-second-factor"]) == 0
    link = capsys.readouterr().out
    with application(guarded):
        assert db.session.query(SecondFactor).count() == 0
        assert [row.ended_at is None for row in db.session.query(SignIn)] == [False]
    assert _lands_at(guarded, link) == "/"


def test_nobody_is_made_by_it(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--instance", str(instance), "sign-in", "new@example.org"]) == 1
    assert capsys.readouterr().err.startswith("Nobody is known as new@example.org.")
    assert run(["--instance", str(instance), "sign-in", "nonsense"]) == 1
