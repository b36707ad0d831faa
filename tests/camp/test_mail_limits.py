from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from flask import Flask

from camp import clock, mail_limits
from camp.db import db
from camp.mail_limits import Ceilings, network_of
from camp.models import SignInAsk
from tests import make

KEY = "k" * 40
MINUTE = timedelta(minutes=1)


def _take(address: str = "mai@example.org", browser: str = "one", remote: str = "192.0.2.1", *, after: timedelta = timedelta(),
          ceilings: Ceilings = Ceilings(), known: bool = True) -> bool:
    with clock.shifted(after):
        return mail_limits.take(mail_limits.asker(KEY, address, browser, remote), ceilings, known=known)


def test_60_seconds_between_two_mails_for_an_address_and_browser(write: None) -> None:
    assert [_take(after=timedelta(seconds=second)) for second in (0, 59, 60)] == [True, False, True]
    assert _take(browser="two", after=timedelta(seconds=61))


@pytest.mark.parametrize("known", [True, False])
def test_3_mails_in_15_minutes_for_an_address_whoever_asks(write: None, known: bool) -> None:
    asks = [_take(browser=str(n), remote=f"198.51.{n}.1", after=n * MINUTE, known=known) for n in range(15)]
    assert asks == [True] * 3 + [False] * 12
    assert _take(browser="later", after=15 * MINUTE + timedelta(seconds=1), known=known)
    assert _take("jo@example.org")


def test_10_mails_in_a_day_for_an_address(write: None) -> None:
    assert [_take(after=n * 20 * MINUTE) for n in range(12)] == [True] * 10 + [False] * 2
    assert _take(after=timedelta(days=1, seconds=1))


def test_60_mails_in_15_minutes_for_a_network_known_addresses_or_not(write: None) -> None:
    asks = [_take(f"{n}@example.org", str(n), f"192.0.2.{n}", known=n % 2 == 0) for n in range(62)]
    assert asks == [True] * 60 + [False] * 2
    assert _take("jo@example.org", remote="192.0.3.1")
    assert _take("jo2@example.org", remote="192.0.2.1", ceilings=Ceilings(network=61))


def test_the_installations_ceiling_counts_what_goes_out_and_warns(write: None, caplog: pytest.LogCaptureFixture) -> None:
    few = Ceilings(network=99, installation=3)
    assert [_take(f"made-up{n}@example.org", ceilings=few, known=False) for n in range(5)] == [True] * 5
    with caplog.at_level(logging.WARNING, "camp"):
        assert [_take(f"{n}@example.org", ceilings=few) for n in range(4)] == [True] * 3 + [False]
    assert [record.getMessage() for record in caplog.records] == [
        "sign-in mails: 3 went out within an hour, which is the ceiling; no more for now"]
    assert _take("late@example.org", ceilings=few, after=timedelta(hours=1, seconds=1))


def test_a_refused_ask_does_not_prolong_the_wait(write: None) -> None:
    for second in range(0, 60, 10):
        _take(after=timedelta(seconds=second))
    assert _take(after=timedelta(seconds=60))


@pytest.mark.parametrize(("remote", "network"), [
    ("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("::ffff:192.0.2.77", "192.0.2.0/24"),
    ("", ""), (None, ""), ("unix:", "unix:"),
])
def test_networks(remote: str | None, network: str) -> None:
    assert network_of(remote) == network


def test_neither_address_nor_network_lies_in_the_database(write: None) -> None:
    _take()
    db.session.flush()
    row = db.session.query(SignInAsk).one()
    text = " ".join((row.address_hash, row.browser_hash, row.network_hash))
    assert [len(part) for part in text.split()] == [64] * 3
    assert "mai" not in text
    assert mail_limits.asker("other" * 9, "mai@example.org", "one", "192.0.2.1").address != row.address_hash


def test_the_ceilings_of_the_settings_hold_at_the_door(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace
    people = [make.person() for _ in range(3)]
    monkeypatch.setitem(app.config, "CAMP", replace(app.config["CAMP"], mails_per_network=2))
    places = [make.browser(app).post("/sign-in", data={"email": who.email}).location for who in people]
    assert (set(places), db.session.query(SignInAsk).count()) == ({"/sign-in/wait"}, 2)
