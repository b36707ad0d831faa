"""axe finds nothing on any page in any state: German and English, light and dark, narrow and wide; nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page

from camp.access import SIGN_IN_COOKIE
from tests.browser.cases import CASES, NO_PAGE, Case
from tests.browser.conftest import axe
from tests.browser.site import Site
from tests.browser.world import World, build

ROWS = [(endpoint, state) for endpoint, cases in CASES.items() for state in cases]
Visitor = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("states")
    made = build(folder)
    with Site(folder, made.port) as made.site:
        yield made


def test_every_page_has_its_empty_filled_and_error_case(app: Flask) -> None:
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} - set(NO_PAGE)
    assert pages - set(CASES) == set()
    assert {endpoint: set(cases) for endpoint, cases in CASES.items() if set(cases) != {"empty", "filled", "error"}} == {}
    assert set(CASES) | set(NO_PAGE) <= {rule.endpoint for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize(("endpoint", "state"), ROWS, ids=lambda value: value)
def test_page(world: World, visitor: Visitor, endpoint: str, state: str) -> None:
    case = CASES[endpoint][state]
    for language in ("de",) if _only_refused(endpoint, case) else ("de", "en"):
        context = visitor(world.url, 1280, {"de": "de-DE", "en": "en-GB"}[language])
        if case.who in world.signed_in:
            context.add_cookies([{"name": SIGN_IN_COOKIE, "value": world.signed_in[case.who], "url": world.url.replace("http:", "https:"), "secure": True}])
        if case.who == "door":
            context.add_cookies([{"name": "__Secure-camp-door", "value": world.door, "domain": "127.0.0.1", "path": "/demo/door", "secure": True}])
        page = context.new_page()
        _open(page, world, case)
        found = _look(page, language, (320,) if _only_refused(endpoint, case) else (1280, 320))
        assert found == {}, (language, page.url)
        context.close()


def _only_refused(endpoint: str, case: Case) -> bool:
    """Whether all there is to see is the error page, which the first page's case looks at in every way already."""
    return case.status in (403, 404) and endpoint != "public.home"


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


def _look(page: Page, language: str, widths: tuple[int, ...]) -> dict[str, object]:
    """What is wrong, by theme and width; nothing if all is well. In the dark only the colours are others, in either language the same."""
    wrong: dict[str, object] = {}
    if page.locator("html").get_attribute("lang") != language:
        wrong["language"] = page.locator("html").get_attribute("lang")
    for theme in ("light", "dark") if language == "de" else ("light",):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            if found := axe(page, colours=theme == "dark"):
                wrong[f"{theme} {width}"] = found
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                wrong[f"sideways {width}"] = wide
    return wrong
