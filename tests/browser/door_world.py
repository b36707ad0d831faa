"""A camp at its doors: people in every state that a badge can be in, codes for pairing, an organiser; and what phones do there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from badges import blanks, notes, pairing, printing, revoking
from badges.models import Badge
from camp import clock, tokens
from camp.access import SIGN_IN_COOKIE
from camp.db import db, writing
from camp.models import Camp, Day, Needs, Participant, SignIn
from tests import make
from tests.browser.site import Site
from tests.instances import filling
from tests.net import free_port

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwe"
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


class Hall:
    """A served camp on its day.

    `people`: their ids. `codes`: what the badges say, by name: Mai, Wei … have a place, *waiting*, *cancelled*, *revoked*, *another-day* say
    what is wrong with them, *blank* is nobody's, *other-camp* is somebody's at another camp.
    """

    def __init__(self, folder: Path, names: Sequence[str] = ("Mai", "Wei")) -> None:
        port = free_port()
        with filling(folder, f'base_url = "http://127.0.0.1:{port}"\n') as app:
            self.folder, self.key, self.host = folder, app.config["CAMP"].badge_key, app.config["CAMP"].host
            camp, other = make.camp(), make.camp("other", title="Anderes Camp")
            with writing():
                today = clock.local(clock.now(), camp.timezone).date()
                camp = db.session.get_one(Camp, camp.id)
                camp.days = [Day(date=today), Day(date=today + timedelta(days=1))]
            cast = {name: make.participant(camp, name, "Öztürk-Großmann", organisation=LONG, kind="start-up") for name in names}
            first = cast[names[0]]
            cast |= {name: make.participant(camp, name.title(), "Krause") for name in ("waiting", "cancelled", "revoked", "another-day")}
            cast["other-camp"] = make.participant(other, "Anders", "Wo")
            organiser = make.person("orga@example.org")
            make.role(camp, organiser, "organiser")
            with writing():
                for at in (camp, other):
                    printing.ensure_badges(at, self.key)
                blanks.make(camp, 1, self.key)
                self.codes = {name: self._code(who) for name, who in cast.items()}
                self.people = {name: who.id for name, who in cast.items()}
                self.codes["blank"] = self._address(blanks.code_of(blanks.unbound(camp)[0], self.key))
                revoking.revoke(camp, revoking.of_participant(cast["revoked"]))
                notes.put(camp, first, "Gutschein für das Mittagessen geben")
                db.session.add(Needs(participant_id=first.id, diet="", shirt="L"))
                first.photo, first.first_time = "no", True
                cast["waiting"].state, cast["cancelled"].state = "waiting", "cancelled"
                cast["another-day"].days = [(today + timedelta(days=1)).isoformat()]
                db.session.add_all([first, cast["waiting"], cast["cancelled"], cast["another-day"]])
                self.pairing = [pairing.offer(camp, "Haupteingang"), pairing.offer(camp, "Hof"), pairing.offer(camp, "Probe", drill=True)]
                self.signed_in = tokens.draw()
                db.session.add(SignIn(person_id=organiser.id, token_hash=tokens.hash_of(self.signed_in), made_at=clock.now()))
        self.site = Site(folder, port)

    def organiser(self, context: BrowserContext) -> Page:
        """A page in which the organiser is signed in."""
        context.add_cookies([{"name": SIGN_IN_COOKIE, "value": self.signed_in, "url": self.site.url.replace("http:", "https:"), "secure": True}])
        return context.new_page()

    def _code(self, who: Participant) -> str:
        badge = db.session.query(Badge).filter_by(participant_id=who.id).one()
        return printing.address_of(badge, self.key, self.host)

    def _address(self, code: str) -> str:
        return f"HTTPS://{self.host.upper()}/B/{code}"


def pair(page: Page, code: str) -> None:
    """Make a phone a door, and wait until it could go on without network."""
    page.goto(f"/ecm27/door#{code}")
    page.locator("[data-pair] button").click()
    page.locator("[data-running]").wait_for()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")


def type_code(page: Page, text: str, tone: str) -> None:
    """Type a code, and wait for the answer of a tone: go, wait, stop."""
    page.locator("[data-typed] input[name=text]").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(f"body.{tone} [data-word]")).not_to_be_empty()


def go_on(page: Page) -> None:
    """The helper taps the answer away."""
    page.locator("[data-answer]").click()
    page.locator("[data-ready]").wait_for()


# Notes each answer (word, name) and taps it away, as a helper does.
WATCH = """(() => {
  window.answers = [];
  let shown = "";
  new MutationObserver(() => {
    const tone = ["go", "wait", "stop"].find((name) => document.body?.classList.contains(name)) || "";
    if (tone && !shown) {
      answers.push([document.querySelector("[data-word]").textContent, document.querySelector("[data-name]").textContent]);
      setTimeout(() => document.querySelector("[data-answer]").click(), 60);
    }
    shown = tone;
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ["class"] });
})()"""
