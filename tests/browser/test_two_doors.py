"""R-05 and the door's main job: two phones without network, ten badges in common, one browser killed, both orders of coming back."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from badges import arrivals, blanks, pairing, printing
from badges.models import Admission, Badge, Scan
from camp import camps, clock, tokens
from camp.db import db, writing
from tests import make, postgres
from tests.browser.conftest import CHROMIUM, QUIET, axe
from tests.browser.site import Site
from tests.instances import filling

EACH, COMMON = 6, 2  # badges at each phone, and how many of them are the same; 155 and 10 by `make faults`
Visitor = Callable[..., BrowserContext]


class Hall:
    """A served camp: its site, pairing codes of two doors, the codes of its people, of one who has cancelled, and of a blank badge."""

    def __init__(self, folder: Path, people: int, database: str = "") -> None:
        with filling(folder, f'database_url = "{database}"\n') as app:
            self.key = app.config["CAMP"].badge_key
            camp = make.camp()
            everybody = [make.participant(camp, f"Mai{number}", "Krause") for number in range(people)]
            gone = make.participant(camp, "Fort", "Geher")
            with writing():
                printing.ensure_badges(camp, self.key)
                blanks.make(camp, 1, self.key)
                self.pairing = [pairing.offer(camp, f"Tür {number}") for number in (1, 2)]
                self.blank = blanks.code_of(blanks.unbound(camp)[0], self.key)
            self.codes = [self._code(who.id) for who in everybody]
            self.cancelled = self._code(gone.id)
            with writing():
                gone.state = "cancelled"
                db.session.add(gone)
        self.site = Site(folder)

    def _code(self, number: int) -> str:
        badge = db.session.query(Badge).filter_by(participant_id=number).one()
        return tokens.badge_code(self.key, badge.uid, badge.issue)


@pytest.fixture(params=["sqlite", "postgresql"])
def hall(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Hall]:
    long = request.config.getoption("--faults") == "long"
    if request.param == "postgresql" and not long:
        pytest.skip("on PostgreSQL by `make faults`")
    url = postgres.create(request.getfixturevalue("postgresql"), "two_doors") if request.param == "postgresql" else ""
    made = Hall(tmp_path / "instance", 2 * 155 - 10 if long else 2 * EACH - COMMON, url)
    made.each, made.common = (155, 10) if long else (EACH, COMMON)  # type: ignore[attr-defined]
    with made.site:
        yield made


def _pair(page: Page, code: str) -> None:
    page.goto(f"/ecm27/door#{code}")
    page.get_by_role("button", name="Pair this phone").click()
    page.locator("[data-running]").wait_for()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")


def _scan(page: Page, code: str, word: str) -> None:
    page.get_by_label("Code of the badge").fill(code)
    page.keyboard.press("Enter")
    expect(page.locator("[data-word]")).to_have_text(word)
    page.locator("[data-answer]").click()  # the helper need not wait
    page.locator("[data-ready]").wait_for()


def kill(profile: Path) -> None:
    """End a browser as if its battery were empty: only the processes that were started with this profile."""
    found = subprocess.run(["pgrep", "-f", f"user-data-dir={profile}"], capture_output=True, text=True).stdout.split()
    for pid in found:
        os.kill(int(pid), signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.timeout(900)  # long: two minutes, on a busy machine ten
@pytest.mark.parametrize("first", [0, 1])
def test_r05_two_phones_without_network_lose_nothing_and_count_everybody_once(
        first: int, hall: Hall, visitor: Visitor, playwright: Playwright, tmp_path: Path) -> None:
    each, common = hall.each, hall.common  # type: ignore[attr-defined]
    shares = [hall.codes[:each], hall.codes[each - common:]]
    profile = tmp_path / "profile"

    def launch() -> BrowserContext:
        return playwright.chromium.launch_persistent_context(
            str(profile), executable_path=CHROMIUM, args=QUIET, base_url=hall.site.url, locale="en-GB", viewport={"width": 390, "height": 844})

    mortal = launch()
    phones = [visitor(hall.site.url, 390).new_page(), mortal.pages[0]]
    for page, code in zip(phones, hall.pairing, strict=True):
        _pair(page, code)
        page.context.set_offline(True)
    for page, codes in zip(phones, shares, strict=True):
        for code in codes:
            _scan(page, code, "Welcome")
        _scan(page, hall.cancelled, "Cancelled")
    expect(phones[0].locator("[data-net-words]")).to_have_text(f"no network, {each + 1} wait")
    kill(profile)
    mortal = launch()
    mortal.set_offline(True)
    phones[1] = mortal.pages[0]
    phones[1].goto("/ecm27/door")
    phones[1].locator("[data-running]").wait_for()
    _scan(phones[1], shares[1][0], "Already in")
    with clock.shifted(timedelta(hours=2)):
        for page in (phones[first], phones[1 - first]):
            page.context.set_offline(False)
            page.evaluate("() => dispatchEvent(new Event('online'))")
            expect(page.locator("[data-net-words]")).to_have_text("connected")
        phones[first].evaluate("() => dispatchEvent(new Event('online'))")
        for page in phones:
            expect(page.locator("[data-notices] li")).to_have_count(common)
            expect(page.locator("[data-count]")).to_have_text(f"{len(hall.codes)} of {len(hall.codes)} are here")
        with hall.site.app.app_context():
            camp = camps.by_slug("ecm27")
            assert camp is not None
            verdicts = [verdict for verdict, in db.session.query(Scan.verdict).filter(Scan.decision == "admitted")]
            assert (len(verdicts), verdicts.count("admitted"), verdicts.count("already")) == (2 * each, len(hall.codes), common)
            assert db.session.query(Admission).count() == len(hall.codes)
            assert db.session.query(Scan).count() == 2 * each + 3
            assert len(arrivals.doubles(camp, camps.today(camp))) == common
            late = [scan.received_at - scan.at for scan in db.session.query(Scan) if scan.received_at]
            assert min(late) > timedelta(hours=1, minutes=55)
    mortal.close()


def test_a_walk_in_is_known_to_the_other_door_and_a_scan_is_undone(hall: Hall, visitor: Visitor) -> None:
    one, two = visitor(hall.site.url, 390).new_page(), visitor(hall.site.url, 390).new_page()
    for page, code in zip((one, two), hall.pairing, strict=True):
        _pair(page, code)
    one.get_by_role("button", name="Without badge").click()
    one.keyboard.type("Özlem\nGroß\n\n" + hall.codes[0])
    assert axe(one) == []
    one.locator("#walk-text").fill("")
    one.locator("#walk-text").blur()
    one.keyboard.type(hall.codes[0] + "\n")  # as a hand scanner or the camera does: somebody's badge is no blank one
    expect(one.locator("[data-walk-in-trouble]")).to_have_text("This is no blank badge. Take another one.")
    one.evaluate("() => { window.put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = () => { throw new Error('full'); }; }")
    one.keyboard.type(hall.blank + "\n")
    expect(one.locator("[data-walk-in-trouble]")).to_contain_text("nobody was counted")  # and what was typed is still there
    one.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    with one.expect_response("**/door/events"):
        one.keyboard.type(hall.blank + "\n")  # and this lets her in, without another tap
        expect(one.locator("body.go [data-name]")).to_have_text("Özlem Groß")
    one.locator("[data-ready]").wait_for()
    expect(one.get_by_role("button", name="Özlem Groß")).to_contain_text("take back")
    two.evaluate("() => dispatchEvent(new Event('online'))")
    expect(two.locator("[data-count]")).to_contain_text("1 of")
    _scan(two, hall.blank, "Already in")
    _scan(two, hall.codes[0], "Welcome")
    with two.expect_response("**/door/events"):
        two.get_by_role("button", name="take back").click()
    two.get_by_role("button", name="Find a name").click()
    two.get_by_label("Part of the name").fill("ozlem gross")
    expect(two.locator("[data-search-found] li")).to_have_count(1)
    expect(two.locator("[data-search-found]")).to_contain_text("in since")
    assert axe(two) == []
    two.locator("[data-search] button[value=close]").click()
    expect(two.locator("[data-net-words]")).to_have_text("connected")
    expect(two.locator("[data-count]")).to_contain_text("1 of")
    with hall.site.app.app_context():
        assert db.session.query(Admission).count() == 1
