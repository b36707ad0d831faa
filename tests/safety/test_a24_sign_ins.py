"""A-24: sign-ins change their id, end at once, and hide from scripts; reading one writes nothing inside the request."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from camp import clock
from camp.access import SIGN_IN_COOKIE
from camp.db import db
from camp.models import Mail, Person, SignIn
from tests import make
from tests.queries import count_queries


def _sign_in(who: Person, browser: FlaskClient) -> str:
    """Sign in by link; gives the Set-Cookie line of the sign-in."""
    browser.post("/sign-in?then=/account", data={"email": who.email})
    token = db.session.query(Mail).order_by(Mail.id.desc()).first().values["token"]  # type: ignore[union-attr]
    answer = browser.post(f"/sign-in/{token}")
    return next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith(f"{SIGN_IN_COOKIE}="))


def _value(browser: FlaskClient) -> str:
    cookie = browser.get_cookie(SIGN_IN_COOKIE)
    return cookie.value if cookie else ""


def test_a24_the_cookie_is_for_this_host_https_and_no_scripts(app: Flask) -> None:
    line = _sign_in(make.person(), make.browser(app))
    parts = {part.strip() for part in line.split(";")[1:]}
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert not any(part.startswith("Domain") for part in parts)
    assert SIGN_IN_COOKIE.startswith("__Host-")


def test_a24_a_token_that_somebody_planted_is_not_taken_on(app: Flask) -> None:
    browser = make.browser(app)
    browser.set_cookie(SIGN_IN_COOKIE, "planted", secure=True)
    _sign_in(make.person(), browser)
    assert _value(browser) not in ("", "planted")


def test_a24_signing_in_again_gives_another_token_and_ends_the_one_before(app: Flask) -> None:
    who, browser, thief = make.person(), make.browser(app), make.browser(app)
    _sign_in(who, browser)
    thief.set_cookie(SIGN_IN_COOKIE, before := _value(browser), secure=True)
    assert thief.get("/account").status_code == 200
    with clock.shifted(timedelta(minutes=2)):
        _sign_in(who, browser)
    assert _value(browser) != before
    assert thief.get("/account").status_code == 303


@pytest.mark.parametrize("way", ["sign out", "role given", "role taken", "removed"])
def test_a24_what_ends_a_sign_in_ends_it_for_the_next_request(app: Flask, way: str) -> None:
    camp = make.camp()
    who, boss = make.participant(camp), make.person()
    make.role(camp, boss, "organiser")
    if way == "role taken":
        make.role(camp, who.person, "moderator")
    desk, mine, copy = make.browser(app, boss), make.browser(app, who), make.browser(app)
    copy.set_cookie(SIGN_IN_COOKIE, _value(mine), secure=True)
    assert copy.get("/ecm27/me").status_code == 200
    role = f"/ecm27/organise/people/{who.id}/role"
    ends: dict[str, Callable[[], object]] = {
        "sign out": lambda: mine.post("/sign-out"),
        "role given": lambda: desk.post(role, data={"name": "moderator", "wanted": "yes"}),
        "role taken": lambda: desk.post(role, data={"name": "moderator", "wanted": "no"}),
        "removed": lambda: _remove(who.person_id)}
    ends[way]()
    assert copy.get("/ecm27/me").status_code == 303
    assert desk.get("/ecm27/organise").status_code == 200


def _remove(person_id: int) -> None:
    from camp.db import writing
    with writing():
        db.session.delete(db.session.get_one(Person, person_id))


def test_a24_who_changes_their_own_role_gets_a_new_token_here_and_is_signed_out_elsewhere(app: Flask) -> None:
    camp = make.camp()
    who = make.participant(camp)
    make.role(camp, who.person, "organiser")
    desk, other = make.browser(app, who), make.browser(app, who)
    before = _value(desk)
    desk.post(f"/ecm27/organise/people/{who.id}/role", data={"name": "moderator", "wanted": "yes"})
    assert _value(desk) != before
    assert [one.get("/ecm27/organise").status_code for one in (desk, other)] == [200, 303]


def test_a24_who_makes_a_camp_goes_on_with_a_new_token(app: Flask) -> None:
    who = make.person(administrator=True)
    desk, other = make.browser(app, who), make.browser(app, who)
    before = _value(desk)
    answer = desk.post("/camps/new", data={"title": "New", "slug": "neu", "date": "2027-04-24", "capacity": "20", "timezone": "Europe/Berlin", "languages": "de"})
    assert (answer.status_code, answer.location) == (303, "/neu/organise/days?guide=1")
    assert _value(desk) != before
    assert [one.get("/neu/organise/opening").status_code for one in (desk, other)] == [200, 303]


def test_a24_an_organiser_is_signed_out_after_3_idle_hours_and_used_ones_stay_until_12(app: Flask) -> None:
    who = make.person()
    make.role(make.camp(), who, "organiser")
    used, idle = make.browser(app, who), make.browser(app, who)
    for hour, expected in ((2, 200), (4, 200), (6, 200), (8, 200), (10, 200), (11.9, 200), (12.1, 303)):
        with clock.shifted(timedelta(hours=hour)):
            assert used.get("/ecm27/organise").status_code == expected
            if hour == 4:
                assert idle.get("/ecm27/organise").status_code == 303


def test_a24_the_last_use_is_written_after_the_answer_in_a_transaction_of_its_own(app: Flask) -> None:
    browser = make.browser(app, make.person())
    with clock.shifted(timedelta(minutes=5)):
        with count_queries() as queries:
            answer = browser.get("/account", buffered=False)
            assert answer.status_code == 200
            assert [query for query in queries if not query.startswith("SELECT")] == []
            answer.close()
        assert len([query for query in queries if query.startswith("UPDATE sign_in SET used_at")]) == 1
        with count_queries() as queries:
            browser.get("/account")
        assert [query for query in queries if not query.startswith("SELECT")] == []
    db.session.rollback()
    assert db.session.query(SignIn).one().used_at is not None


def test_a24_a_writing_request_begins_immediate_before_it_reads_the_sign_in(app: Flask) -> None:
    browser, seen = make.browser(app, make.person()), []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    def trace(driver: sqlite3.Connection, *_: object) -> None:
        driver.set_trace_callback(seen.append)  # the lock is asked for past SQLAlchemy

    db.session.remove()
    on_sqlite = db.engine.dialect.name == "sqlite"
    watch = (db.engine, "checkout", trace) if on_sqlite else (db.engine, "before_cursor_execute", note)
    event.listen(*watch)
    try:
        browser.post("/account/sign-ins/end-others")
    finally:
        event.remove(*watch)
    reads = [number for number, statement in enumerate(seen) if "FROM person JOIN sign_in" in statement]
    if on_sqlite:
        assert "BEGIN IMMEDIATE" in seen[:reads[0]]
    assert len(reads) == 1
