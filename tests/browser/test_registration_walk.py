"""Registration, waiting list, promotion and cancellation, as two people click it: in German on a phone, in English on a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from camp import config, schema
from camp.app import create_app
from camp.commands.init import lay_out
from camp.db import db
from tests import make
from tests.browser.site import Site
from tests.browser.test_walk import de
from tests.net import free_port

Visitor = Callable[..., BrowserContext]
Say = Callable[..., str]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A camp with one place, and registration open."""
    folder = tmp_path / "instance"
    lay_out(folder)
    with create_app(config.load(folder, {})).app_context():
        schema.upgrade()
        make.camp(capacity=1)
        db.session.remove()
        db.engine.dispose()
    with Site(folder, free_port()) as running:
        yield running


def _mail(site: Site, page: Page, address: str, number: int) -> str:
    """The link of the mail that is the n-th to an address; waits for it."""
    for _ in range(150):
        if len(site.letters(address)) >= number:
            return site.link_for(address)
        page.wait_for_timeout(100)
    raise AssertionError(f"{address} has {len(site.letters(address))} mails")


def _register(site: Site, page: Page, name: str, say: Say) -> str:
    """Fill in the form, open the mail, press its button; the link of the next mail, which stays of use."""
    address = f"{name.lower()}@example.org"
    page.goto("/ecm27/")
    page.locator("main").get_by_role("button", name=say("Register"), exact=True).click()
    page.get_by_label(say("Given name")).fill(name)
    page.get_by_label(say("Mail address")).fill(address)
    page.get_by_label(say("Three hashtags")).fill("#SEO #B2B")
    page.get_by_label(say("Do not photograph me.")).check()
    page.locator("main").get_by_role("button", name=say("Register"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Look into your mail"))
    page.goto(_mail(site, page, address, 1))
    page.get_by_role("button", name=say("Yes, register me")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Your place"))
    return _mail(site, page, address, 2)


@pytest.mark.parametrize(("width", "language", "say"), [(390, "de-DE", de), (1280, "en-GB", lambda text: text)], ids=["de-390", "en-1280"])
def test_a_place_is_taken_given_back_and_taken_by_who_waits(site: Site, visitor: Visitor, width: int, language: str, say: Say) -> None:
    first, second = visitor(site.url, width, language).new_page(), visitor(site.url, width, language).new_page()
    mine = _register(site, first, "Mai", say)
    expect(first.locator("main")).to_contain_text(say("Your place is certain"))
    _register(site, second, "Jo", say)
    expect(second.locator("main")).to_contain_text(say("You are waiting"))
    first.goto(mine)
    first.get_by_role("button", name=say("I cannot come")).click()
    expect(first.locator("main")).to_contain_text(say("You have cancelled"))
    second.goto(_mail(site, second, "jo@example.org", 3))
    second.get_by_role("button", name=say("Take the place")).click()
    expect(second.locator("main")).to_contain_text(say("Your place is certain"))
    second.get_by_role("button", name=say("I cannot come")).click()
    expect(second.locator("main")).to_contain_text(say("You have cancelled"))
    assert [len(site.letters(f"{name}@example.org")) for name in ("mai", "jo")] == [2, 4]
