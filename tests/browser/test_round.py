"""A whole pitch round: one typist, two moderators, a beamer, four phones, and a crowd of plain clients; 50 pitches and 290 of them in its long form."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from camp import camps, clock, tokens
from camp.access import SIGN_IN_COOKIE
from camp.db import db, writing
from camp.models import Participant, SignIn
from sessions import pitches, screens, stage
from tests import make
from tests.browser.conftest import axe, wait
from tests.instances import filling
from tests.phones import Phones, people
from tests.servers import serving, until

Visitor = Callable[..., BrowserContext]
Grid = dict[str, str]  # title → "10:00 A"
SLOTS = 6
OWN = 4  # who stands in line by phone

# What a page shows: title and cell of each session in a wall, a list, and the leaves of the beamer.
WALL = """() => { const found = {};
  const rooms = [...document.querySelectorAll('.wall thead th .tile')].map(one => one.textContent.trim());
  for (const row of document.querySelectorAll('.wall tbody tr:not(.off)'))
    [...row.querySelectorAll('td')].forEach((cell, number) => { const link = cell.querySelector('.talk a[dir]');
      if (link) found[link.textContent.replaceAll('\\u00ad', '')] = row.querySelector('th').textContent.match(/\\d+:\\d\\d/)[0] + ' ' + rooms[number]; });
  return found; }"""
LIST = """() => { const found = {};
  for (const slot of document.querySelectorAll('section.slot')) for (const one of slot.querySelectorAll('.entry'))
    found[one.querySelector('h3').textContent.replaceAll('\\u00ad', '')] = slot.querySelector('time').textContent + ' ' + one.querySelector('.tile').textContent.trim();
  return found; }"""
LEAVES = """() => Object.fromEntries([...document.querySelectorAll('.entries li')].map(one =>
  [one.querySelector('span').textContent, [...one.querySelectorAll('b')].map(b => b.textContent.trim()).join(' ')]))"""
SAVED = re.compile(r"“(.+)”(?:: (\d+:\d\d), Room (\w+)\.| is saved and has no cell yet\.)")


@dataclass(frozen=True)
class Size:
    """How many pitches, plain clients and rooms there are; `in_line` stand there already, others go straight to the stage."""

    pitches: int
    crowd: int
    rooms: int
    in_line: int


SIZES = {"short": Size(14, 40, 2, 8), "long": Size(50, 290, 8, 16)}


@dataclass
class World:
    """The instance, the tokens of who is signed in, the beamer's address, and what is on the wall."""

    folder: Path
    size: Size
    signed_in: dict[str, str] = field(default_factory=dict)
    crowd: list[str] = field(default_factory=list)
    sessions: list[int] = field(default_factory=list)
    beamer: str = ""


@pytest.fixture
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    size = SIZES[request.config.getoption("--faults")]
    made = World(tmp_path / "instance", size)
    with filling(made.folder):
        camp = make.camp(rooms=size.rooms, seats=60, slots=SLOTS)
        with writing():
            for name in ("call", "voting", "pitch"):
                camps.set_phase(camp, name, None, None)
        everybody = people(camp, size.crowd + OWN)
        hosts = [who for who, _ in everybody[:OWN]]
        made.crowd = [token for _, token in everybody[OWN:]]
        made.sessions = [make.session(camp, f"Wall {number}", [host]).id for number, host in enumerate(hosts)]
        made.signed_in = {f"phone{number}": token for number, (_, token) in enumerate(everybody[:OWN])}
        for name in ("Typist", "Anna", "Ben"):
            who = make.participant(camp, name, "Wolf")
            make.role(camp, who.person, "moderator")
            made.signed_in[name] = _sign_in(who)
        with writing():
            made.beamer = "/ecm27/screen/" + screens.make(camp, "Bühne", "beamer")[0]
            for number in range(size.in_line):
                pitches.join(camp, name=f"Guest {number}", title=f"Line {number}")
            stage.call_next(camp)
    yield made


def _sign_in(who: Participant) -> str:
    token = tokens.draw()
    with writing():
        db.session.add(SignIn(person_id=who.person_id, token_hash=tokens.hash_of(token), made_at=clock.now()))
    return token


