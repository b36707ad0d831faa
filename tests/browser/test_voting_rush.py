"""R-20: 300 people vote within ten seconds: nobody meets an error, and every vote is there, once."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from camp import camps
from camp.access import SIGN_IN_COOKIE
from camp.db import writing
from tests import make
from tests.instances import filling
from tests.phones import Phones, people
from tests.servers import serving

Visitor = Callable[..., BrowserContext]
BROWSERS, CLIENTS, WITHIN, PROPOSALS = 6, 294, 10, 12


@pytest.fixture
def wall(tmp_path: Path) -> tuple[Path, list[str], list[int]]:
    """An instance whose voting is open: its folder, everybody's tokens, the proposals."""
    folder = tmp_path / "instance"
    with filling(folder):
        camp = make.camp()
        with writing():
            camps.set_phase(camp, "voting", None, None)
        host = make.participant(camp, "Host")
        sessions = [make.session(camp, f"Proposal {number}", [host]).id for number in range(PROPOSALS)]
        tokens = [token for _, token in people(camp, BROWSERS + CLIENTS)]
    return folder, tokens, sessions


def test_r20_three_hundred_people_vote_within_ten_seconds(wall: tuple[Path, list[str], list[int]], visitor: Visitor, request: pytest.FixtureRequest) -> None:
    folder, tokens, sessions = wall
    each = 5 if request.config.getoption("--faults") == "long" else 1

    def plan(number: int) -> Iterator[tuple[float, int]]:
        drawn = random.Random(number)
        moments = sorted(drawn.uniform(0, WITHIN - 1) for _ in range(each))
        for before, moment, session in zip([0.0, *moments], moments, drawn.sample(sessions, each), strict=False):
            yield moment - before, session

    with serving("--instance", str(folder), "serve", "--port", "0") as server:
        pages = [_page(server.address, visitor, token) for token in tokens[:BROWSERS]]
        with Phones(server.address, tokens[BROWSERS:], plan, polls=each > 1) as phones:
            began = time.monotonic()
            for number, page in enumerate(pages):
                page.locator(f"#vote-button-{sessions[number]}").click()
                expect(page.locator("#chosen")).to_have_text("You will come to 1 session.")
            assert time.monotonic() - began < WITHIN
            phones.wait(WITHIN + 10) if each == 1 else _until_cast(phones, CLIENTS * each)
    assert phones.wrong == {} and len(phones.voted) == CLIENTS * each
    print(f"{len(phones.took)} votes, p95 {sorted(phones.took)[len(phones.took) * 95 // 100]:.2f} s")
    with sqlite3.connect(folder / "camp.sqlite3") as base:
        kept = base.execute("select session_id, count(*) from vote group by session_id").fetchall()
    expected = [session for _, session in phones.voted] + sessions[:BROWSERS]
    assert dict(kept) == {session: expected.count(session) for session in set(expected)}


def _until_cast(phones: Phones, votes: int) -> None:
    until = time.monotonic() + WITHIN + 10
    while len(phones.took) < votes:
        assert time.monotonic() < until, f"{len(phones.took)} of {votes} votes"
        time.sleep(0.1)


def _page(address: str, visitor: Visitor, token: str) -> Page:
    context = visitor(address, 390)
    context.add_cookies([{"name": SIGN_IN_COOKIE, "value": token, "url": address.replace("http:", "https:"), "secure": True}])
    page = context.new_page()
    page.goto("/ecm27/proposals")
    return page
