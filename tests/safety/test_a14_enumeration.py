"""A-14: nobody learns by asking who is registered or which numbers are given out."""

from __future__ import annotations

import time
from statistics import median

import pytest
from flask import Flask

from camp.db import db
from camp.models import Mail, SignInAsk
from tests import make

ASKS = 200


@pytest.mark.slow
def test_a14_known_and_unknown_addresses_get_the_same_page_status_and_time(app: Flask) -> None:
    known = [make.person(f"known{n:03}@example.org").email for n in range(ASKS)]
    seen: dict[bool, list[float]] = {True: [], False: []}
    answers = set()
    for n, address in enumerate(known):
        for exists in (True, False) if n % 2 else (False, True):
            browser = make.browser(app)
            browser.environ_base["REMOTE_ADDR"] = f"10.{n // 50}.{n % 50 + 50 * exists}.1"
            begun = time.perf_counter()
            answer = browser.post("/sign-in?then=/", data={"email": address if exists else f"other{n:03}@example.org"})
            seen[exists].append(time.perf_counter() - begun)
            answers.add((answer.status_code, answer.location, answer.data, browser.get(answer.location).status_code))
    assert len(answers) == 1
    assert (db.session.query(SignInAsk).count(), db.session.query(Mail).filter(Mail.to != "").count()) == (2 * ASKS, ASKS)
    difference = abs(median(seen[True]) - median(seen[False]))
    print(f"known {median(seen[True]) * 1000:.2f} ms, unknown {median(seen[False]) * 1000:.2f} ms")
    assert difference < 0.010


def test_a14_over_the_limit_the_page_is_the_same_for_both(app: Flask) -> None:
    pages = {}
    for address in (make.person().email, "nobody@example.org"):
        answers = []
        for _ in range(5):
            browser = make.browser(app)
            answer = browser.post("/sign-in", data={"email": address})
            answers.append((answer.status_code, answer.location, browser.get(answer.location).status_code))
        pages[address] = answers
    first, second = pages.values()
    assert first == second
    assert set(first) == {(303, "/sign-in/wait", 200)}


def test_a14_numbers_of_people_and_sign_ins_tell_nothing(app: Flask) -> None:
    ours, theirs = make.camp(), make.camp("other")
    foreign = make.participant(theirs)
    plain, organiser = make.browser(app, make.participant(ours)), make.person()
    make.role(ours, organiser, "organiser")
    desk = make.browser(app, organiser)
    make.browser(app, foreign)
    for number in (foreign.id, 999_999):
        assert plain.get(f"/ecm27/organise/people/{number}").status_code == 403
        assert desk.get(f"/ecm27/organise/people/{number}").status_code == 404
        assert plain.post(f"/account/sign-ins/{number + 2}/end").status_code == 404
