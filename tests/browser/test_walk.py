"""The main job, once, from the first mail to the camp book, by what its people click, type and run."""

from __future__ import annotations

import gettext
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from camp import clock
from camp.paths import TRANSLATIONS
from tests.browser import clients
from tests.browser.conftest import CHROMIUM, QUIET, axe, wait
from tests.browser.site import Site
from tests.net import free_port

CAMP = Path(__file__).parent.parent / "data" / "camp"
DOCS = Path(__file__).parent.parent.parent / "docs"
ORGANISER, MODERATOR = "orga@example.org", "person009@example.org"
HOST, VOTER = "person004@example.org", "person006@example.org"
WEEK_BEFORE = datetime(2027, 4, 20, 10, tzinfo=UTC)
MORNING, NOON = datetime(2027, 4, 24, 6, 41, tzinfo=UTC), datetime(2027, 4, 24, 10, 50, tzinfo=UTC)
Visitor = Callable[..., BrowserContext]

_german = gettext.translation("messages", TRANSLATIONS, ["de"])


def de(text: str, **values: object) -> str:
    """A text as the German page shows it."""
    german = _german.gettext(text)
    return german % values if values else german


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    folder, port = tmp_path / "instance", free_port()
    said = clients.camp("--instance", folder, "init", "--email", ORGANISER, "--yes")
    assert "/sign-in/" in said
    settings = folder / "config.toml"  # the operator opens it in an editor, as it says itself
    settings.write_text(re.sub("(?m)^# base_url = .*$", f'base_url = "http://127.0.0.1:{port}"', settings.read_text("utf-8")), "utf-8")
    clients.camp("--instance", folder, "load", CAMP, "--organiser", ORGANISER)
    with Site(folder, port) as running:
        yield running


def _picture(page: Page, name: str) -> None:
    """A picture for the README, kept small; `make pictures` takes it anew."""
    if "PICTURES" not in os.environ:
        return
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(96).save(DOCS / f"{name}.png", optimize=True)


def _at(moment: datetime) -> object:
    return clock.shifted(moment - clock.now())


