"""The plan of the demo camp as its organiser makes it: searched, stopped, taken in parts, explained, and mended on the day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from camp import camps, clock, config, demo_camp, schema, tokens, venue
from camp.access import SIGN_IN_COOKIE
from camp.app import create_app
from camp.commands.init import lay_out
from camp.db import db, writing
from camp.models import ClosedCell, SignIn
from sessions import planning
from sessions.models import Placement
from tests.browser.conftest import axe
from tests.browser.site import Site

Visitor = Callable[..., BrowserContext]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[tuple[Site, int]]:
    """The demo camp two weeks before its day, with proposals and votes and no plan; and who organises it."""
    folder = tmp_path / "instance"
    lay_out(folder)
    app = create_app(config.load(folder, {}))
    with app.test_request_context("/"):
        schema.upgrade()
        camp = demo_camp.make(app, "voting")
        with writing():
            organiser = demo_camp.cast(app, camp).roles["organiser"][0].person_id
        db.session.remove()
        db.engine.dispose()
    with Site(folder) as running:
        yield running, organiser


def test_plan_the_demo_camp_and_mend_it_on_the_day(demo: tuple[Site, int], visitor: Visitor) -> None:
    site, organiser = demo
    page = visitor(site.url).new_page()
    _enter(site, page, organiser)
    _search_and_stop(page)
    taken = _take_a_part(site, page)
    _take_the_rest(site, page, taken)
    _read_why(page)
    with clock.shifted(_in_the_second_slot(site) - clock.now()):
        _enter(site, page, organiser)
        _lose_a_room(site, page)


def _enter(site: Site, page: Page, who: int) -> None:
    """Sign somebody in, as the clock of the camp stands."""
    token = tokens.draw()
    with site.app.app_context(), writing():
        db.session.add(SignIn(person_id=who, token_hash=tokens.hash_of(token), made_at=clock.now()))
    page.context.add_cookies([{"name": SIGN_IN_COOKIE, "value": token, "url": site.url.replace("http:", "https:"), "secure": True}])


def _search_and_stop(page: Page) -> None:
    """The page of a running search is looked at here by axe, for it stands for no longer; cases.py has the others."""
    page.goto("/demo/organise/plan")
    page.get_by_role("button", name="Make a plan …").click()
    page.get_by_label("How long to search").select_option("300")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator("#draft")).to_contain_text(re.compile(r"\d+ of \d+ wishes fit so far"))
    expect(page.locator("#curve canvas")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Stop, keep the best").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Proposed plan")


def _take_a_part(site: Site, page: Page) -> int:
    """Tick what would lie in the first slot; what goes along is said once, then it is taken."""
    assert _placed(site) == 0
    page.get_by_role("checkbox", name="All of this time").first.check()
    page.get_by_role("button", name="Take what is ticked").click()
    if page.get_by_role("alert").count():
        expect(page.get_by_role("alert")).to_contain_text("goes only together with more")
        page.get_by_role("button", name="Take what is ticked").click()
    expect(page.locator("#toasts")).to_contain_text("Taken:")
    taken = _placed(site)
    assert 0 < taken < 48
    return taken


def _take_the_rest(site: Site, page: Page, taken: int) -> None:
    page.get_by_role("button", name="Take the whole plan").click()
    page.wait_for_url("**/organise/plan")
    assert _placed(site) > taken
    page.get_by_role("link", name="How good is it?").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"Of \d+ wishes that fit into these slots, \d+ can be kept"))


def _read_why(page: Page) -> None:
    page.goto("/demo/organise/plan")
    card = page.locator("table.plan td.cell .talk a").first
    title = card.inner_text().replace("\xad", "")
    page.goto(str(card.get_attribute("href")))
    expect(page.locator("main")).to_contain_text(title)
    expect(page.locator("#why")).to_contain_text(re.compile(r"\d"))  # with the figures of this camp


def _lose_a_room(site: Site, page: Page) -> None:
    page.goto("/demo/organise/plan")
    page.get_by_role("button", name="Mend …").click()
    page.get_by_label("Lost room").select_option(index=1)
    page.get_by_role("button", name="Show offers").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"\d+ sessions? loses? (its|their) cell"))
    before = _placed(site)
    page.get_by_role("button", name="Take “Few moves”").click()
    page.wait_for_url("**/organise/plan")
    expect(page.locator("#toasts")).to_contain_text("The plan is mended.")
    with site.app.app_context():
        lost = db.session.scalars(select(ClosedCell)).all()
        there = {(row.room_id, row.slot_id) for row in db.session.scalars(select(Placement))}
        assert lost and there.isdisjoint({(cell.room_id, cell.slot_id) for cell in lost})
    assert 0 < _placed(site) <= before


def _placed(site: Site) -> int:
    with site.app.app_context():
        camp = camps.by_slug(demo_camp.SLUG)
        assert camp is not None
        return len({row.session_id for row in planning.placements(camp)})


def _in_the_second_slot(site: Site) -> datetime:
    with site.app.app_context():
        camp = camps.by_slug(demo_camp.SLUG)
        assert camp is not None
        second = venue.grid(camp).session_slots[1]
        return clock.at(second.date, second.starts, camp.timezone) + timedelta(minutes=5)
