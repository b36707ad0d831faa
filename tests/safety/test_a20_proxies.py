"""A-20: who asks is who the configured hop says; what a client writes into such headers counts for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from camp.app import create_app
from camp.db import db
from camp.mail_limits import Ceilings, asker
from camp.models import Mail, SignInAsk
from tests import make

ASKS = 100


def forged(number: int, trusted: int) -> dict[str, str]:
    """Headers of a client that wants to look like another one each time; the proxies add theirs at the end."""
    other = f"198.{number // 250 + 18}.{number % 250}.7"
    added = ["203.0.113.9", "10.0.0.2"][:trusted]
    return {"X-Forwarded-For": ", ".join([other, f"192.0.2.{number}", *added]), "Forwarded": f"for={other};proto=http;host=evil.example",
            "X-Real-IP": other, "X-Client-IP": other, "True-Client-IP": other, "CF-Connecting-IP": other, "X-Cluster-Client-IP": other}


@pytest.fixture
def behind(app: Flask) -> Iterator[Callable[[int], Flask]]:
    """Gives the application with so many proxies trusted, on the same database."""
    made: list[Flask] = []

    def serve(trusted: int) -> Flask:
        served = create_app(replace(app.config["CAMP"], trusted_proxies=trusted))
        served.test_client_class = make.Browser
        served.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        made.append(served)
        return served

    yield serve
    for served in made:
        with served.app_context():
            db.engine.dispose()


@pytest.mark.parametrize("trusted", [0, 1, 2])
def test_a20_a_hundred_forged_origins_are_one_network(app: Flask, behind: Callable[[int], Flask], trusted: int) -> None:
    served = behind(trusted)
    people = [make.person().email for _ in range(ASKS)]
    for number, address in enumerate(people):
        browser = make.browser(served)
        answer = browser.post("/sign-in", data={"email": address}, headers=forged(number, trusted), base_url="https://localhost")
        assert answer.status_code == 303
    hop = {0: "127.0.0.1", 1: "203.0.113.9", 2: "203.0.113.9"}[trusted]
    own = asker(app.config["CAMP"].secret_key, "x", "x", hop).network
    assert set(db.session.scalars(select(SignInAsk.network_hash))) == {own}
    assert db.session.query(Mail).count() == Ceilings().network < ASKS


def test_a20_people_behind_the_proxy_are_told_apart_by_what_it_adds(behind: Callable[[int], Flask]) -> None:
    """The control: the last hop does count."""
    served = behind(1)
    for number in range(3):
        make.browser(served).post("/sign-in", data={"email": make.person().email}, base_url="https://localhost",
                                  headers={"X-Forwarded-For": f"1.2.3.4, 203.0.{number}.9"})
    assert len(set(db.session.scalars(select(SignInAsk.network_hash)))) == 3


@pytest.mark.parametrize("trusted", [0, 1])
def test_a20_scheme_and_host_come_from_the_hop_next_to_us(behind: Callable[[int], Flask], trusted: int) -> None:
    answer = behind(trusted).test_client().get("/", base_url="https://localhost", headers={
        "X-Forwarded-Proto": "http, https", "X-Forwarded-Host": "evil.example, localhost", "Forwarded": "host=evil.example;proto=http"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text and "http://localhost" not in answer.text
