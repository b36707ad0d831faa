"""The camera of the door: A-32, what hostile codes do (nothing); the browser's own reader, light, wake lock; a hand scanner that types."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Playwright, Request, expect
from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

from tests.browser import clients
from tests.browser.conftest import CHROMIUM, QUIET, Watch, wait
from tests.browser.door_world import CAMERA, WATCH, Hall, go_on, pair

Visitor = Callable[..., BrowserContext]
# what stands in the code, without that of the other camp.
HOSTILE = [
    "https://evil.example/", "HTTPS://EVIL.EXAMPLE/B/AAAAAAAAAAAAAAAA", "http://evil.example/b/aaaaaaaaaaaaaaaa?x=1", "//evil.example/B/AAAAAAAAAAAAAAAA",
    "javascript:alert(document.domain)", "JAVASCRIPT:ALERT(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "file:///etc/passwd",
    "intent://scan/#Intent;scheme=zxing;end", "tel:+4920812345", "sms:+4920812345:hi", "mailto:a@example.org?subject=x", "geo:51.4,6.9", "upi://pay?pa=x@y",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "{{7*7}}${7*7}#{7*7}", "' OR 1=1 --", "../../../../etc/passwd",
    "WIFI:T:WPA;S=hotspot;P:secret;;", "BEGIN:VCARD\nVERSION:3.0\nFN:Eve\nEND:VCARD", "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", "line one\r\nX-Injected: yes",
    "😀😀😀😀", "\u202eneltrev\u202c", "AAAAAAAAAAAAAAA", "A" * 4000,
]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path / "instance")
    with made.site:
        yield made


def _picture(text: str) -> Image.Image:
    code = QRCode(error_correction=ERROR_CORRECT_L, border=4, box_size=1)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    drawn = code.make_image().convert("L")
    side = 700 // drawn.width * drawn.width
    table = Image.new("L", (1280, 720), 255)
    table.paste(drawn.resize((side, side), Image.Resampling.NEAREST), (290, 10))
    return table


@pytest.mark.slow
def test_a32_hostile_codes_are_refused_with_a_reason_and_lead_nowhere(hall: Hall, watch: Watch, playwright: Playwright, tmp_path: Path) -> None:
    payloads = [*HOSTILE, hall.codes["other-camp"]]
    random.Random(1).shuffle(payloads)
    film = tmp_path / "camera.mjpeg"
    clients.film([_picture(text) for text in payloads], film, pictures=24)
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *CAMERA, f"--use-file-for-fake-video-capture={film}"])
    context = browser.new_context(base_url=hall.site.url, locale="en-GB", viewport={"width": 390, "height": 844})
    context.add_init_script(WATCH)
    watch.on(context, hall.site.url)
    page, said, dialogs = context.new_page(), {}, []  # type: ignore[var-annotated]
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))

    def told(request: Request) -> None:
        if request.url.endswith("/door/events"):
            answers = request.response().json()["answers"]  # type: ignore[union-attr]
            said.update({event["text"]: answers[event["id"]]["verdict"] for event in request.post_data_json["events"]})

    page.on("requestfinished", told)
    pair(page, hall.pairing[0])
    page.get_by_role("button", name="Start scanning").click()
    wait(page, lambda: len(said) == len(payloads))
    words = {word for word, _ in page.evaluate("() => answers")}
    assert page.url == f"{hall.site.url}/ecm27/door"
    browser.close()
    code = hall.codes["other-camp"].rpartition("/")[2]
    assert said == {text[:300]: "not-a-badge" for text in HOSTILE} | {code: "other-camp"}
    assert words == {"Not a badge", "Another camp"}
    assert dialogs == []


# A phone whose browser reads codes itself, whose camera has a light, which may stay awake, sounds and shakes.
_PHONE = """(() => {
  window.asked = [];
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return window.held ? [{ rawValue: window.held }] : []; }
  };
  MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
  MediaStreamTrack.prototype.applyConstraints = async (wish) => { asked.push(JSON.stringify(wish)); };
  Object.defineProperty(navigator, "wakeLock", { value: { request: async (what) => { asked.push(what); } } });
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) { asked.push(`${this.context.state}: ${this.frequency.value} Hz`); start.call(this, at); };
  navigator.vibrate = (times) => { asked.push(`shakes ${times}`); };
})()"""


def test_a_phone_with_a_reader_of_its_own_a_light_a_wake_lock_sound_and_vibration_uses_them(hall: Hall, watch: Watch, playwright: Playwright) -> None:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *CAMERA])
    context = browser.new_context(base_url=hall.site.url, locale="en-GB", viewport={"width": 390, "height": 844}, has_touch=True)
    watch.on(context, hall.site.url)
    context.add_init_script(_PHONE)
    page = context.new_page()
    pair(page, hall.pairing[0])
    page.get_by_role("button", name="Start scanning").click()
    light = page.get_by_role("button", name="Light")
    light.click()
    expect(light).to_have_attribute("aria-pressed", "true")
    page.evaluate("text => { window.held = text; }", hall.codes["Mai"])
    expect(page.locator("body.go [data-name]")).to_have_text("Mai Öztürk-Großmann")
    page.locator("[data-ready]").wait_for()  # by itself, after green
    page.evaluate("text => { window.held = text; }", hall.codes["waiting"])
    expect(page.locator("body.stop [data-word]")).to_have_text("Has no place yet")
    page.evaluate("text => { window.held = text; }", hall.codes["Wei"])
    page.wait_for_timeout(1800)
    expect(page.locator("body.stop [data-word]")).to_have_text("Has no place yet")  # red stays until it is tapped away
    page.locator("[data-next]").click()
    expect(page.locator("body.go [data-name]")).to_have_text("Wei Öztürk-Großmann")
    go, stop = ["shakes 60", "running: 880 Hz", "running: 1175 Hz"], ["shakes 400", "running: 196 Hz"]
    assert page.evaluate("() => asked") == ["screen", '{"advanced":[{"torch":true}]}', *go, *stop, *go]
    browser.close()


# A browser that hands over frames, but not their points.
_BARE = """(() => {
  window.sent = { frame: 0, pixels: 0 };
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (data, ...rest) {
    sent[data.frame ? "frame" : "pixels"] += 1;
    data.frame?.close();
    if (data.frame) post.call(this, { frame: {} });
    else post.call(this, data, ...rest);
  };
})()"""


def test_where_the_points_of_a_frame_cannot_be_had_the_camera_paints_and_reads_all_the_same(
        hall: Hall, watch: Watch, playwright: Playwright, tmp_path: Path) -> None:
    film = tmp_path / "camera.mjpeg"
    clients.film([_picture(hall.codes["Mai"])], film)
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *CAMERA, f"--use-file-for-fake-video-capture={film}"])
    context = browser.new_context(base_url=hall.site.url, locale="en-GB", viewport={"width": 390, "height": 844})
    watch.on(context, hall.site.url)
    context.add_init_script(_BARE)
    page = context.new_page()
    pair(page, hall.pairing[0])
    page.get_by_role("button", name="Start scanning").click()
    expect(page.locator("body.go [data-name]")).to_have_text("Mai Öztürk-Großmann")
    assert page.evaluate("() => sent.frame") == 1
    browser.close()


def test_a_hand_scanner_types_without_a_field_its_enter_presses_no_button_and_ten_seconds_undo_it(hall: Hall, visitor: Visitor) -> None:
    page = visitor(hall.site.url, 390).new_page()
    page.clock.install()
    pair(page, hall.pairing[0])
    page.locator("[data-search-open]").focus()
    page.keyboard.type(hall.codes["Mai"])
    page.keyboard.press("Enter")
    expect(page.locator("body.go [data-name]")).to_have_text("Mai Öztürk-Großmann")
    go_on(page)
    expect(page.locator("dialog[open]")).to_have_count(0)
    undo = page.locator("[data-undo]")
    expect(undo).to_be_visible()
    page.clock.fast_forward(9_500)  # ten seconds on the ready screen
    expect(undo).to_be_visible()
    page.clock.fast_forward(1_000)
    expect(undo).to_be_hidden()
    page.keyboard.type(hall.codes["Mai"].lower())
    page.keyboard.press("Enter")
    expect(page.locator("body.wait [data-sentence]")).to_contain_text("door: Haupteingang")


def test_a_hand_scanner_types_into_the_names_of_a_walk_in_and_a_blank_badge_is_given_away_once_without_network(hall: Hall, visitor: Visitor) -> None:
    page = visitor(hall.site.url, 390).new_page()
    pair(page, hall.pairing[0])
    page.context.set_offline(True)
    opened, trouble = page.locator("[data-walk-in-open]"), page.locator("[data-walk-in-trouble]")
    opened.click()
    page.keyboard.type("Özlem\nGroß" + hall.codes["Mai"] + "\n")
    expect(trouble).to_have_text("This is no blank badge. Take another one.")
    expect(page.locator("#walk-family")).to_have_value("Groß")
    page.keyboard.type(hall.codes["blank"] + "\n")
    expect(page.locator("body.go [data-name]")).to_have_text("Özlem Groß")
    for typed in ("Zoe\n\n\n", "Zoe"):  # into the field of the code, and behind the name
        page.locator("[data-ready]").wait_for()
        opened.click()
        page.keyboard.type(typed + hall.codes["blank"] + "\n")
        expect(trouble).to_have_text("This is no blank badge. Take another one.")
        page.locator("[data-walk-in-close]").click()
    expect(page.locator("[data-net-words]")).to_have_text("no network, 1 wait")
