"""A phone that finds no network any more: its scans go as QR codes over the desk's camera into the database, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Playwright, expect

from badges.models import Admission, Scan
from camp.db import db
from tests.browser import clients
from tests.browser.conftest import CHROMIUM, QUIET, axe
from tests.browser.door_world import CAMERA, Hall, go_on, pair, type_code

Visitor = Callable[..., BrowserContext]
MANY = 30  # failed attempts, so that one code does not hold them all


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path / "instance")
    with made.site:
        yield made


@pytest.mark.slow
def test_what_a_phone_could_not_send_is_read_by_the_desks_camera(hall: Hall, visitor: Visitor, playwright: Playwright, tmp_path: Path) -> None:
    phone = visitor(hall.site.url, 390).new_page()
    pair(phone, hall.pairing[0])
    phone.context.set_offline(True)
    type_code(phone, hall.codes["Mai"], "go")
    go_on(phone)
    for number in range(MANY):
        type_code(phone, f"{number:04}NOBADGE", "stop")
        go_on(phone)
    expect(phone.locator("[data-net-words]")).to_have_text(f"no network, {MANY + 1} wait")
    phone.locator("[data-rescue]").click()
    film = tmp_path / "desk.mjpeg"
    clients.film(_codes(phone), film, pictures=20)
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *CAMERA, f"--use-file-for-fake-video-capture={film}"])
    desk = hall.organiser(visitor(hall.site.url, 1280, browser=browser))
    desk.goto("/ecm27/organise/doors")
    desk.get_by_text("A phone could not send its scans").click()
    desk.get_by_role("button", name="Read the codes with this camera").click()
    expect(desk.locator("[data-rescued] [data-trouble]")).to_have_text("All codes are read. Take them in.")
    assert axe(desk) == []
    desk.get_by_role("button", name="Take them in").click()
    expect(desk.locator("main")).to_contain_text("1 of 4 are here")
    phone.locator("[data-rescue-dialog] button[value=close]").click()
    phone.context.set_offline(False)  # the network comes back after all: nothing counts twice
    phone.evaluate("() => dispatchEvent(new Event('online'))")
    expect(phone.locator("[data-net-words]")).to_have_text("connected")
    browser.close()
    with hall.site.app.app_context():
        assert (db.session.query(Admission).count(), db.session.query(Scan).count()) == (1, MANY + 1)


def _codes(phone: object) -> list[Image.Image]:
    """The codes as the phone shows them, page by page, before the camera of the desk."""
    found: list[Image.Image] = []
    page = phone.locator("[data-rescue-page]")  # type: ignore[attr-defined]
    expect(page).to_contain_text("Code 1 of")
    number = int(page.inner_text().split()[-1])
    assert number > 1
    for at in range(1, number + 1):
        expect(page).to_have_text(f"Code {at} of {number}")
        shot = Image.open(BytesIO(phone.locator("[data-rescue-code]").screenshot())).convert("L")  # type: ignore[attr-defined]
        view = Image.new("L", (1280, 720), 60)
        view.paste(shot.resize((560, 560), Image.Resampling.BILINEAR), (360, 80))
        found.append(view)
        phone.locator("[data-rescue-next]").click()  # type: ignore[attr-defined]
    return found
