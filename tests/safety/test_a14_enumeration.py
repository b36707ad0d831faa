"""A-14: nobody learns by asking who is registered or which numbers are given out."""

from __future__ import annotations

import re
import time
from statistics import median

import pytest
from flask import Flask

from badges import printing
from badges.models import Badge
from camp import tokens
from camp.db import db, writing
from camp.models import Mail, SignInAsk
from tests import make

ASKS = 200
MOST = 0.5


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
    assert _differ(seen[True], seen[False]) < MOST


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


@pytest.mark.slow
def test_a14_two_hundred_guessed_badges_and_people_are_all_told_the_same(app: Flask) -> None:
    """A badge's code is drawn from 80 bits; neither answer nor time of a wrong one says how near it was.

    The time is that of this process: both only read, and a busy machine fails no test.
    """
    camp, key = make.camp(), app.config["CAMP"].badge_key
    people = [make.participant(camp, f"Person {n}") for n in range(ASKS)]
    with writing():
        printing.ensure_badges(camp, key)
        real = [tokens.badge_code(key, badge.uid, badge.issue) for badge in db.session.query(Badge)]
    near = [code[:-1] + ("A" if code[-1] != "A" else "B") for code in real]
    far = [code[::-1] for code in real]
    stranger, desk = make.browser(app), make.browser(app, people[0])
    times: dict[str, list[float]] = {"right": [], "near": [], "far": []}
    answers, pages = set(), set()
    for codes in zip(real, near, far, strict=True):
        for kind, code in zip(times, codes, strict=True):
            begun = time.process_time()
            answer = stranger.get(f"/b/{code}")
            times[kind].append(time.process_time() - begun)
            answers.add((kind == "right", answer.status_code, _apart_from_the_form_token(answer.text).replace(code, "")))
    for number in range(people[0].id, people[0].id + 2 * ASKS):  # half of them are somebody
        page = desk.get(f"/ecm27/organise/people/{number}")
        pages.add((page.status_code, _apart_from_the_form_token(page.text).replace(f"/{number}", "")))
    assert (len(people), len(answers), len(pages)) == (ASKS, 2, 1)
    assert {(right, status) for right, status, _ in answers} == {(True, 200), (False, 404)}
    assert {status for status, _ in pages} == {403}
    assert _differ(times["near"], times["far"]) < MOST


def _differ(one: list[float], other: list[float]) -> float:
    """By which share of the shorter the longer time is longer; asked in turns, so that a busy machine slows both."""
    print(f"{median(one) * 1000:.2f} and {median(other) * 1000:.2f} ms")
    return max(median(one), median(other)) / min(median(one), median(other)) - 1


def _apart_from_the_form_token(page: str) -> str:
    """A page without the token against forged forms, which carries the time."""
    return re.sub(r'((?:csrf-token" content|csrf_token"[^>]*value)=")[^"]+', r"\1", page)
