"""The stage in browsers: the desk by keyboard, a beamer that comes back by itself, and how often open pages ask."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from camp import camps, clock, tokens
from camp.access import SIGN_IN_COOKIE
from camp.db import db, writing
from camp.models import Camp, SignIn
from sessions import desk, pitches, rounds, screens, stage
from tests import make
from tests.browser.conftest import axe
from tests.browser.site import Site
from tests.instances import filling

Visitor = Callable[..., BrowserContext]
# What a page believes of itself: whether it is seen, and what its sound does.
SEEN = "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true}); document.dispatchEvent(new Event('visibilitychange')); }"
DEAF = """window.rung = 0; window.AudioContext = class { currentTime = 0; destination = null; close() {}
  createOscillator() { return {frequency: {}, connect: other => other, start: () => { window.rung += 1; }, stop() {}}; }
  createGain() { return {gain: {}, connect: other => other}; } };"""


class Hall:
    """A camp in the middle of its round, served in this process so that it can stop and its clock can be moved."""

    def __init__(self, folder: Path, visitor: Visitor) -> None:
        self.visitor, self.site = visitor, Site(folder)
        with self.site.app.app_context():
            camp = make.camp(rooms=2, slots=2)
            who = make.participant(camp, "Anna", "Wolf", organisation="Netz", arrived_at=clock.now())
            make.role(camp, who.person, "moderator")
            self.token = tokens.draw()
            with writing():
                for name in ("call", "voting", "pitch"):
                    camps.set_phase(camp, name, None, None)
                db.session.add(SignIn(person_id=who.person_id, token_hash=tokens.hash_of(self.token), made_at=clock.now()))
                self.beamer = "/ecm27/screen/" + screens.make(camp, "Bühne", "beamer")[0]
            self.quiet()

    def page(self, path: str, width: int = 1280, **more: object) -> Page:
        """A page of the moderator, not gone to its address yet where the time is to be stopped before."""
        context = self.visitor(self.site.url, width, **more)
        context.add_cookies([{"name": SIGN_IN_COOKIE, "value": self.token, "url": self.site.url.replace("http:", "https:"), "secure": True}])
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    @contextmanager
    def camp(self) -> Iterator[Camp]:
        """The camp, in a writing transaction."""
        with self.site.app.app_context():
            with writing():
                found = camps.by_slug("ecm27")
                assert found is not None
                yield found
            self.quiet()

    def join(self, *names: str) -> None:
        """These stand in line, each with a topic of their name."""
        with self.camp() as camp:
            for name in names:
                pitches.join(camp, name=name, title=f"{name}s topic")

    def quiet(self) -> None:
        """Let go of the database."""
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with nothing in it."""
    folder = tmp_path_factory.mktemp("hall") / "instance"
    with filling(folder):
        return folder


@pytest.fixture
def hall(empty: Path, tmp_path: Path, visitor: Visitor) -> Iterator[Hall]:
    made = Hall(Path(shutil.copytree(empty, tmp_path / "instance")), visitor)
    with made.site:
        yield made


def _stopped(hall: Hall, path: str) -> Page:
    """A page whose time goes on only when it is told to."""
    page = hall.page("")
    page.route("**/nothing", lambda route: route.abort())  # with which the browser keeps no answers: no second goes by between them
    page.clock.install(time=clock.now())
    page.clock.pause_at(clock.now() + timedelta(seconds=1))
    page.goto(path)
    return page


