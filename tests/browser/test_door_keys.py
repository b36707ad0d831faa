"""A-38 at the door: with the keyboard alone, and each result told by word and shape, not by colour alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from badges import pairing, printing
from badges.models import Badge
from camp import tokens
from camp.db import db, writing
from tests import make
from tests.browser.conftest import axe
from tests.browser.site import Site
from tests.instances import filling

Visitor = Callable[..., BrowserContext]


@pytest.fixture
def door(tmp_path: Path) -> Iterator[tuple[Site, str, dict[str, str]]]:
    """A served camp, a pairing code, and the codes of an admitted and a waiting person."""
    folder = tmp_path / "instance"
    with filling(folder) as app:
        camp = make.camp()
        people = {state: make.participant(camp, state.title(), state=state) for state in ("admitted", "waiting")}
        with writing():
            printing.ensure_badges(camp, app.config["CAMP"].badge_key)
            pairing_code = pairing.offer(camp, "Main door")
            badges = {state: db.session.query(Badge).filter_by(participant_id=who.id).first() for state, who in people.items()}
            codes = {state: tokens.badge_code(app.config["CAMP"].badge_key, badge.uid, badge.issue) for state, badge in badges.items() if badge}
    with Site(folder) as running:
        yield running, pairing_code, codes


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a38_the_door_by_keyboard_with_results_in_words_and_shapes(
        scripts: bool, door: tuple[Site, str, dict[str, str]], visitor: Visitor) -> None:
    site, pairing_code, codes = door
    page = visitor(site.url, 390, java_script_enabled=scripts).new_page()
    page.goto("/ecm27/door")
    _tab_to(page, page.get_by_label("Code from the organiser's screen"))
    page.keyboard.type(pairing_code)
    page.keyboard.press("Enter")
    seen = []
    for code, word in ((codes["admitted"], "Welcome"), (codes["admitted"], "Already in"), ("AAAAAAAAAAAAAAAA", "Not known"), ("HELLO WORLD", "Not a badge")):
        field = page.get_by_label("Code of the badge")
        expect(field).to_be_visible()
        _tab_to(page, field)
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        answer = page.get_by_role("status").filter(has_text=word).first
        expect(answer).to_be_visible()
        seen.append(answer.locator("svg.verdict-sign:not([hidden])").get_attribute("data-sign"))
        if scripts:
            assert axe(page) == []
        _on(page, scripts)
    assert seen == ["go", "wait", "stop", "stop"]


def _on(page: Page, scripts: bool) -> None:
    """Go on to the next badge by keyboard; after green the page does so by itself."""
    following = page.get_by_role("button", name="Next")
    if not scripts or following.is_visible():
        _tab_to(page, following)
        page.keyboard.press("Enter")


def _tab_to(page: Page, wanted: object) -> None:
    """Press Tab until the focus is there, if it is not already."""
    for _ in range(40):
        if wanted.and_(page.locator(":focus")).count():  # type: ignore[attr-defined]
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted}")
