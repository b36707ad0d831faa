"""axe finds nothing on any page in any state: German and English, light and dark, narrow and wide; nothing scrolls sideways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, CDPSession, Page

from camp.access import SIGN_IN_COOKIE
from tests.browser.cases import CASES, NO_PAGE, Case
from tests.browser.conftest import Watch, axe, keep_picture, open_context
from tests.browser.site import Site
from tests.browser.world import World, build

ROWS = [(endpoint, state) for endpoint, cases in CASES.items() for state in cases]
LOCALES = {"de": "de-DE", "en": "en-GB"}
Enter = Callable[[str, str], Page]
Theme = Literal["light", "dark"]
Look = tuple[Theme, int]
# How each page is looked at, by language; in the dark only the colours are others, and those are the same in either language.
LOOKS: dict[str, tuple[Look, ...]] = {"de": (("light", 1280), ("dark", 1280), ("dark", 320), ("light", 320)), "en": (("light", 1280), ("light", 320))}
_TOKEN = re.compile(r'(?<=name="csrf-token" content=")[^"]+')
LOOKS_AT_REFUSALS: dict[str, tuple[Look, ...]] = {"de": (("light", 320), ("dark", 320))}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("states")
    made = build(folder)
    with Site(folder, made.port) as made.site:
        yield made


@dataclass(frozen=True)
class Browsers:
    """A page for each language, kept for all cases: a browser and a page made anew for each would take twice the time."""

    of: dict[str, Page]
    keepers: dict[str, CDPSession]
    watch: Watch
    refusals: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def browsers(world: World, chromium: Browser) -> Iterator[Browsers]:
    watch = Watch()
    pages = {language: open_context(chromium, watch, world.url, language=locale).new_page() for language, locale in LOCALES.items()}
    made = Browsers(pages, {language: page.context.new_cdp_session(page) for language, page in pages.items()}, watch)
    yield made
    for page in made.of.values():
        page.context.close()


@pytest.fixture
def enter(world: World, browsers: Browsers, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Enter]:
    """Gives the page of a language, with the cookies of somebody and nothing else that a browser keeps."""
    opened: dict[str, Page] = {}

    def open_(language: str, who: str) -> Page:
        page = opened[language] = browsers.of[language]
        page.context.clear_cookies()
        if who in world.signed_in:
            page.context.add_cookies([{"name": SIGN_IN_COOKIE, "value": world.signed_in[who], "url": world.url.replace("http:", "https:"), "secure": True}])
        if who == "door":
            page.context.add_cookies([{"name": "__Secure-camp-door", "value": world.door, "domain": "127.0.0.1", "path": "/demo/door", "secure": True}])
        return page

    yield open_
    for language, page in opened.items():
        keep_picture(page, request.node, tmp_path / f"failed-{language}.png")
        page.goto("/healthz")  # a page may keep something while it is left
        browsers.keepers[language].send("Storage.clearDataForOrigin", {"origin": world.url, "storageTypes": "all"})
    found, browsers.watch.found = browsers.watch.found, []
    assert found == []


def test_every_page_has_its_empty_filled_and_error_case(app: Flask) -> None:
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} - set(NO_PAGE)
    assert pages - set(CASES) == set()
    assert {endpoint: set(cases) for endpoint, cases in CASES.items() if set(cases) != {"empty", "filled", "error"}} == {}
    assert set(CASES) | set(NO_PAGE) <= {rule.endpoint for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize(("endpoint", "state"), ROWS, ids=lambda value: value)
def test_page(world: World, enter: Enter, browsers: Browsers, endpoint: str, state: str) -> None:
    case = CASES[endpoint][state]
    refused = _only_refused(endpoint, case)
    for language, looks in LOOKS_AT_REFUSALS.items() if refused else LOOKS.items():
        page = enter(language, case.who)
        _set(page, *looks[0])
        _open(page, world, case)
        if refused and _seen(page, browsers.refusals):
            continue
        assert _look(page, language, looks) == {}, (language, page.url)


def _only_refused(endpoint: str, case: Case) -> bool:
    """Whether all there is to see is the error page, which the first page's case looks at in every way already."""
    return case.status in (403, 404) and endpoint != "public.home"


def _seen(page: Page, before: set[str]) -> bool:
    """Whether a page was looked at before that is the same to the letter but for its own address and the form token."""
    shown = _TOKEN.sub("…", page.content()).replace(page.evaluate("location.pathname"), "…")
    seen = shown in before
    before.add(shown)
    return seen


def _open(page: Page, world: World, case: Case) -> None:
    answer = page.goto(case.path.format(**world.places))
    for name, text in case.fill:
        page.locator(f"#{name}").fill(text)
    if case.press:
        button = page.locator(case.press).first
        if button.get_attribute("hx-post"):
            button.click()
            page.wait_for_load_state("networkidle")
        else:
            asked_first = button.get_attribute("data-confirm") is not None
            with page.expect_navigation() as going:
                button.click()
                if asked_first:
                    page.locator("dialog[open] button[value=yes]").click()
            answer = going.value
    assert answer is not None
    assert answer.status == case.status, page.locator("main").inner_text()[:400]


def _set(page: Page, theme: Theme, width: int) -> None:
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})


def _look(page: Page, language: str, looks: tuple[Look, ...]) -> dict[str, object]:
    """What is wrong, by theme and width; nothing if all is well."""
    wrong: dict[str, object] = {}
    if page.locator("html").get_attribute("lang") != language:
        wrong["language"] = page.locator("html").get_attribute("lang")
    for theme, width in looks:
        _set(page, theme, width)
        if found := axe(page, colours=theme == "dark"):
            wrong[f"{theme} {width}"] = found
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            wrong[f"sideways {width}"] = wide
    return wrong
