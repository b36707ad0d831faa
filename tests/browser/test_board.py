"""The board as moderators use it: by mouse, dialog and keys; undone, and two who want the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from camp import clock, tokens
from camp.access import SIGN_IN_COOKIE
from camp.db import db, writing
from camp.models import SignIn
from tests import make
from tests.browser.conftest import axe
from tests.browser.site import Site
from tests.instances import filling

Visitor = Callable[..., BrowserContext]
MIDDLE = "one => one.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'})"  # far from the edges, where all scrolls
UNDER_THE_BAR = """() => {  // whether the bar of reasons would catch what is let go on it
  const bar = document.getElementById('board-why').getBoundingClientRect();
  return document.elementFromPoint(bar.x + bar.width / 2, bar.y + bar.height / 2)?.closest('#board-why') ?? null;
}"""
HOSTILE = "<img src=x onerror=document.title='broken'>"


class Board:
    """A served camp with rooms A to D at 10, 11 and 13 o'clock and sessions in the tray; two moderators, Anna and Ben."""

    def __init__(self, site: Site, tokens_of: dict[str, str], visitor: Visitor) -> None:
        self.site, self.tokens, self.visitor = site, tokens_of, visitor

    def page(self, who: str, width: int = 1280, **more: object) -> Page:
        """The board in the browser of a moderator."""
        context = self.visitor(self.site.url, width, **more)
        context.add_cookies([{"name": SIGN_IN_COOKIE, "value": self.tokens[who], "url": self.site.url.replace("http:", "https:"), "secure": True}])
        page = context.new_page()
        page.goto("/ecm27/organise/plan")
        return page


@pytest.fixture
def board(tmp_path: Path, visitor: Visitor) -> Iterator[Board]:
    folder = tmp_path / "instance"
    signed_in = {}
    with filling(folder) as app:
        camp = make.camp(rooms=4, slots=3)
        for name in ("Anna", "Ben"):
            who = make.participant(camp, name, "Wolf")
            make.role(camp, who.person, "moderator")
            signed_in[name] = tokens.draw()
            with writing():
                db.session.add(SignIn(person_id=who.person_id, token_hash=tokens.hash_of(signed_in[name]), made_at=clock.now()))
        for title in ("Alpha", "Beta", HOSTILE):
            make.vote(app, make.participant(camp), make.session(camp, title))
    with Site(folder) as running:
        yield Board(running, signed_in, visitor)


def cell(page: Page, row: int, column: int) -> Locator:
    """A cell by its time (from 0, without the break) and room."""
    return page.locator("#board-wall tr:not(.off):has(td)").nth(row).locator("td").nth(column)


def drag(page: Page, title: str, to: Locator) -> None:
    page.get_by_role("link", name=title, exact=True).hover()
    page.mouse.down()
    box = to.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20, steps=6)
    expect(page.locator(".ghost")).to_be_visible()
    expect(page.locator("td [data-lay]").first).to_be_visible()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    assert to.bounding_box() == box  # nothing shifts under the hand
    page.mouse.up()


def test_a_session_moves_by_mouse_dialog_and_keys_and_back_by_undo(board: Board) -> None:
    page = board.page("Anna")
    drag(page, "Alpha", cell(page, 0, 1))
    expect(cell(page, 0, 1)).to_contain_text("Alpha")
    expect(page.locator("#toasts")).to_contain_text("“Alpha” is now at 10:00, B · Room B.")
    drag(page, "Alpha", cell(page, 2, 3))
    expect(cell(page, 2, 3)).to_contain_text("Alpha")

    page.get_by_role("link", name="Beta", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Beta")).to_be_focused()
    assert axe(page) == []
    dialog.get_by_role("button", name="11:00, A · Room A").click()
    expect(cell(page, 1, 0)).to_contain_text("Beta")
    expect(dialog).not_to_be_visible()

    page.get_by_role("button", name="Lift “Beta”").focus()
    page.keyboard.press("Enter")
    expect(page.locator("button.what.best")).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Lift “Beta”")).to_be_focused()
    expect(page.locator("#board-why")).to_contain_text("Put back: Beta.")
    page.keyboard.press("Space")
    expect(page.locator("button.what.best")).to_be_focused()
    for key in ("ArrowDown",) * 2 + ("ArrowRight",) * 3:
        page.keyboard.press(key)
    expect(cell(page, 2, 3).get_by_role("button", name="exchange")).to_be_focused()
    expect(page.locator("#board-why")).to_contain_text("“Alpha” goes to 11:00, Room A.")
    page.keyboard.press("Enter")
    expect(cell(page, 2, 3)).to_contain_text("Beta")
    expect(cell(page, 1, 0)).to_contain_text("Alpha")
    expect(page.get_by_role("button", name="Lift “Beta”")).to_be_focused()

    page.get_by_role("button", name="Undo").click()
    expect(cell(page, 2, 3)).to_contain_text("Alpha")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#board-tray")).to_contain_text("Beta")
    page.get_by_role("button", name="Redo").click()
    expect(cell(page, 1, 0)).to_contain_text("Beta")
    page.get_by_role("searchbox").fill("img")
    assert page.locator("#board-tray li:visible").count() == 1
    page.get_by_role("link", name=HOSTILE, exact=True).click()
    expect(dialog).to_contain_text(HOSTILE)
    assert "broken" not in page.title()


class Finger:
    """One finger on a page, as the browser's own input of a touch screen."""

    def __init__(self, page: Page) -> None:
        self.page, self._session = page, page.context.new_cdp_session(page)
        self._session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def down(self, on: Locator) -> None:
        """Put it into the middle of something."""
        on.evaluate(MIDDLE)
        box = on.bounding_box()
        assert box is not None
        self._to("touchStart", box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 14))

    def move(self, to: Locator) -> None:
        """Slide it into a corner of something."""
        to.evaluate(MIDDLE)
        box = to.bounding_box()
        assert box is not None
        for step in (30, 24, 20):
            self._to("touchMove", box["x"] + step, box["y"] + step)

    def up(self) -> None:
        """Lift it."""
        self._session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def swipe(self, on: Locator, by: int) -> None:
        """Brush upwards by so many pixels, without waiting."""
        box = on.bounding_box()
        assert box is not None
        self._to("touchStart", box["x"] + 30, box["y"] + 14)
        for way in range(20, by, 20):
            self._to("touchMove", box["x"] + 30, box["y"] + 14 - way)
        self.up()

    def _to(self, kind: str, x: float, y: float) -> None:
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})