def _sign_in(site: Site, page: Page, address: str, say: Callable[..., str]) -> None:
    page.goto("/ecm27/me")
    page.get_by_label(say("Mail address")).fill(address)
    before = len(site.letters(address))
    page.get_by_role("button", name=say("Send me a link")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Look into your mail"))
    wait(page, lambda: len(site.letters(address)) > before)
    page.goto(site.link_for(address))
    page.get_by_role("button", name=say("Sign me in")).click()
    page.wait_for_url("**/ecm27/me")


def _job(page: Page) -> None:
    """Wait until the job on this page is done."""
    expect(page.locator("#job [role=status]")).to_contain_text(re.compile("Done|Fertig"), timeout=120_000)


@pytest.mark.timeout(900)  # a minute or two, on a busy machine ten
def test_one_camp_end_to_end(site: Site, visitor: Visitor, playwright: Playwright, tmp_path: Path) -> None:
    with _at(WEEK_BEFORE):
        organiser = visitor(site.url).new_page()
        host = visitor(site.url, 390, "de-DE").new_page()
        voter = visitor(site.url, 390, "de-DE").new_page()
        moderator = visitor(site.url).new_page()
        _sign_in(site, organiser, ORGANISER, str)
        for page, address in ((host, HOST), (voter, VOTER)):
            _sign_in(site, page, address, de)
        title, number = _propose(host)
        _vote(voter, title)
        _give_role(organiser, MODERATOR)
        _sign_in(site, moderator, MODERATOR, str)
        _plan_from_files(site, tmp_path)
        _plan(organiser)
        _correct(moderator, number)
        _publish(organiser)
        _pick(voter, title)
        _calendars(voter, title, tmp_path)
        sheet = _badges(organiser, site, tmp_path)
    with _at(MORNING):
        _sign_in(site, organiser, ORGANISER, str)  # organisers are signed out after 3 idle hours
        _door(site, organiser, visitor, playwright, sheet, tmp_path)
    with _at(NOON):
        _sign_in(site, organiser, ORGANISER, str)
        _outcome(host, title)
        _join(voter)
        _book(organiser, title)


def _propose(page: Page) -> tuple[str, str]:
    title = "Was kostet uns eine Retoure wirklich?"
    page.goto("/ecm27/proposals")
    page.get_by_role("button", name=de("Propose a session")).first.click()
    page.get_by_role("button", name=de("Put it on the wall")).click()
    expect(page.get_by_role("alert")).to_contain_text(de("This is still empty."))
    page.get_by_label(de("Title")).fill(title)
    page.locator("#description").fill("Wir rechnen **mit** echten Zahlen.\n\n<script>alert(1)</script>")
    page.get_by_role("button", name=de("Preview")).click()
    expect(page.locator("#preview strong")).to_have_text("mit")
    page.get_by_role("button", name=de("Put it on the wall")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Retoure")
    assert axe(page) == []
    return title, page.url.rpartition("/")[2]


def _of(word: str, title: str) -> re.Pattern[str]:
    """The name of a control that says hidden which session it is for."""
    return re.compile(rf"{re.escape(word)}\s*: {re.escape(title)}")


def _vote(page: Page, title: str) -> None:
    page.goto("/ecm27/proposals?q=Retoure+wirklich")
    yes, no = de("I will come"), de("You said you will come – take back")
    button = page.get_by_role("button", name=_of(yes, title))
    button.click()
    back = page.get_by_role("button", name=_of(no, title))
    expect(back).to_be_visible()
    back.click()
    expect(button).to_be_visible()
    button.click()
    expect(back).to_be_visible()
    page.reload()
    expect(back).to_be_visible()


def _give_role(page: Page, address: str) -> None:
    page.goto("/ecm27/organise/people")
    page.get_by_label("Name, organisation or address").fill(address)
    page.get_by_role("button", name="Search").click()
    page.locator("tbody a").click()
    page.locator("li", has_text="Moderator").get_by_role("button", name="Give this role").click()
    expect(page.locator("li", has_text="Moderator").get_by_role("button", name="Take back")).to_be_visible()


def _plan_from_files(site: Site, folder: Path) -> None:
    problem, plan = folder / "problem.json", folder / "plan.json"
    clients.camp("--instance", site.folder, "export", "plan-problem", "--camp", "ecm27", "-o", problem)
    text = problem.read_text("utf-8")
    assert "example.org" not in text
    assert "Großmann" not in text
    clients.camp("plan", "solve", problem, "--seconds", "2", "--seed", "1", "-o", plan)
    found = clients.evaluate(problem, plan)
    assert found["violations"] == []
    assert found["placed"] >= 40
    assert json.loads(plan.read_text()) != []


def _plan(page: Page) -> None:
    page.goto("/ecm27/organise")
    page.get_by_role("link", name="To the plan").click()
    page.get_by_role("button", name="Make a plan").click()
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Take the whole plan").click(timeout=120_000)
    expect(page.locator("main")).to_contain_text(re.compile(r"\d+ of \d+ wishes fit"))
    _picture(page, "plan")


def _correct(page: Page, number: str) -> None:
    """The moderator makes a cell free by hand, lays another session there and pins it."""
    page.goto("/ecm27/organise/plan")
    other = page.locator(f"table.plan td.cell:not([rowspan]) [data-card]:not([data-card='{number}'])").first
    session, cell = other.get_attribute("data-card"), other.locator("xpath=ancestor::td").get_attribute("data-cell")
    page.goto(f"/ecm27/organise/plan/{session}")
    page.get_by_role("button", name="Take it out of its cell").click()
    page.wait_for_url("**/organise/plan")
    page.goto(f"/ecm27/organise/plan/{number}")
    page.get_by_role("checkbox").check()
    page.locator(f"button[name=cell][value='{cell}']").click()
    page.wait_for_url("**/organise/plan")
    expect(page.locator("table.plan .pin")).to_have_count(1)
    expect(page.locator(f"td[data-cell='{cell}'] [data-card='{number}']")).to_have_count(1)


def _publish(page: Page) -> None:
    page.goto("/ecm27/organise/publish")
    page.get_by_role("button", name="Publish version 1").click()
    page.wait_for_url("**/ecm27/agenda")
    expect(page.locator("#toasts, .flashes").first).to_be_attached()


def _pick(page: Page, title: str) -> None:
    page.goto("/ecm27/agenda")
    star = page.get_by_role("button", name=de("Keep: %(title)s", title=title))
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    _picture(page, "agenda-phone")
    page.goto("/ecm27/me")
    expect(page.locator("main")).to_contain_text("wirklich")


def _calendars(page: Page, title: str, folder: Path) -> None:
    page.goto("/ecm27/me")
    page.get_by_role("button", name=de("Into my calendar")).click()
    mine = page.get_by_label(de("Or copy the address into your calendar")).input_value()
    for name, address in (("mine", mine), ("camp", "/ecm27/agenda.ics")):
        answer = page.context.request.get(address)
        assert answer.headers["content-type"].startswith("text/calendar")
        (folder / f"{name}.ics").write_bytes(answer.body())
    events = clients.thunderbird(folder / "mine.ics")
    assert [event["title"] for event in events] == [title]
    everything = clients.thunderbird(folder / "camp.ics")
    assert len(everything) >= 40
    assert len({event["uid"] for event in everything}) == len(everything)
    assert {event["starts"] for event in everything} >= {"2027-04-24T09:00:00.000Z", "2027-04-24T15:00:00.000Z"}
    same = next(event for event in everything if event["title"] == title)
    assert (same["uid"], same["starts"]) == (events[0]["uid"], events[0]["starts"])
    local = datetime.fromisoformat(same["starts"]).astimezone(clock.local(clock.now(), "Europe/Berlin").tzinfo)
    listed = clients.khal(folder / "camp.ics", folder / "khal", "2027-04-24", "2027-04-25")
    assert [line for line in listed if title in line][0].startswith(local.strftime("%H:%M-"))
    assert len(listed) == len(everything)


def _badges(page: Page, site: Site, folder: Path) -> Path:
    page.goto("/ecm27/organise/badges")
    page.get_by_role("button", name="Print badges", exact=True).click()
    _job(page)
    with page.expect_download() as download:
        page.locator("#job a[role=button]").click()
    file = folder / "badges.pdf"
    download.value.save_as(file)
    by_command = folder / "again.pdf"
    clients.camp("--instance", site.folder, "badges", "--camp", "ecm27", "--only", "all", "--again", "-o", by_command)
    pictures = clients.pages_as_pictures(file, folder)
    read = [code for picture in pictures for code in clients.codes(picture)]
    assert len(pictures) == 26
    assert len(set(read)) == 260
    assert all(re.fullmatch(rf"HTTPS://127\.0\.0\.1:{site.port}/B/[A-Z2-7]{{16}}", code) for code in read)
    again = [code for picture in clients.pages_as_pictures(by_command, _folder(folder / "again")) for code in clients.codes(picture)]
    assert set(again) == set(read)
    words = clients.words_of(file.read_bytes())
    assert all(name in words for name in ("Großmann", "Żak", "Yılmaz", "Phạm"))
    return pictures[0]


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _door(site: Site, organiser: Page, visitor: Visitor, playwright: Playwright, sheet: Path, folder: Path) -> None:
    """A helper's phone is paired, its camera sees a badge, then the same one again, then no badge at all."""
    organiser.goto("/ecm27/organise/doors")
    organiser.get_by_label("Name of the door").fill("Haupteingang")
    organiser.get_by_role("button", name="Show a code").click()
    code = organiser.locator(".typed-code").inner_text()
    picture = Image.open(sheet).convert("RGB")
    badge = picture.crop((0, 0, picture.width // 2, picture.height // 4)).resize((640, 480))
    film = folder / "camera.mjpeg"
    clients.film([badge], film)
    phone = playwright.chromium.launch(executable_path=CHROMIUM, args=[
        *QUIET, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={film}"])
    try:
        _scan(visitor(site.url, 390, "de-DE", browser=phone).new_page(), code, clients.codes(sheet), organiser)
    finally:
        phone.close()


def _scan(page: Page, code: str, known: list[str], organiser: Page) -> None:
    page.goto("/ecm27/door")
    page.get_by_label(de("Code from the organiser's screen")).fill(code)
    page.get_by_role("button", name=de("Pair this phone")).click()
    page.get_by_role("button", name=de("Start scanning")).click()
    expect(page.get_by_text(de("Welcome")).first).to_be_visible()
    _picture(page, "door")
    assert axe(page) == []
    field = page.get_by_label(de("Code of the badge"))
    expect(field).to_be_visible()
    page.reload()
    page.locator("[data-running=yes]").wait_for()
    # typed by a hand scanner: a second badge once, then again
    second = known[-1]
    _type(page, second, de("Welcome"))
    _type(page, second, de("Already in"))
    _type(page, "HTTPS://EVIL.EXAMPLE/B/AAAAAAAAAAAAAAAA", de("Not a badge"))
    _type(page, "AAAAAAAAAAAAAAAA", de("Not known"))
    organiser.goto("/ecm27/organise/doors")
    expect(organiser.locator("main")).to_contain_text("2 of 260 are here")


def _type(page: Page, text: str, word: str) -> None:
    page.get_by_label(de("Code of the badge")).fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_text(word, exact=True).first).to_be_visible()
    following = page.get_by_role("button", name=de("Next"))
    if word != de("Welcome"):
        following.click()
    expect(page.get_by_label(de("Code of the badge"))).to_be_visible()


def _outcome(page: Page, title: str) -> None:
    page.goto("/ecm27/agenda")
    page.get_by_role("link", name=_of(de("Notes"), title)).click()
    page.get_by_role("button", name=de("Write it down")).click()
    page.get_by_role("button", name=de("Save the notes")).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label(de("What was the question?")).fill("Was kostet eine Retoure?")
    page.get_by_label(de("What did you find out?")).fill("- 9 Euro im Schnitt\n- **Foto** beim Auspacken hilft")
    page.get_by_label(de("What did you decide?")).fill("Wir messen vier Wochen.")
    page.get_by_label(de("What comes next?")).fill("Vorlage teilen bis 1. Mai")
    page.get_by_label(de("Who tries it out?")).fill("Regalhaus")
    page.get_by_role("button", name=de("Save the notes")).click()
    page.get_by_role("button", name=de("Begin a project")).click()
    page.get_by_label(de("What is the project called?")).fill("Retouren offen rechnen")
    page.get_by_role("button", name=de("Begin the project")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Retouren offen rechnen")
    assert axe(page) == []


def _join(page: Page) -> None:
    page.goto("/ecm27/projects")
    page.get_by_role("link", name="Retouren offen rechnen").click()
    page.get_by_role("button", name=de("Count me in")).click()
    expect(page.locator("main")).to_contain_text(de("You are in"))
    expect(page.locator(".lead")).to_contain_text("Mittelstand")
    expect(page.locator(".lead")).to_contain_text("Hochschule")


def _book(page: Page, title: str) -> None:
    page.goto("/ecm27/organise")
    page.get_by_role("button", name="Print the camp book as PDF").click()
    _job(page)
    page.goto("/ecm27/book")
    expect(page.locator("main")).to_contain_text("Retouren offen rechnen")
    assert axe(page) == []
    pdf = page.context.request.get("/ecm27/book.pdf")
    words = clients.words_of(pdf.body()).replace("\u00ad", "").replace("-\n", "")
    for text in ("E-Commerce-Camp", "9 Euro im Schnitt", "Retouren offen rechnen", "Wir messen vier Wochen"):
        assert text in words.replace("\n", " "), text
    assert io.BytesIO(pdf.body()).read(5) == b"%PDF-"
