"""axe finds nothing on the door in any state that its scripts show, nor on the desk beside it: German and English, 320 px."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from badges import drill
from badges.models import Admission, Scan
from camp.db import db
from camp.models import Camp
from tests.browser import clients
from tests.browser.conftest import axe
from tests.browser.door_world import Hall, go_on, pair, type_code

Visitor = Callable[..., BrowserContext]
RED = ("waiting", "cancelled", "revoked", "another-day", "blank", "other-camp")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path / "instance")
    with made.site:
        yield made


class Look:
    """Notes what is wrong with a page, by the state that it is in."""

    def __init__(self) -> None:
        self.wrong: dict[str, object] = {}
        self.seen: set[str] = set()

    def at(self, page: Page, state: str) -> None:
        """Look once."""
        self.seen.add(state)
        if found := axe(page):
            self.wrong[state] = found
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            self.wrong[f"{state} sideways"] = wide


def _close(page: Page, panel: str) -> None:
    page.locator(f"[data-{panel}] button[value=close], [data-{panel}-close]").click()


@pytest.mark.parametrize("language", ["de-DE", "en-GB"])
def test_axe_finds_nothing_in_any_state_of_the_door(language: str, hall: Hall, visitor: Visitor) -> None:
    look, page = Look(), visitor(hall.site.url, 320, language).new_page()
    pair(page, hall.pairing[0])
    expect(page.locator("[data-warnings] li").first).to_be_visible()
    look.at(page, "ready, with a warning")
    type_code(page, hall.codes["Mai"], "go")
    look.at(page, "green")
    for mark in ("note", "no-photo", "first"):
        expect(page.locator(f"[data-{mark}]")).to_be_visible()
    page.locator("[data-ready]").wait_for()
    expect(page.locator("[data-undo]")).to_be_visible()
    look.at(page, "can be taken back")
    type_code(page, hall.codes["Mai"], "wait")
    look.at(page, "amber")
    go_on(page)
    for name in RED:
        type_code(page, hall.codes[name], "stop")
        look.at(page, f"red: {name}")
        go_on(page)
    _panels(look, page)
    _offline(look, page, hall)
    _refused(look, page)
    assert look.wrong == {}


def _panels(look: Look, page: Page) -> None:
    page.locator("[data-search-open]").click()
    page.locator("#search-field").fill("oeztuerk gross")
    expect(page.locator("[data-search-found] li")).to_have_count(2)
    look.at(page, "search")
    page.locator("[data-search-found] li").first.locator("button").last.click()
    look.at(page, "correcting a name")
    page.keyboard.press("Escape")
    page.locator("#search-field").fill("xyz")
    expect(page.locator("[data-search-none]")).to_be_visible()
    look.at(page, "search without result")
    _close(page, "search")
    page.locator("[data-walk-in-open]").click()
    look.at(page, "walk-in")
    _close(page, "walk-in")


def _offline(look: Look, page: Page, hall: Hall) -> None:
    page.context.set_offline(True)
    type_code(page, hall.codes["Wei"], "go")
    page.locator("[data-ready]").wait_for()
    type_code(page, "AAAAAAAAAAAAAAAA", "wait")
    expect(page.locator("[data-provisional]")).to_be_visible()
    look.at(page, "not on this list")
    page.locator("[data-provisional]").click()
    expect(page.locator("[data-net][data-state=off]")).to_be_visible()
    expect(page.locator("[data-rescue]")).to_be_visible()
    look.at(page, "no network, scans wait")
    page.locator("[data-inside-open]").click()
    expect(page.locator("[data-inside-names] li")).to_have_count(3)  # Mai, Wei, and one whom the list does not know
    page.locator("[data-inside-names] input").first.check()
    look.at(page, "who is inside")
    _close(page, "inside")
    page.locator("[data-rescue]").click()
    expect(page.locator("[data-rescue-code] svg")).to_be_visible()
    look.at(page, "rescue by codes")
    page.locator("[data-rescue-dialog] summary").click()
    look.at(page, "rescue by text")
    _close(page, "rescue-dialog")


def _refused(look: Look, page: Page) -> None:
    page.locator("[data-start]").click()
    expect(page.locator("[data-trouble]")).not_to_be_empty()
    look.at(page, "no camera")


def test_two_phones_let_the_same_person_in_and_both_and_the_desk_show_it_without_a_flaw(hall: Hall, visitor: Visitor) -> None:
    look, phones = Look(), [visitor(hall.site.url, 320, "de-DE").new_page() for _ in range(2)]
    for page, code in zip(phones, hall.pairing, strict=False):
        pair(page, code)
        page.context.set_offline(True)
        type_code(page, hall.codes["Mai"], "go")
        go_on(page)
        type_code(page, hall.codes["cancelled"], "stop")
        go_on(page)
        type_code(page, "AAAAAAAAAAAAAAAA", "wait")
        page.locator("[data-provisional]").click()
        page.locator("[data-ready]").wait_for()
    for page in (*phones, phones[0]):
        page.context.set_offline(False)
        page.evaluate("() => dispatchEvent(new Event('online'))")
        expect(page.locator("[data-net][data-state=on]")).to_be_visible()
    for number, page in enumerate(phones):
        expect(page.locator("[data-notices] li")).to_have_count(2)  # the double, and who was let in provisionally
        look.at(page, f"double at phone {number}")
    desk = hall.organiser(visitor(hall.site.url, 320, "de-DE"))
    for path in ("arrivals", "doors"):
        desk.goto(f"/ecm27/organise/{path}")
        look.at(desk, path)
    desk.goto("/ecm27/organise/arrivals")
    expect(desk.locator("#live")).to_contain_text("1 von 4 sind da")
    expect(desk.locator("#live")).to_contain_text("an zwei Türen eingelassen, einmal gezählt")
    phones[0].locator("[data-notices] button").first.click()
    expect(phones[0].locator("[data-notices] li")).to_have_count(1)
    assert look.wrong == {}


def test_in_a_drill_badges_of_invented_people_are_scanned_the_network_is_cut_by_a_button_and_nothing_counts(
        hall: Hall, visitor: Visitor, tmp_path: Path) -> None:
    clients.camp("--instance", hall.folder, "badges", "--camp", "ecm27", "--only", "drill", "--layout", "a4-10", "-o", tmp_path / "drill.pdf")
    printed = [card.text for card in clients.cards(tmp_path / "drill.pdf", tmp_path)]
    with hall.site.app.app_context():
        states = {f"HTTPS://{hall.host.upper()}/B/{code}": state for _, state, code in drill.people(db.session.query(Camp).filter_by(slug="ecm27").one(), hall.key)}
    assert set(printed) == set(states)
    come, waits = (next(code for code in printed if states[code] == state) for state in ("admitted", "waiting"))
    look, page = Look(), visitor(hall.site.url, 320, "de-DE").new_page()
    pair(page, hall.pairing[2])
    look.at(page, "drill")
    for code, tone in ((come, "go"), (come, "wait"), (waits, "stop"), (hall.codes["Mai"], "wait")):  # real people are on no list of a drill
        type_code(page, code, tone)
        go_on(page)
    page.locator("[data-cut]").click()
    expect(page.locator("[data-net][data-state=off]")).to_be_visible()
    type_code(page, next(code for code in printed if states[code] == "admitted" and code != come), "go")
    go_on(page)
    expect(page.locator("[data-net-words]")).to_contain_text("1")
    expect(page.locator("[data-count]")).to_have_text("2 von 60 sind da")
    look.at(page, "drill, network cut")
    page.locator("[data-cut]").click()
    expect(page.locator("[data-net-words]")).to_have_text("verbunden")
    assert look.wrong == {}
    real = visitor(hall.site.url, 390, "de-DE").new_page()
    pair(real, hall.pairing[0])
    type_code(real, come, "stop")
    expect(real.locator("[data-word]")).to_have_text("Nicht bekannt")
    with hall.site.app.app_context():
        assert (db.session.query(Admission).count(), [scan.verdict for scan in db.session.query(Scan)]) == (0, ["unknown"])
