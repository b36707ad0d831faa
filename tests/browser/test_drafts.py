"""What is typed into a proposal survives a killed browser and an expired sign-in, and is gone when it is on the wall."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Playwright, expect
from sqlalchemy import delete

from camp import clock, tokens
from camp.access import SIGN_IN_COOKIE
from camp.db import db, writing
from camp.models import Participant, SignIn
from sessions import begun
from tests import make
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.site import Site
from tests.instances import filling
from tests.net import free_port

ADDRESS = "/ecm27/proposals/new"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[str, Flask]]:
    """A served camp with one participant, who has the number 1."""
    port = free_port()
    with filling(tmp_path / "camp", f'base_url = "http://127.0.0.1:{port}"') as app:
        make.participant(make.camp())
        db.session.remove()
        with Site(tmp_path / "camp", port):
            yield f"http://127.0.0.1:{port}", app


def sign_in(app: Flask, context: BrowserContext, url: str) -> None:
    token = tokens.draw()
    with writing():
        db.session.add(SignIn(person_id=1, token_hash=tokens.hash_of(token), made_at=clock.now()))
    db.session.remove()
    context.add_cookies([{"name": SIGN_IN_COOKIE, "value": token, "url": url.replace("http:", "https:"), "secure": True}])


def _profile(playwright: Playwright, folder: Path, url: str) -> BrowserContext:
    """A browser that keeps what it knows between two starts."""
    return playwright.chromium.launch_persistent_context(folder / "profile", executable_path=CHROMIUM, args=QUIET, base_url=url, locale="en-GB")


def kept(app: Flask) -> dict[str, list[str]] | None:
    db.session.rollback()
    draft = begun.of(db.session.get_one(Participant, 1))
    return draft.fields if draft else None


def test_a_killed_browser_loses_nothing_and_the_wall_ends_the_draft(place: tuple[str, Flask], playwright: Playwright, tmp_path: Path) -> None:
    url, app = place
    context = _profile(playwright, tmp_path, url)
    sign_in(app, context, url)
    page = context.new_page()
    page.goto(ADDRESS)
    page.locator("#title").press_sequentially("Why?")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved")
    assert (kept(app) or {})["title"] == ["Why?"]
    page.locator("#description").press_sequentially("Typed in the last moment")
    cookies = context.cookies()
    context.close()
    context = _profile(playwright, tmp_path, url)
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(ADDRESS)
    expect(page.locator("#description")).to_have_value("Typed in the last moment")
    page.get_by_role("button", name="Put it on the wall").click()
    page.wait_for_url("**/proposals/1")
    page.goto(ADDRESS)
    expect(page.locator("#title")).to_have_value("")
    assert kept(app) is None
    context.close()


def test_whoever_is_signed_out_meanwhile_finds_the_text_again(place: tuple[str, Flask], visitor: Callable[..., BrowserContext]) -> None:
    url, app = place
    context = visitor(url)
    sign_in(app, context, url)
    page = context.new_page()
    page.goto(ADDRESS)
    with writing():
        db.session.execute(delete(SignIn))
    db.session.remove()
    page.locator("#title").press_sequentially("Why?")
    expect(page.locator("[data-draft-state]")).to_contain_text("You are signed out")
    page.get_by_role("button", name="Put it on the wall").click()
    page.wait_for_url("**/sign-in?then=**")
    sign_in(app, context, url)
    page.goto(ADDRESS)
    expect(page.locator("#title")).to_have_value("Why?")
    expect(page.locator("[data-draft-state]")).to_contain_text("is here again")
