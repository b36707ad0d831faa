"""A-19 and A-16 in a real browser: what a foreign page does with a signed-in person's cookies, and where `then` leads."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from camp import signing_in
from camp.db import db, writing
from camp.models import Job, Mail, Person
from tests.browser.site import Site
from tests.instances import filling
from tests.safety import world as worlds
from tests.safety.calls import filled, may_call
from tests.safety.dump import dump
from tests.safety.test_matrix import CALLS
from tests.safety.test_redirects import BYPASSES
from tests.safety.world import World
from tests.servers import until

POSTS = [call for call in CALLS if call.method == "POST"]
_LIKELY = ("host", "organiser", "administrator", "door", "participant")
# What a page can do to another origin's address without asking it first (https://fetch.spec.whatwg.org/#http-cors-protocol).
WAYS = {
    "form": """async ({url, data}) => {
        const frame = document.createElement('iframe'); frame.name = 'aim'; document.body.append(frame);
        const form = document.createElement('form'); form.method = 'post'; form.action = url; form.target = 'aim';
        for (const [name, value] of Object.entries(data)) {
            const input = document.createElement('input'); input.name = name; input.value = value; form.append(input);
        }
        document.body.append(form);
        const loaded = new Promise(done => { frame.onload = done; setTimeout(done, 3000); });  // an answer that is a file loads nothing
        HTMLFormElement.prototype.submit.call(form); await loaded; Element.prototype.remove.call(form); frame.remove();
    }""",
    "fetch": """async ({url, data}) => { await fetch(url, {method: 'POST', mode: 'no-cors', credentials: 'include',
        body: new URLSearchParams(data)}).catch(() => {}); }""",
    "json as text": """async ({url, data}) => { await fetch(url, {method: 'POST', mode: 'no-cors', credentials: 'include',
        headers: {'Content-Type': 'text/plain'}, body: JSON.stringify(data)}).catch(() => {}); }""",
    "json": """async ({url, data}) => { await fetch(url, {method: 'POST', credentials: 'include',
        headers: {'Content-Type': 'application/json', 'X-Camp-Door': '1'}, body: JSON.stringify(data)}).catch(() => {}); }""",
    "picture": """async ({url, data}) => { const picture = new Image();
        await new Promise(done => { picture.onload = picture.onerror = done; picture.src = url + '?' + new URLSearchParams(data); }); }""",
}


class _Empty(BaseHTTPRequestHandler):
    """A page of somebody else."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Prizes</title><body>")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def foreign() -> Iterator[str]:
    """The origin of a foreign page: another port of the same machine, to which a browser sends every cookie there is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Empty)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, World]]:
    """The two camps of tests/safety, served."""
    folder = tmp_path_factory.mktemp("foreign") / "instance"
    with filling(folder):
        pass
    with Site(folder) as running:
        made = worlds.build(running.app)
        until(partial(_idle, running))
        yield running, made


def _idle(site: Site) -> bool:
    """Whether the worker has nothing left to do."""
    with site.app.app_context():
        waiting = ("queued", "running", "sending")
        return not db.session.query(Mail).filter(Mail.state.in_(waiting)).count() + db.session.query(Job).filter(Job.state.in_(waiting)).count()


@pytest.fixture
def browser_of(site: tuple[Site, World], chromium: object, request: pytest.FixtureRequest) -> Iterator[Callable[[str], BrowserContext]]:
    """Opens a browser with an actor's cookies. Foreign pages ask foreign origins, so nothing is watched here."""
    opened: list[BrowserContext] = []

    def open_(actor: str) -> BrowserContext:
        context: BrowserContext = chromium.new_context()  # type: ignore[attr-defined]
        context.add_cookies([{"name": name, "value": value, "url": site[0].url.replace("http:", "https:"), "secure": True, "sameSite": "Lax"}
                             for name, value in site[1].cookies[actor].items() if name.startswith("__Host-")])
        opened.append(context)
        return context

    yield open_
    for context in opened:
        context.close()


def test_a19_a_foreign_page_changes_nothing(site: tuple[Site, World], foreign: str, browser_of: Callable[[str], BrowserContext]) -> None:
    running, world = site
    pages: dict[str, Page] = {}
    forms: set[str] = set()
    sent: set[str] = set()
    with running.app.app_context():
        before = dump(ignore=("sign_in",))
    for call in POSTS:
        actor = may_call(call, _LIKELY)
        if actor not in pages:
            pages[actor] = browser_of(actor).new_page()
            pages[actor].on("request", partial(_note_form, forms))
            pages[actor].goto(foreign)
        with running.app.test_request_context("/"):
            url = running.url + call.path(world)
        sent.add(url)
        data = {name: filled(text, world.values["a"]) for name, text in call.route.data.items()}
        for script in WAYS.values():
            pages[actor].evaluate(script, {"url": url, "data": data})
    assert forms == sent
    with running.app.app_context():
        assert dump(ignore=("sign_in",)) == before


def test_a19_the_same_form_on_the_own_page_does_its_work(site: tuple[Site, World], browser_of: Callable[[str], BrowserContext]) -> None:
    """The control: the cookies are the right ones, and it is the token that the foreign page misses."""
    running, world = site
    page = browser_of("participant").new_page()
    address = f"{running.url}/camp-a/proposals/{world.values['a']['session_id']}"
    page.goto(address)
    with running.app.app_context():
        before = dump(ignore=("sign_in",))["vote"]
    with page.expect_response(lambda answer: answer.url.endswith("/vote")):
        page.locator("form[action$='/vote'] button").first.click()
    with running.app.app_context():
        assert dump(ignore=("sign_in",))["vote"] != before


def test_a16_the_button_of_a_link_leads_to_own_pages_only(site: tuple[Site, World], browser_of: Callable[[str], BrowserContext]) -> None:
    """The browser follows each answer that there is once: to the same one it goes the same way."""
    running, world = site
    page = browser_of("anonymous").new_page()
    left: list[str] = []
    page.on("request", partial(_note_foreign, running.url, left))
    answers = {_answer(running, _link(running, world, bypass)): bypass for bypass in BYPASSES}
    for bypass in answers.values():
        page.goto(running.url + _link(running, world, bypass))
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()
        assert page.url.startswith(f"{running.url}/"), (bypass, page.url)
        assert "/sign-in/" not in page.url, bypass
    assert left == []


def _link(site: Site, world: World, then: str) -> str:
    """The address of a link that signs somebody in and leads on."""
    with site.app.app_context(), writing():
        who = db.session.query(Person).filter_by(email=world.values["b"]["email"]).one()
        return f"/sign-in/{signing_in.operator_link(who, then)}"


def _answer(site: Site, link: str) -> str:
    """Where the button of a link leads, as the server says it."""
    client = site.app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(link, base_url=site.url).text)
    assert token
    answer = client.post(link, base_url=site.url, data={"csrf_token": token[1]})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def _note_form(forms: set[str], request: Request) -> None:
    if request.method == "POST" and request.is_navigation_request():
        forms.add(request.url)


def _note_foreign(own: str, left: list[str], request: Request) -> None:
    if not request.url.startswith((own, "data:", "blob:")):
        left.append(request.url)


