"""Rows about the door as a phone has it, in a browser: films of badges read by the camera, the long list, a queue sent."""

from __future__ import annotations

import math
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from badges import pairing, printing
from badges.models import Badge
from camp.db import db, writing
from tests import make
from tests.bench import brake, films
from tests.bench.rows import Row
from tests.browser import clients
from tests.browser.conftest import QUIET
from tests.browser.door_world import CAMERA, pair
from tests.instances import filling
from tests.net import free_port
from tests.servers import serving

SLOWER = 6
_CAMERA_ITSELF = "video_capture"  # the process that plays the film: a phone's camera takes nothing of its processor
LEAD = 150  # pictures of an empty hall before the first badge
# Notes which picture of the film the camera shows at which moment, and when a green screen is seen; taps every answer away.
_WATCH = """(() => {
  const seen = window.seenByTheCamera = { marks: [], greens: [] };
  const rect = { x: 0, y: BLOCK / 2, width: BITS * BLOCK, height: 2 };
  async function mark() {
    const video = document.querySelector("[data-finder] video");
    if (!video?.videoWidth) return;
    const at = performance.now();
    const picture = new VideoFrame(video);
    const points = new Uint8Array(picture.allocationSize({ rect })); // brightness comes first
    await picture.copyTo(points, { rect });
    picture.close();
    let number = 0;
    for (let bit = 0; bit < BITS; bit += 1) if (points[(bit + .5) * BLOCK] > 128) number |= 1 << bit;
    seen.marks.push([at, number]);
  }
  setInterval(mark, 100);
  let shown = "";
  new MutationObserver(() => {
    const tone = ["go", "wait", "stop"].find((name) => document.body?.classList.contains(name)) || "";
    if (tone && tone !== shown) requestAnimationFrame(() => setTimeout(() => { // painted by now
      if (tone === "go") seen.greens.push([performance.now(), document.querySelector("[data-name]").textContent]);
      document.querySelector("[data-answer]").click();
    }));
    shown = tone;
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ["class"] });
})()"""
# Milliseconds that a worker needs for the same sum.
_LOOP = """() => new Promise((done) => {
  const sum = "onmessage = () => { const from = performance.now(); let sum = 0; for (let n = 0; n < 3e8; n += 1) sum += n % 7; postMessage(performance.now() - from); }";
  const worker = new Worker(URL.createObjectURL(new Blob([sum])));
  worker.onmessage = ({ data }) => { worker.terminate(); done(data); };
  worker.postMessage("go");
})"""


@dataclass
class Hall:
    """A served camp: its folder and address, a pairing code, whose badge has which code."""

    folder: Path
    address: str
    pairing: str
    names: dict[str, str]


@contextmanager
def _hall(folder: Path, people: int) -> Iterator[Hall]:
    instance, port = folder / "instance", free_port()
    with filling(instance, f'base_url = "http://127.0.0.1:{port}"\n') as app:
        camp, key, host = make.camp(capacity=people), app.config["CAMP"].badge_key, app.config["CAMP"].host
        make.crowd(camp, people, family="Öztürk-Großmann", organisation="Donaudampfschifffahrtsgesellschaft")
        with writing():
            printing.ensure_badges(camp, key)
            code = pairing.offer(camp, "Haupteingang")
        names = {printing.address_of(badge, key, host): badge.participant.name for badge in db.session.query(Badge)}
    with serving("--instance", str(instance), "serve", "--port", str(port)) as server:
        yield Hall(instance, server.address, code, names)


@contextmanager
def _phone(folder: Path, hall: Hall, *more: str, watch: str = "") -> Iterator[tuple[Page, brake.Browser]]:
    """A phone that has just been paired, and its browser."""
    browser = brake.Browser(folder)
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(folder / "profile"), executable_path=str(browser.program), args=[*QUIET, *more], base_url=hall.address, locale="en-GB",
            viewport={"width": 390, "height": 844})
        if watch:
            context.add_init_script(watch)
        page = context.pages[0]
        pair(page, hall.pairing)
        yield page, browser
        context.close()


def _filmed(slower: int, people: int = 100) -> tuple[str, bool | None]:
    """Printed badges held before the camera, each for a second: how many are green within that second, and when the middle one is."""
    if slower > 1 and not brake.works():
        return "no quota can be set on this machine", None
    with tempfile.TemporaryDirectory() as name, _hall(folder := Path(name), people) as hall:
        clients.camp("--instance", hall.folder, "badges", "--camp", "ecm27", "--layout", "a4-10", "-o", folder / "badges.pdf")
        found, film = clients.cards(folder / "badges.pdf", folder), folder / "camera.mjpeg"
        assert sorted(card.text for card in found) == sorted(hall.names)
        films.write(found, film, lead=LEAD)
        watch = _WATCH.replace("BLOCK", str(films.BLOCK)).replace("BITS", str(films.BITS))
        with _phone(folder, hall, *CAMERA, f"--use-file-for-fake-video-capture={film}", watch=watch) as (page, browser):
            other = page.context.new_page()
            free = other.evaluate(_LOOP)
            page.bring_to_front()
            page.get_by_role("button", name="Start scanning").click()
            while not page.evaluate("() => document.querySelector('[data-finder] video').videoWidth"):
                page.wait_for_timeout(50)
            with browser.slowed(slower, but=_CAMERA_ITSELF) if slower > 1 else nullcontext():
                seen = _until(page, LEAD + len(found) * (films.SHOWN + films.GAP) - films.GAP)
                page.close()
                ratio = other.evaluate(_LOOP) / free
    times = [_time_to_green(seen, hall.names[card.text], LEAD + number * (films.SHOWN + films.GAP)) for number, card in enumerate(found)]
    read = [time for time in times if time is not None]
    soon, middle = sum(time <= 1000 for time in read), statistics.median(read or [math.inf])
    told = f"{soon} of {len(found)}, median {middle:.0f} ms"
    if slower > 1:
        told += f" (a worker's loop took {ratio:.1f} times as long)"
    return told, soon >= .95 * len(found) and middle < 500


