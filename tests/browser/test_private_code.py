"""The private code inside a folded badge: read off the printed paper, it signs its owner in, here and today, until it is revoked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from badges.code_models import PrivateCode
from camp.db import db, writing
from camp.models import Day
from tests.browser import clients
from tests.browser.conftest import axe
from tests.browser.door_world import Hall

Visitor = Callable[..., BrowserContext]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path / "instance", ("Mai",))
    with made.site:
        yield made


def _inside(hall: Hall, owner: str, folder: Path) -> str:
    """The path of the private code inside somebody's badge: the sheet after the one with the code for the door."""
    file = folder / "folded.pdf"
    clients.camp("--instance", hall.folder, "badges", "--camp", "ecm27", "--layout", "a5-folded", "-o", file)
    sheets = [clients.codes(page) for page in clients.pages_as_pictures(file, folder)]
    outside = next(number for number, found in enumerate(sheets) if hall.codes[owner] in found)
    [address] = sheets[outside + 1]
    assert address.startswith(f"HTTPS://{hall.host.upper()}/P/")
    return "/P/" + address.rpartition("/")[2]


def _move_days(hall: Hall, by: timedelta) -> None:
    with hall.site.app.app_context(), writing():
        for day in sorted(db.session.query(Day), key=lambda day: day.date, reverse=by > timedelta()):
            day.date += by
            db.session.flush()


def _stored(hall: Hall) -> tuple[bool, bool]:
    """Whether the one private code that was looked at is bound to a browser, and used."""
    with hall.site.app.app_context():
        rows = db.session.query(PrivateCode).all()
        return any(row.browser_hash for row in rows), any(row.used_at for row in rows)


def _refused(page: Page, path: str, why: str) -> None:
    page.goto(path)
    expect(page.locator("main")).to_contain_text(why)
    expect(page.get_by_role("button", name="Sign me in here")).to_have_count(0)
    page.goto("/ecm27/me")
    expect(page).to_have_url(re.compile(r"/sign-in\?"))


@pytest.mark.slow
def test_a_printed_private_code_signs_in_one_browser_on_the_days_of_the_camp_until_it_is_revoked(
        hall: Hall, visitor: Visitor, tmp_path: Path) -> None:
    path = _inside(hall, "Mai", tmp_path)
    mine, other = visitor(hall.site.url, 390).new_page(), visitor(hall.site.url, 390).new_page()
    _move_days(hall, timedelta(days=7))
    _refused(mine, path, "This code works on the days of the camp.")
    _move_days(hall, timedelta(days=-7))
    for page in (other, mine):  # looking binds nothing
        page.goto(path)
        expect(page.locator("main")).to_contain_text("signs you in, in this browser only")
        assert (axe(page), _stored(hall)) == ([], (False, False))
    mine.get_by_role("button", name="Sign me in here").click()
    expect(mine.locator("main")).to_contain_text("Mai")
    assert _stored(hall) == (True, True)
    other.get_by_role("button", name="Sign me in here").click()  # opened before the code was bound
    _refused(other, path, "This code was used in another browser.")
    desk = hall.organiser(visitor(hall.site.url, 1280))
    desk.goto(f"/ecm27/organise/people/{hall.people['Mai']}/badge")
    expect(desk.locator("main")).to_contain_text("used in one browser since")
    desk.get_by_role("button", name="Revoke the private code").click()
    desk.locator("dialog[open] button[value=yes]").click()
    expect(desk.locator("main")).to_contain_text("The private code signs nobody in any more.")
    _refused(mine, path, "This code counts no more.")