class Played:
    """The round as its people see it, and the grid as it has to be after what they did."""

    def __init__(self, world: World, address: str, visitor: Visitor) -> None:
        self.world, self.address, self.visitor = world, address, visitor
        self.grid: Grid = {}
        self.hands: dict[str, int] = {}
        self.typist, self.anna, self.ben = (self._page(name, path) for name, path in (
            ("Typist", "/ecm27/organise/pitch"), ("Anna", "/ecm27/organise/pitch"), ("Ben", "/ecm27/organise/plan")))
        self.beamer = self._page("", world.beamer, 1920)
        self.phones = [self._page(f"phone{number}", f"/ecm27/agenda{('', '?view=grid')[number % 2]}", 390) for number in range(OWN)]

    def _page(self, who: str, path: str, width: int = 1280) -> Page:
        context = self.visitor(self.address, width)
        if who:
            context.add_cookies([{"name": SIGN_IN_COOKIE, "value": self.world.signed_in[who], "url": self.address.replace("http:", "https:"), "secure": True}])
        page = context.new_page()
        page.goto(path)
        return page

    def line_up(self) -> None:
        """Four people stand in line by phone, and go back to the grid."""
        for number, phone in enumerate(self.phones):
            grid = phone.url
            phone.goto("/ecm27/pitch")
            phone.locator("#session").select_option(label=f"Wall {number}")
            phone.get_by_role("button", name="Into the line").click()
            expect(phone.locator("#line")).to_contain_text(f"Wall {number}")
            phone.goto(grid)

    def pitch(self, number: int) -> str:
        """One pitch, with the keyboard alone: what is not filled in is typed, then Enter. Gives its title."""
        page, keys = self.typist, self.typist.keyboard
        title = page.locator("#title").input_value()
        if not title:
            title = f"Typed {number}"
            for text in (title, f"Somebody {number}"):
                keys.type(text)
                keys.press("Tab")
        hands = number % 40 + 1
        keys.type(str(hands))
        with page.expect_navigation():
            keys.press("Enter")
        said = SAVED.search(page.locator("#toasts").inner_text())
        assert said is not None and said[1] == title, (title, page.locator("main").inner_text()[:400])
        self.hands[title] = hands
        if said[2]:
            self.grid[title] = f"{said[2]} {said[3]}"
        return title

    def ben_moves(self, title: str) -> None:
        """On the board, by keys alone: lift, choose the cell that is suggested, lay it there."""
        page = self.ben
        self.shows(page, WALL)  # whoever moves what they do not see yet is told that somebody was faster
        button = page.get_by_role("button", name=f"Lift “{title}”")
        button.focus()
        page.keyboard.press("Enter")
        best = page.locator("button.what.best")
        expect(best).to_be_focused()
        page.keyboard.press("Enter")
        said = page.locator("#toasts")
        expect(said).to_contain_text(f"“{title}” is now at ")
        found = re.search(r"is now at (\d+:\d\d), (\w+) ·", said.inner_text())
        assert found is not None
        self.grid[title] = f"{found[1]} {found[2]}"

    def anna_leads(self) -> str:
        """The second in line goes to the front; gives whose turn it is next then."""
        second = self.anna.locator(".queue li[data-turn]").nth(1)
        title = second.locator("b").inner_text()
        second.get_by_role("button", name="Up").click()
        expect(self.anna.locator(".queue li[data-turn]").first).to_contain_text(title)
        return title

    def both_save(self, number: int) -> None:
        """Anna and the typist save the same pitch: Anna, who is second, is told, keeps what she typed, and saves it again."""
        self.anna.goto("/ecm27/organise/pitch")
        self.anna.locator("#hands").fill("99")
        title = self.pitch(number)
        self.anna.locator("#hands").press("Enter")
        expect(self.anna.get_by_role("alert")).to_contain_text("Somebody else has saved")
        expect(self.anna.locator("#hands")).to_have_value("99")
        expect(self.anna.locator("#title")).to_have_value(title)
        self.anna.locator("#cell-stays").check()
        self.anna.locator("#hands").press("Enter")
        expect(self.anna.locator("#toasts")).to_contain_text(f"“{title}”")
        self.hands[title] = 99

    def shows(self, page: Page, script: str) -> None:
        """Wait until a page shows the grid as it has to be, by itself."""
        with suppress(AssertionError):
            wait(page, lambda: page.evaluate(script) == self.grid)
        assert page.evaluate(script) == self.grid

    def all_show(self) -> None:
        """Beamer, phones and board show the grid as it has to be."""
        for page, script in [(self.beamer, LEAVES), (self.ben, WALL), *zip(self.phones, (LIST, WALL) * 2, strict=True)]:
            self.shows(page, script)