def _asked(page: Page, part: str) -> list[str]:
    """Collects the addresses with this part that a page asks for."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if part in request.url else None)
    return found


def _answered(page: Page, milliseconds: int, part: str) -> int:
    """Let time go by until the page asks, at the latest after so long; gives the status of the answer."""
    with page.expect_response(lambda answer: part in answer.url) as told:
        page.clock.run_for(milliseconds)
    told.value.finished()
    page.evaluate("0")  # the script has read it
    return told.value.status


def test_open_pages_ask_every_two_seconds_in_the_round_and_hidden_ones_every_minute(hall: Hall) -> None:
    for path, part in (("/ecm27/agenda", "/changes?"), ("/ecm27/agenda?view=grid", "/changes?"), ("/ecm27/pitch", "/changes?line=1"),
                       ("/ecm27/organise/pitch", "/pitch/side?"), ("/ecm27/organise/plan", "/plan/board?")):
        page = _stopped(hall, path)
        asked = _asked(page, part)
        for _ in range(2):
            page.clock.run_for(1700)
            assert asked == []
            assert _answered(page, 300, part) == 204
            asked.clear()
        page.evaluate(SEEN, True)
        page.clock.run_for(44_000)
        assert asked == []
        assert _answered(page, 16_000, part) == 204
        asked.clear()
        with page.expect_response(lambda answer, part=part: part in answer.url):
            page.evaluate(SEEN, False)
        assert len(asked) == 1
        hall.join(f"For {path}")
        with hall.camp() as camp:
            desk.save(camp, desk.Pitch(path, f"Saved for {path}", "Jo", 3))
        assert _answered(page, 2000, part) == 200
        expect(page.locator("main")).to_contain_text(f"For {path}s topic" if "pitch" in path else f"Saved for {path}")
        page.context.close()


def test_outside_the_round_open_pages_ask_every_five_seconds_on_the_day(hall: Hall) -> None:
    with hall.camp() as camp, clock.shifted(make.until_noon(camp)):
        camps.set_phase(camp, "pitch", clock.now() + timedelta(hours=1), None)
    with hall.camp() as camp:
        noon = make.until_noon(camp)
    with clock.shifted(noon):
        page = _stopped(hall, "/ecm27/agenda")
        asked = _asked(page, "/changes?")
        page.clock.run_for(4400)
        assert asked == []
        assert _answered(page, 600, "/changes?") == 204


def test_the_beamer_goes_on_by_itself_when_server_or_network_were_away_and_says_that_it_is_old(hall: Hall) -> None:
    hall.join("Mai", "Ben", "Jo", "Eva", "Zoe")
    with hall.camp() as camp:
        stage.call_next(camp)
    page = hall.page(hall.beamer, 1920)
    trouble, title = page.locator("#trouble"), page.locator("#shown h1").first
    expect(title).to_have_text("Mais topic")
    assert page.locator("footer span").evaluate_all("all => all.map(one => one.firstChild.textContent)") == ["Bens topic", "Jos topic", "Evas topic"]
    hall.site.__exit__()
    expect(trouble).to_have_text(re.compile(r"No connection\. This is how it was at \d+:\d\d"))
    expect(title).to_have_text("Mais topic")
    assert axe(page) == []
    hall.site = Site(hall.site.folder, hall.site.port)
    with hall.site:
        expect(trouble).to_have_text("")
        page.context.set_offline(True)
        expect(trouble).to_contain_text("No connection")
        with hall.camp() as camp:
            now = stage.on_stage(camp)
            assert now is not None
            desk.save(camp, desk.Pitch("n1", now.title, "Mai", 3, turn_id=now.id, edit_number=now.edit_number))
        expect(title).to_have_text("Mais topic")
        page.context.set_offline(False)
        expect(title).to_have_text("Bens topic")
        expect(trouble).to_have_text("")


def test_the_beamer_rings_when_the_time_is_over_unless_it_is_muted(hall: Hall) -> None:
    hall.join("Mai")
    page = hall.page("", 1920)
    page.add_init_script(DEAF)
    page.goto(hall.beamer)
    page.mouse.move(50, 50)
    sound = page.get_by_role("button", name="Sound when the time is over")
    sound.click()
    heard = page.evaluate("rung")  # so that whoever switches it on hears it
    with hall.camp() as camp:
        stage.call_next(camp)
        rounds.of(camp).left = 5
    expect(page.locator(".counts .left:not(.over)")).to_be_visible()
    expect(page.locator(".counts .left.over")).to_be_visible()
    expect(page.locator("[data-clock]")).to_have_text("0:00")
    assert page.evaluate("rung") == heard + 2
    page.mouse.move(60, 60)  # the buttons have gone meanwhile
    sound.click()
    expect(sound).to_have_attribute("aria-pressed", "false")
    with hall.camp() as camp:
        stage.turn_clock(camp, "reset")
        rounds.of(camp).left = 5
    expect(page.locator(".counts .left:not(.over)")).to_be_visible()
    expect(page.locator(".counts .left.over")).to_be_visible()
    assert page.evaluate("rung") == heard + 2


def test_between_pitches_the_beamer_turns_its_leaves_by_itself_until_somebody_stops_it(hall: Hall) -> None:
    with hall.camp() as camp:
        desk.save(camp, desk.Pitch("n1", "Returns", "Jo", 3))
    page = _stopped(hall, hall.beamer)
    leaves = page.locator("[data-leaf]")

    def turned() -> list[bool]:
        return [leaves.nth(number).is_visible() for number in range(leaves.count())]

    assert turned() == [True, False, False]
    for width, height, least in ((1280, 720, 250), (1920, 1080, 400)):  # nobody scrolls a beamer, and the grid is read from afar
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight") and (leaves.first.locator("svg").bounding_box() or {})["height"] > least
    page.clock.run_for(12_000)
    assert turned() == [False, True, False]
    page.keyboard.press("Space")
    page.clock.run_for(24_000)
    assert turned() == [False, True, False]
    page.keyboard.press("ArrowRight")
    assert turned() == [False, False, True]


def test_a_pitch_takes_the_keyboard_alone_and_at_most_two_actions_after_typing(hall: Hall) -> None:
    hall.join("Mai", "Ben", "Jo")
    page = hall.page("/ecm27/organise/pitch")
    keys = page.keyboard
    page.get_by_role("button", name="The next one begins").press("Enter")
    expect(page.locator("#title")).to_have_value("Mais topic")
    expect(page.locator("#hands")).to_be_focused()
    keys.type("12")
    keys.press("Enter")  # one action: the suggested cell
    expect(page.locator("#toasts")).to_contain_text("“Mais topic”: 10:00, Room A.")
    expect(page.locator("#title")).to_have_value("Bens topic")
    held: list[Route] = []
    page.route("**/pitch/cells?*", lambda route: held.append(route))
    with page.expect_request("**/pitch/cells?*"):
        keys.type("70")
    for key in ("Tab", "ArrowDown"):  # which only go to another cell
        keys.press(key)
    held[0].continue_()  # what comes late takes no choice away
    expect(page.locator("#expected")).to_contain_text("70 hands × 1.25 and 0 votes: 88 people expected.")
    page.unroute("**/pitch/cells?*")
    keys.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("“Bens topic”: 11:00, Room A.")
    keys.type("1")
    keys.press("Enter")
    expect(page.locator("#title")).to_be_focused()  # nobody waits: whoever comes to the front is typed
    for text in ("Fresh from the floor", "anna wolf, netz"):
        keys.type(text)
        keys.press("Tab")
    keys.type("9")
    keys.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("“Fresh from the floor”: 11:00, Room B.")
    agenda = hall.page("/ecm27/agenda", 390)
    expect(agenda.locator("#live-part")).to_contain_text("Anna Wolf")


def test_past_the_plan_the_desk_says_when_it_ends_and_helps(hall: Hall) -> None:
    hall.join(*(f"P{number}" for number in range(10)))
    with hall.camp() as camp:
        stage.call_next(camp)
        first = stage.on_stage(camp)
        assert first is not None
        desk.save(camp, desk.Pitch("n1", first.title, "P0", 3, turn_id=first.id, edit_number=first.edit_number))
        first.began_at, first.ended_at = clock.now() - timedelta(seconds=85), clock.now()
        again = pitches.join(camp, name="P0", title="P0 once more")
        pitches.join(camp, name="P11", title="P11s topic")
        assert [row.title for row in pitches.line(camp)][-2:] == ["P11s topic", again.title]  # who has pitched waits
        camps.set_phase(camp, "pitch", None, clock.now() + timedelta(minutes=11))
    page = hall.page("/ecm27/organise/pitch")
    note = page.locator(".note.warn")
    expect(note).to_contain_text(re.compile(r"All will have pitched at \d+:\d\d, \d minutes past the plan\. With 30 seconds each it is over at \d+:\d\d\."))
    assert axe(page) == []
    beamer = hall.page(hall.beamer, 1920)
    expect(beamer.locator("header")).to_contain_text(re.compile(r"Session planning · 1 of 12 · done at about \d+:\d\d, \d minutes late; with 30 seconds each at \d+:\d\d"))
    for width, height in ((1280, 720), (1366, 768)):
        beamer.set_viewport_size({"width": width, "height": height})
        assert beamer.evaluate("document.documentElement.scrollHeight") <= height, (width, height)
    note.get_by_role("button", name="30 seconds each").click()
    expect(page.locator("#watch")).to_contain_text("of 30 seconds")
    page.get_by_role("button", name="Second pitches in a second round").click()
    expect(page.locator(".queue li.second + li")).to_contain_text("P0 once more")
    expect(beamer.locator("header")).to_contain_text("Session planning · 1 of 11")
