"""Chromium for the browser tests, pages that fail on any script error or foreign request, and axe."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 60_000  # milliseconds; a machine may be busy, and who waits for a thing goes on as soon as it is there
_FAILED = pytest.StashKey[bool]()
# With the first two each page would come in a process of its own, and another process would be kept in stock. Chromium heeds the
# last such list alone, so that what Playwright switches off stands here again.
_OFF = ("RenderDocument", "SpareRendererForSitePerProcess", "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "DestroyProfileOnBrowserClose",
        "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
        "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning")
QUIET = [f"--disable-features={','.join(_OFF)}", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-sandbox"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="chromium is missing; .ci/system says how to get it (in CI that is an error)"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep the outcome for the fixture that takes pictures of what failed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield browser
    browser.close()


class Watch:
    """Notes what no page may do: errors in its scripts, breaches of the policy, requests to other hosts."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def on(self, context: BrowserContext, own: str) -> None:
        """Watch a context; `own` is the only origin that may be asked."""
        def console(message: ConsoleMessage) -> None:
            # the browser's own line about an answer of 4xx is no script error
            if message.type == "error" and "Failed to load resource" not in message.text:
                self.found.append(message.text)

        def asked(request: Request) -> None:
            if not request.url.startswith((own, "data:", "blob:")):
                self.found.append(f"asked {request.url}")

        context.on("console", console)
        context.on("weberror", lambda error: self.found.append(str(error.error)))
        context.on("request", asked)


@pytest.fixture
def watch() -> Iterator[Watch]:
    watching = Watch()
    yield watching
    assert watching.found == []


@pytest.fixture
def visitor(chromium: Browser, watch: Watch, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browsers of people: visitor(origin, width, language, **more). What they show when a test fails is kept as pictures."""
    opened: list[BrowserContext] = []

    def open_(own: str, width: int = 1280, language: str = "en-GB", browser: Browser = chromium, **more: Any) -> BrowserContext:
        opened.append(open_context(browser, watch, own, width, language, **more))
        return opened[-1]

    yield open_
    for number, context in enumerate(opened):
        for page in context.pages:
            keep_picture(page, request.node, tmp_path / f"failed-{number}.png")
        context.close()


def open_context(browser: Browser, watch: Watch, own: str, width: int = 1280, language: str = "en-GB", **more: Any) -> BrowserContext:
    """A watched browser without any past."""
    phone = width < 700
    context = browser.new_context(base_url=own, locale=language, timezone_id="Europe/Berlin", reduced_motion="reduce",
                                  viewport={"width": width, "height": 844 if phone else 900}, has_touch=phone, **more)
    context.set_default_timeout(PATIENCE)
    watch.on(context, own)
    return context


def wait(page: Page, holds: Callable[[], object]) -> None:
    """Wait for what comes about outside of a page, which goes on meanwhile; for two minutes at most."""
    for _ in range(2400):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"not within two minutes: {holds}")


def keep_picture(page: Page, node: pytest.Item, file: Path) -> None:
    """A picture of what a page shows, if the test failed."""
    if node.stash.get(_FAILED, False):
        page.screenshot(path=file, full_page=True)


_AXE = HERE / "node_modules/axe-core/axe.min.js"
_RUN = """async colours => {
  const runOnly = colours ? ['color-contrast', 'link-in-text-block'] : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const preload = document.querySelector('audio, video') !== null;  // else there is nothing for which axe would have to load anything
  const found = await axe.run(document, {runOnly, resultTypes: ['violations'], preload});
  return found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' (' + (n.any[0] || n.all[0] || n.none[0] || {}).message + ')').join('; '));
}"""


def axe(page: Page, colours: bool = False) -> list[str]:
    """What axe finds on a page against WCAG 2.2 AA and its best practices; `colours`: only what hangs on colours."""
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(_AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(_RUN, colours)
    return found
