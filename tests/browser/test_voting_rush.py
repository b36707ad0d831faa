"""R-20: 300 people vote within ten seconds: nobody meets an error, and every vote is there, once; how long it takes is told by `make bench`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from camp.access import SIGN_IN_COOKIE
from tests.phones import Phones, spread, wall
from tests.servers import serving, until

Visitor = Callable[..., BrowserContext]
BROWSERS, CLIENTS, WITHIN = 6, 294, 9


def test_r20_three_hundred_people_vote_in_the_same_ten_seconds(tmp_path: Path, visitor: Visitor, request: pytest.FixtureRequest) -> None:
    folder, each = tmp_path / "instance", 5 if request.config.getoption("--faults") == "long" else 1
    tokens, sessions = wall(folder, BROWSERS + CLIENTS)
    with serving("--instance", str(folder), "serve", "--port", "0") as server:
        pages = [_page(server.address, visitor, token) for token in tokens[:BROWSERS]]
        with Phones(server.address, tokens[BROWSERS:], spread(sessions, each, WITHIN), polls=each > 1) as phones:
            for number, page in enumerate(pages):
                page.locator(f"#vote-button-{sessions[number]}").click()
                expect(page.locator("#chosen")).to_have_text("You will come to 1 session.")
            until(lambda: len(phones.took) == CLIENTS * each)
    assert phones.wrong == {} and len(phones.voted) == CLIENTS * each
    with sqlite3.connect(folder / "camp.sqlite3") as base:
        kept = base.execute("select session_id, count(*) from vote group by session_id").fetchall()
    expected = [session for _, session in phones.voted] + sessions[:BROWSERS]
    assert dict(kept) == {session: expected.count(session) for session in set(expected)}


def _page(address: str, visitor: Visitor, token: str) -> Page:
    context = visitor(address, 390)
    context.add_cookies([{"name": SIGN_IN_COOKIE, "value": token, "url": address.replace("http:", "https:"), "secure": True}])
    page = context.new_page()
    page.goto("/ecm27/proposals")
    return page
