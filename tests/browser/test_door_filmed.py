"""Issue of the door, "done means": badges are printed, the paper is filmed, two phones scan, one dies, and the desk counts right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser import clients
from tests.browser.conftest import CHROMIUM, QUIET, wait
from tests.browser.door_world import CAMERA, WATCH, Hall, pair
from tests.browser.test_two_doors import kill

Visitor = Callable[..., BrowserContext]
NAMES = ("Ada", "Bea", "Cem", "Dan")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path / "instance", NAMES)
    with made.site:
        yield made


def _print(hall: Hall, file: Path) -> list[clients.Card]:
    """What a print has, as cut-out pictures of the paper."""
    clients.camp("--instance", hall.folder, "badges", "--camp", "ecm27", "--layout", "a4-10", "-o", file)
    folder = file.with_suffix("")
    folder.mkdir()
    return clients.cards(file, folder)


def _film(cards: list[clients.Card], file: Path) -> None:
    """The badges one after the other on a table, a little turned."""
    pictures = []
    for number, card in enumerate(cards):
        table = Image.new("L", (1280, 720), 96)
        badge = card.picture.resize((680, 432)).rotate(7 - 5 * number, expand=True, fillcolor=96)
        table.paste(badge, (250, 90))
        pictures.append(table)
    clients.film(pictures, file)


def _answers(page: Page, *wanted: list[str]) -> None:
    """Wait until the camera has brought these answers; others may come between."""
    wait(page, lambda: all(one in page.evaluate("() => answers") for one in wanted))


@pytest.mark.slow
def test_printed_badges_are_filmed_at_two_doors_online_offline_twice_and_revoked_and_counted_right(
        hall: Hall, visitor: Visitor, playwright: Playwright, tmp_path: Path) -> None:
    cards = {card.text: card for card in _print(hall, tmp_path / "all.pdf")}
    ada, bea, cem = (cards[hall.codes[name]] for name in NAMES[:3])
    name = {who: f"{who} Öztürk-Großmann" for who in NAMES}
    _film([ada, bea], tmp_path / "one.mjpeg")
    _film([bea, cem], tmp_path / "two.mjpeg")
    desk = hall.organiser(visitor(hall.site.url, 1280))
    desk.goto(f"/ecm27/organise/people/{hall.people['Bea']}/badge")
    desk.get_by_role("button", name="Revoke the code").click()
    desk.locator("dialog[open] button[value=yes]").click()
    expect(desk.locator("main")).to_contain_text("The code of this badge is revoked")

    def launch(number: str) -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / number), executable_path=CHROMIUM, args=[*QUIET, *CAMERA, f"--use-file-for-fake-video-capture={tmp_path / number}.mjpeg"],
            base_url=hall.site.url, locale="en-GB", viewport={"width": 390, "height": 844})
        context.add_init_script(WATCH)
        return context

    one, two = launch("one"), launch("two")
    pair(one.pages[0], hall.pairing[0])
    pair(two.pages[0], hall.pairing[1])
    two.set_offline(True)
    for phone in (one, two):
        phone.pages[0].get_by_role("button", name="Start scanning").click()
    # online: in, revoked, and when the film begins anew: already in
    _answers(one.pages[0], ["Welcome", name["Ada"]], ["Revoked", name["Bea"]], ["Already in", name["Ada"]])
    # offline, from the list of the phone: the same
    _answers(two.pages[0], ["Revoked", name["Bea"]], ["Welcome", name["Cem"]], ["Already in", name["Cem"]])
    expect(two.pages[0].locator("[data-net][data-state=off]")).to_be_visible()
    kill(tmp_path / "two")
    one.pages[0].get_by_label("Code of the badge").fill(hall.codes["Cem"])  # nobody knows yet that Cem is in: both doors let him in
    one.pages[0].keyboard.press("Enter")
    _answers(one.pages[0], ["Welcome", name["Cem"]])
    desk.goto("/ecm27/organise/arrivals")
    expect(desk.locator("#live")).to_contain_text("2 of 6 are here")
    two = launch("two")
    two.pages[0].goto("/ecm27/door")
    expect(two.pages[0].locator("[data-net-words]")).to_have_text("connected")
    desk.goto("/ecm27/organise/arrivals")
    expect(desk.locator("#live")).to_contain_text("2 of 6 are here")
    expect(desk.locator("#live")).to_contain_text(f"{name['Cem']}: let in at two doors, counted once")
    for phone in (one, two):
        phone.close()