def _until(page: Page, last: int) -> dict[str, list[list[Any]]]:
    """What the camera saw, once the film is over."""
    while page.evaluate("() => Math.max(0, ...seenByTheCamera.marks.map(([, number]) => number))") < last:
        page.wait_for_timeout(1000)
    found: dict[str, list[list[Any]]] = page.evaluate("() => seenByTheCamera")
    return found


def _time_to_green(seen: dict[str, list[list[Any]]], name: str, first: int) -> float | None:
    """Milliseconds from the picture of the film that shows a badge first to the green screen with its name; none: never."""
    green = next((at for at, who in seen["greens"] if who == name), None)
    marks = [(at, number + films.STEP / 2) for at, number in seen["marks"]]  # somewhere among those that carry the number
    before = max((number, at) for at, number in marks if number < first)
    after = min((number, at) for at, number in marks if number >= first)
    appeared = before[1] + (after[1] - before[1]) * (first - before[0]) / (after[0] - before[0])
    return green and float(green - appeared)


def long_list() -> tuple[str, bool]:
    """From opening the page on a paired phone to all 5,000 people in its store and found by search; nothing kept from before."""
    with tempfile.TemporaryDirectory() as name, _hall(folder := Path(name), 5000) as hall:
        with _phone(folder, hall) as (page, browser):
            told = f"{(took := _opened(page)):.2f} s"
            if brake.works():
                with browser.slowed(SLOWER):
                    told += f"; with the processor slowed {SLOWER} times {_opened(page):.2f} s"
    return told, took < 2


def _opened(page: Page) -> float:
    page.evaluate("""async () => {
      const open = indexedDB.open(JSON.parse(document.getElementById("door-data").textContent).store);
      await new Promise((done) => { open.onsuccess = done; });
      const step = open.result.transaction(["facts", "drawers"], "readwrite");
      step.objectStore("facts").clear();
      step.objectStore("drawers").clear();
      await new Promise((done) => { step.oncomplete = done; });
      open.result.close();
    }""")
    page.reload(wait_until="commit")
    took: float = page.evaluate("""() => new Promise((done) => {
      const look = () => /of 5000 people/.test(document.querySelector("[data-age]")?.textContent || "") ? done(performance.now()) : setTimeout(look, 10);
      look();
    })""")
    page.locator("[data-search-open]").click()
    page.locator("#search-field").fill("mai4321 gross")
    expect(page.locator("[data-search-found] li")).to_have_count(1)
    page.locator("[data-search] button[value=close]").click()
    return took / 1000


def queue() -> tuple[str, bool]:
    """300 scans that a phone made without network: from the network's return until the server has named each."""
    with tempfile.TemporaryDirectory() as name, _hall(folder := Path(name), 300) as hall:
        with _phone(folder, hall) as (page, _):
            page.context.set_offline(True)
            page.evaluate(_QUEUE, sorted(hall.names))
            page.reload()
            page.locator("[data-net][data-state=off]").wait_for()
            expect(page.locator("[data-net-words]")).to_have_text("no network, 300 wait", timeout=30_000)
            page.context.set_offline(False)
            took: float = page.evaluate("""() => new Promise((done) => {
              const began = performance.now();
              dispatchEvent(new Event("online"));
              const look = () => document.querySelector("[data-net-words]").textContent === "connected" ? done(performance.now() - began) : setTimeout(look, 10);
              look();
            })""")
            expect(page.locator("[data-count]")).to_have_text("300 of 300 are here")
    return f"{took / 1000:.1f} s", took < 10_000


# As main.js keeps a scan: the event, and what this phone did.
_QUEUE = """async (texts) => {
  const given = JSON.parse(document.getElementById("door-data").textContent);
  const open = indexedDB.open(given.store);
  await new Promise((done) => { open.onsuccess = done; });
  const hash = async (text) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 32);
  const made = await Promise.all(texts.map(async (text, n) => {
    const code = text.split("/").pop();
    return { key: await hash(code), event: { id: `nonce-${n}-0000000000`, n, act: "scan", at: Date.now(), offset: 0, live: false, text: code, decision: "admitted" } };
  }));
  const step = open.result.transaction(["queue", "mine"], "readwrite");
  for (const { key, event } of made) {
    step.objectStore("queue").put(event, event.id);
    step.objectStore("mine").put({ key, at: event.at, id: event.id, name: "?" }, key);
  }
  await new Promise((done) => { step.oncomplete = done; });
  open.result.close();
}"""


def _films(slower: int) -> Callable[[], tuple[str, bool | None]]:
    return lambda: _filmed(slower)


ROWS = [
    Row("95 of 100 filmed badges (blur, tilt, dim light, a finger on 5 %) are green within 1 s, the median within 500 ms", _films(1)),
    Row(f"the same badges on a processor slowed {SLOWER} times", _films(SLOWER)),
    Row("a phone has the list of 5,000 people within 2 s of opening its page", long_list),
    Row("300 scans that waited on a phone are named by the server within 10 s", queue),
]
