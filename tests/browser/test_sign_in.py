"""Signing in as people do it: with the keyboard alone, with a second factor, and after scanners that run scripts (A-03, A-38)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from camp import camps, clock, people
from camp.access import SIGN_IN_COOKIE
from camp.db import db, writing
from camp.models import SignIn
from tests import make
from tests.browser.conftest import axe, wait
from tests.browser.site import Site
from tests.instances import filling

ADDRESS, ORGANISER = "mai@example.org", "orga@example.org"
Visitor = Callable[..., BrowserContext]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "instance"
    with filling(folder):
        camp = make.camp()
        make.participant(camp, address=ADDRESS)
        make.participant(camp, address=ORGANISER)
        with writing():
            who = people.by_address(ORGANISER)
            assert who is not None
            people.give_role(camp, who, "organiser")
    with Site(folder) as running:
        yield running


def _ask(site: Site, page: Page, address: str) -> str:
    """Ask for a link with the keyboard alone; gives the link of the mail."""
    before = len(site.letters(address))
    page.goto("/sign-in?at=ecm27&then=/account")
    _tab_to(page, "textbox", "Mail address")
    page.keyboard.type(address)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    wait(page, lambda: len(site.letters(address)) > before)
    return site.link_for(address)


def _tab_to(page: Page, role: str, name: str) -> None:
    """Press Tab until the focus, which has to be visible, is on a control."""
    wanted = page.get_by_role(role, name=name)  # type: ignore[arg-type]
    for _ in range(30):
        page.keyboard.press("Tab")
        if wanted.evaluate("control => control === document.activeElement"):
            outline = wanted.evaluate("control => getComputedStyle(control).outlineStyle + getComputedStyle(control).boxShadow")
            assert outline != "nonenone"
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def _press(page: Page, name: str) -> None:
    _tab_to(page, "button", name)
    page.keyboard.press("Enter")


def _sign_ins(site: Site) -> int:
    with site.app.app_context():
        return db.session.query(SignIn).count()


def test_a03_scanners_with_javascript_that_click_get_nothing_and_spend_nothing(site: Site, visitor: Visitor) -> None:
    mine = visitor(site.url).new_page()
    link = _ask(site, mine, ADDRESS)
    for _ in range(2):
        scanner = visitor(site.url)
        page = scanner.new_page()
        page.goto(link)
        page.wait_for_load_state("networkidle")
        page.evaluate("for (const control of document.querySelectorAll('main button, main input[type=submit]')) control.click()")
        page.evaluate("""async link => {
            const token = document.querySelector('meta[name=csrf-token]').content;
            await fetch(link, {method: 'POST', body: new URLSearchParams({csrf_token: token})});
        }""", link)
        assert SIGN_IN_COOKIE not in {cookie["name"] for cookie in scanner.cookies()}
    assert _sign_ins(site) == 0
    mine.goto(link)
    mine.get_by_role("button", name="Sign me in").click()
    mine.wait_for_url("**/account")
    assert _sign_ins(site) == 1
    mine.goto(link)
    expect(mine.locator("main")).to_contain_text("This link has been used.")


def test_a38_link_and_code_with_the_keyboard_alone(site: Site, visitor: Visitor) -> None:
    mine, phone = visitor(site.url).new_page(), visitor(site.url, 390).new_page()
    phone.goto(_ask(site, mine, ADDRESS))
    code = phone.locator("p.code").inner_text()
    assert axe(phone) == []
    _tab_to(mine, "textbox", "Code")
    mine.keyboard.type("WRONG")
    mine.keyboard.press("Enter")
    expect(mine.get_by_role("alert")).to_be_focused()
    expect(mine.get_by_role("alert")).to_contain_text("This is not the code.")
    _tab_to(mine, "textbox", "Code")
    mine.keyboard.press("Control+a")
    mine.keyboard.type(code)
    _press(mine, "Sign in with the code")
    mine.wait_for_url("**/account")


def test_a38_a_link_that_is_too_old_says_what_to_do(site: Site, visitor: Visitor) -> None:
    mine = visitor(site.url).new_page()
    link = _ask(site, mine, ADDRESS)
    with clock.shifted(timedelta(minutes=31)):
        mine.goto(link)
        expect(mine.locator("main")).to_contain_text("This link is too old.")
        assert axe(mine) == []
        again = _ask(site, mine, ADDRESS)  # the time limit can be met anew, as often as one needs
        mine.goto(again)
        _press(mine, "Sign me in")
        mine.wait_for_url("**/account")


def test_an_organiser_sets_the_second_factor_up_and_signs_in_with_it(site: Site, visitor: Visitor) -> None:
    with site.app.app_context(), writing():
        camp = camps.by_slug("ecm27")
        assert camp is not None
        camp.second_factor_required = True
    mine = visitor(site.url).new_page()
    mine.goto(_ask(site, mine, ORGANISER))
    _press(mine, "Sign me in")
    mine.wait_for_url("**/account")
    mine.goto("/ecm27/organise")
    expect(mine.locator("main")).to_contain_text("This camp lets organisers in with a second factor only.")
    totp = pyotp.TOTP("".join(mine.locator("main span.code").inner_text().split()))
    _tab_to(mine, "textbox", "Code")
    mine.keyboard.type(totp.at(clock.now()))
    _press(mine, "Switch it on")
    expect(mine.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    recovery = mine.locator("li.code").all_inner_texts()
    assert (len(recovery), axe(mine)) == (8, [])
    _tab_to(mine, "button", "I have kept them, go on")
    mine.keyboard.press("Enter")
    mine.wait_for_url("**/ecm27/organise")
    other = visitor(site.url, 390).new_page()
    with clock.shifted(timedelta(minutes=2)):
        other.goto(_ask(site, other, ORGANISER))
        _press(other, "Sign me in")
        expect(other).to_have_url(re.compile("/sign-in/second-factor"))
        _tab_to(other, "textbox", "Code")
        other.keyboard.type(totp.at(clock.now()))
        other.keyboard.press("Enter")
        other.wait_for_url("**/account")
        expect(other.locator("main")).to_contain_text("Another browser")
        _press(other, "End all others")
        expect(other.locator("main")).not_to_contain_text("Another browser")
    mine.goto("/account")
    expect(mine).to_have_url(re.compile("/sign-in"))