@pytest.mark.parametrize("width", [390, 1024])
def test_a_finger_that_rests_on_a_card_carries_it_and_one_that_moves_scrolls(board: Board, width: int) -> None:
    page = board.page("Anna", width)
    finger, ghost, alpha = Finger(page), page.locator(".ghost"), page.get_by_role("link", name="Alpha", exact=True)
    finger.swipe(page.get_by_role("link", name="Beta", exact=True), 240)
    if width == 390:  # on the wider page all of it is in sight
        page.wait_for_function("() => { const rests = window.was === scrollY; window.was = scrollY; return rests && scrollY > 100; }", polling=150)
    assert ghost.count() == 0 and page.get_by_role("dialog").count() == 0
    for to, wanted in ((cell(page, 0, 0), "“Alpha” is now at 10:00, A · Room A."), (cell(page, 1, 0), "“Alpha” is now at 11:00, A · Room A."),
                       (page.locator("section.tray"), "“Alpha” lies in the tray again.")):
        finger.down(alpha)
        expect(ghost).to_have_text("Alpha")
        if "tray" not in wanted:
            expect(page.locator("td [data-lay]").first).to_be_visible()
            assert page.evaluate(UNDER_THE_BAR) is None
        finger.move(to)
        finger.up()
        expect(page.locator("#toasts[role=status]")).to_contain_text(wanted)
        expect(ghost).to_have_count(0)
    finger.down(alpha)
    expect(ghost).to_be_visible()
    finger.up()
    expect(page.locator("#board-why[aria-live]")).to_contain_text("Put back: Alpha.")
    expect(page.get_by_role("dialog")).to_have_count(0)
    finger.down(alpha)
    finger.up()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_who_comes_second_keeps_the_wish(board: Board) -> None:
    anna, ben = board.page("Anna"), board.page("Ben")
    ben.clock.install()  # Ben's page does not look again by itself
    ben.reload()
    drag(anna, "Alpha", cell(anna, 0, 0))
    expect(cell(anna, 0, 0)).to_contain_text("Alpha")
    drag(ben, "Alpha", cell(ben, 1, 1))
    note = ben.locator("#board-note")
    expect(note).to_contain_text("Anna Wolf at")
    expect(note).to_contain_text("Your wish: “Alpha” to 11:00, B · Room B.")
    expect(cell(ben, 0, 0)).to_contain_text("Alpha")
    assert axe(ben) == []
    ben.get_by_role("button", name="Do it all the same").click()
    expect(cell(ben, 1, 1)).to_contain_text("Alpha")
    expect(cell(anna, 1, 1)).to_contain_text("Alpha")  # which her page sees by itself


def test_the_move_page_works_without_scripts(board: Board) -> None:
    page = board.page("Anna", 320, java_script_enabled=False)
    first, last = (page.locator("#board-tray li").nth(number).bounding_box() for number in (0, -1))
    assert first and last and first["y"] == last["y"]  # a strip above the wall, however many wait
    page.get_by_role("link", name="To the grid").click()
    expect(page.locator("#board-wall")).to_be_focused()
    page.get_by_role("link", name="Alpha", exact=True).click()
    page.get_by_label("Pin it: it stays there when a plan is made").check()
    page.get_by_role("button", name="13:00, C · Room C").click()
    expect(cell(page, 2, 2)).to_contain_text("Alpha")
    expect(cell(page, 2, 2)).to_contain_text("pinned")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#board-tray")).to_contain_text("Alpha")
