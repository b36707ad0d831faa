"""Voting by cards with keys and a swipe: what the buttons do, without a mouse; and what is left of it without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from camp import camps, clock, tokens
from camp.access import SIGN_IN_COOKIE
from camp.db import db, writing
from camp.models import Participant, SignIn
from sessions import voting
from tests import make
from tests.browser.site import Site
from tests.instances import filling
from tests.net import free_port

SWIPE = """([from, to]) => { const card = document.querySelector('[data-card]');
  for (const [name, x] of [['touchstart', from], ['touchend', to]]) {
    const touch = new Touch({identifier: 1, target: card, clientX: x, clientY: 300});
    card.dispatchEvent(new TouchEvent(name, {bubbles: true, touches: name === 'touchend' ? [] : [touch], changedTouches: [touch]}));
  } }"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[str, Flask, dict[str, str]]]:
    """A served camp with five proposals, its address, and the cookie of a voter who has the number 1."""
    port = free_port()
    with filling(tmp_path / "camp", f'base_url = "http://127.0.0.1:{port}"') as app:
        camp, token = make.camp(), tokens.draw()
        make.participant(camp)
        for number in range(5):
            make.session(camp, f"Topic {number}")
        with writing():
            db.session.add(SignIn(person_id=1, token_hash=tokens.hash_of(token), made_at=clock.now()))
        db.session.remove()
        with Site(tmp_path / "camp", port):
            yield f"http://127.0.0.1:{port}", app, {"name": SIGN_IN_COOKIE, "value": token, "url": f"https://127.0.0.1:{port}"}


def votes(app: Flask) -> int:
    db.session.rollback()
    camp = camps.by_slug("ecm27")
    assert camp is not None
    return len(voting.ballot_of(camp, db.session.get_one(Participant, 1), app.config["CAMP"].vote_key))


def test_keys_and_a_swipe_answer_the_cards_and_take_an_answer_back(place: tuple[str, Flask, dict[str, str]], visitor: Callable[..., BrowserContext]) -> None:
    url, app, cookie = place
    context = visitor(url, 390)
    context.add_cookies([cookie | {"secure": True}])  # type: ignore[list-item]
    page = context.new_page()
    page.goto("/ecm27/vote")
    left = page.locator("#card [role=status]")
    expect(left).to_contain_text("5 of 5 still to judge.")
    first = page.locator("#card h2").inner_text()
    page.keyboard.press("1")
    expect(left).to_contain_text("4 of 5 still to judge.")
    assert votes(app) == 1
    expect(page.locator("#card h2")).to_be_focused()
    page.keyboard.press("u")
    expect(left).to_contain_text("5 of 5 still to judge.")
    expect(page.locator("#card h2")).to_have_text(first)
    assert votes(app) == 0
    page.keyboard.press("0")
    expect(left).to_contain_text("4 of 5 still to judge.")
    page.evaluate(SWIPE, [100, 300])
    expect(left).to_contain_text("3 of 5 still to judge.")
    assert votes(app) == 1
    page.evaluate(SWIPE, [300, 100])
    expect(left).to_contain_text("2 of 5 still to judge.")
    page.evaluate(SWIPE, [100, 150])  # too short to mean anything
    page.keyboard.press("Control+1")
    page.get_by_role("button", name="I will come").click()
    expect(left).to_contain_text("1 of 5 still to judge.")
    page.keyboard.press("1")
    expect(page.locator("#card")).to_contain_text("All 5 seen. Thank you.")
    assert votes(app) == 3