def _now_and_then(sessions: list[int]) -> Callable[[int], Iterator[tuple[float, int]]]:
    def plan(number: int) -> Iterator[tuple[float, int]]:
        for session in random.Random(number).sample(sessions, len(sessions)):
            yield random.uniform(1, 20), session
    return plan


def _kept(world: World, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(world.folder / "camp.sqlite3") as base:
        return base.execute(query).fetchall()


def test_a_round_ends_with_one_grid_for_everybody(world: World, visitor: Visitor) -> None:
    with serving("--instance", str(world.folder), "serve", "--port", "0") as server, \
            Phones(server.address, world.crowd, _now_and_then(world.sessions)) as crowd:
        played = Played(world, server.address, visitor)
        played.line_up()
        for number in range(world.size.pitches):
            if number == 3:
                wanted = played.anna_leads()
            if number == 6:
                played.both_save(number)
                continue
            title = played.pitch(number)
            if number == 4:
                assert title == wanted
            if number < 3:
                expect(played.beamer.locator("#shown h1").first).to_have_text(played.typist.locator("#title").input_value())
                played.shows(played.phones[number], (LIST, WALL, LIST)[number])
            if number % 12 == 5:
                played.ben_moves(title)
        assert len(played.grid) == world.size.rooms * SLOTS  # the last two found the board full
        played.all_show()
        assert axe(played.beamer) == []
        _close(played)
        _consistent(world, played, crowd)


def _close(played: Played) -> None:
    played.anna.goto("/ecm27/organise/pitch")
    expect(played.anna.locator("#watch")).to_contain_text(f"of {played.world.size.pitches} pitched")
    played.anna.get_by_role("button", name="Close the round").click()
    played.anna.locator("dialog[open] button[value=yes]").click()
    expect(played.anna.locator("#toasts")).to_contain_text("Version 1 of the agenda is out.")
    for phone in played.phones:
        expect(phone.locator("#live-part")).to_contain_text("version 1")
    played.all_show()


def _consistent(world: World, played: Played, crowd: Phones) -> None:
    """The database says what was typed, in its placements and in the version, and each phone of the crowd shows that."""
    assert {title: f"{str(starts)[:5]} {letter}" for title, starts, letter in _kept(
        world, "select session.title, starts, letter from placement join session on session.id = session_id join room on room.id = room_id join slot on slot.id = slot_id")} == played.grid
    assert {title: f"{str(starts)[:5]} {letter}" for title, starts, letter in _kept(world, "select title, starts, room_letter from entry")} == played.grid
    assert dict(_kept(world, "select title, number from hands join session on session.id = session_id")) == played.hands
    assert _kept(world, "select count(*), state from pitch_turn group by state") == [(world.size.pitches, "done")]
    assert crowd.wrong == {}
    acknowledged = [session for _, session in set(crowd.voted)]
    votes = {session: int(str(number)) for session, number in _kept(world, "select session_id, count(*) from vote group by session_id")}
    assert all(votes[session] >= acknowledged.count(session) for session in set(acknowledged))
    assert sum(votes.values()) <= len(crowd.voted) + world.size.crowd  # who has just voted may not have the answer yet
    assert len(crowd.grids) == world.size.crowd
    until(lambda: all("version 1" in grid for grid in crowd.grids.values()))
    for grid in crowd.grids.values():
        assert all(title in grid for title in played.grid)
