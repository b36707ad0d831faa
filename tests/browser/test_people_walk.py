"""A camp is set up and opened, people register and wait, a place travels: as its people click it, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from camp import clock
from tests.browser import clients
from tests.browser.conftest import axe, wait
from tests.browser.site import Site
from tests.browser.test_walk import de

ORGANISER, FIRST, SECOND = "orga@example.org", "mai@example.org", "ben@example.org"
TEXTS = ("imprint", "privacy", "terms", "accessibility")
INSTITUTION = {"name": "Hochschule Beispiel", "street": "Musterweg 1", "town": "45479 Mülheim an der Ruhr", "represented": "Prof. Dr. Mia Muster, Präsidentin",
               "email": "camp@example.org", "phone": "0208 1", "officer": "dsb@example.org"}
Visitor = Callable[..., BrowserContext]
Say = Callable[..., str]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Site, str]]:
    """An installation with nothing in it but its administrator, and the link that the operator's terminal printed."""
    folder = tmp_path / "instance"
    said = clients.camp("--instance", folder, "init", "--email", ORGANISER, "--yes")
    found = re.search(r"/sign-in/\S+", said)
    assert found
    with Site(folder) as running:
        yield running, found[0]


@pytest.mark.parametrize(("language", "width"), [("de-DE", 390), ("en-GB", 1280)], ids=["German on a phone", "English on a desk"])
def test_from_an_empty_installation_to_a_place_that_travels(language: str, width: int, site: tuple[Site, str], visitor: Visitor) -> None:
    running, link = site
    say: Say = de if language == "de-DE" else lambda text, **values: text % values if values else text
    organiser = visitor(running.url, width, language).new_page()
    organiser.goto(link)
    organiser.get_by_role("button", name=say("Sign me in")).click()
    _make(organiser, say)
    _refused_then_opened(organiser, visitor(running.url, width, language).new_page(), say)
    first, second = (visitor(running.url, width, language).new_page() for _ in range(2))
    _register(running, first, FIRST, "Mai", say)
    expect(first.locator("main")).to_contain_text(say("Your place is certain"))
    _register(running, second, SECOND, "Ben", say)
    expect(second.locator("main")).to_contain_text(say("You are number %(number)d in line. When a place comes free for you, you get a mail.", number=1))
    second.goto(_link(running, SECOND, "place"))
    assert axe(second) == []
    first.goto(_link(running, FIRST, "place"))
    mails = len(running.letters(SECOND))
    _press(first, say("I cannot come"))
    expect(first.locator("main")).to_contain_text(say("You have cancelled"))
    wait(second, lambda: len(running.letters(SECOND)) > mails)
    second.goto(_link(running, SECOND, "place"))
    expect(second.locator("main")).to_contain_text(say("A place is free for you"))
    assert axe(second) == []
    _press(second, say("Take the place"))
    expect(second.locator("main")).to_contain_text(say("Your place is certain"))
    organiser.goto("/neu/organise")
    expect(organiser.locator("dl.figures").first).to_contain_text(re.compile(r"1\s*/\s*1"))
    assert axe(organiser) == []


def _make(page: Page, say: Say) -> None:
    page.goto("/camps/new")
    day = (clock.now() + timedelta(days=60)).date()
    for name, text in (("title", "Camp Neu"), ("slug", "neu"), ("date", day.isoformat()), ("capacity", "1")):
        page.locator(f"#{name}").fill(text)
    page.get_by_role("button", name=say("Make the camp")).click()
    page.wait_for_url(re.compile("/neu/?"))
    for number, label in ((2, "Days"), (3, "Look")):  # the guided set-up goes on, and can be left
        expect(page.locator(".guide").first).to_contain_text(say("Step %(number)d of %(all)d: %(label)s", number=number, all=12, label=say(label)))
        assert axe(page) == []
        page.locator("nav.guide").get_by_role("button").click()
        page.wait_for_load_state()


def _refused_then_opened(page: Page, stranger: Page, say: Say) -> None:
    """Opening is refused with a link to each missing text; with the templates filled in it opens."""
    page.goto("/neu/organise/opening")
    page.get_by_role("button", name=say("Open the camp")).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(say("The camp cannot be opened yet."))
    expect(alert.get_by_role("link")).to_have_count(len(TEXTS))
    assert axe(page) == []
    refused = stranger.goto("/neu/")
    assert refused is not None and refused.status != 200
    page.goto("/neu/organise/institution")
    for name, text in INSTITUTION.items():
        page.locator(f"#{name}").fill(text)
    page.locator("#land").select_option("Nordrhein-Westfalen")
    page.get_by_role("button", name=say("Save")).click()
    for name in TEXTS:
        page.goto(f"/neu/organise/texts/{name}?template=1")
        for area in page.locator("main textarea").all():  # what the organiser has to add, in double brackets
            area.fill(re.sub(r"\[\[.*?\]\]", "–", area.input_value()))
        page.get_by_role("button", name=say("Save")).click()
        page.wait_for_url("**/opening")
    page.get_by_role("button", name=say("Open the camp")).click()
    expect(page.locator("main, [role=status]").first).to_be_visible()
    opened = stranger.goto("/neu/")
    assert opened is not None and opened.status == 200


def _register(site: Site, page: Page, address: str, name: str, say: Say) -> None:
    page.goto("/neu/register")
    page.get_by_role("button", name=say("Register")).click()
    expect(page.locator("#given_name-error, [id*=given_name] ~ .error, .errors").first).to_be_visible()
    page.locator("#given_name").fill(name)
    page.locator("#email").fill(address)
    page.get_by_role("button", name=say("Register")).click()
    page.wait_for_url("**/registered")
    page.goto(_link(site, address, "register", page))
    _press(page, say("Yes, register me"))
    page.goto(_link(site, address, "place", page))


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def _link(site: Site, address: str, kind: str, page: Page | None = None) -> str:
    """The newest link of a kind that was mailed to an address; waits for it if there is a page to wait with."""
    def found() -> list[str]:
        return [link for letter in site.letters(address) for link in re.findall(rf"{re.escape(site.url)}/neu/{kind}/\S+", letter.get_content())]

    if page:
        wait(page, found)
    return found()[-1]
