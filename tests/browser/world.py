"""Three camps for looking at every state: `demo` the day after, full; `offen` with call and voting open; `leer` with nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pyotp
from flask import Flask
from sqlalchemy import select

from badges import pairing, private_codes
from badges.models import Badge
from camp import (
    camps,
    clock,
    config,
    demo_camp,
    invitations,
    people,
    people_columns,
    people_import,
    pictures,
    questions,
    registration,
    roster,
    schema,
    second_factor,
    sign_ins,
    signing_in,
    tokens,
    uploads,
    venue,
    wlan,
)
from camp.app import create_app
from camp.commands.init import lay_out
from camp.db import db, writing
from camp.models import Camp, Job, Participant, Person, SignIn
from camp.registration_models import Reservation
from sessions import agenda, drafts, planning
from sessions.models import Outcome, Placement, Project, Session
from sessions.planner import solve
from sessions.standing import standing_of
from tests import make
from tests.browser import pitch_world
from tests.browser.site import Site
from tests.net import free_port


@dataclass
class World:
    """The address, who is signed in with which token, the door's token, and the numbers in addresses."""

    port: int
    signed_in: dict[str, str] = field(default_factory=dict)
    places: dict[str, object] = field(default_factory=dict)
    door: str = ""
    site: Site | None = None

    @property
    def url(self) -> str:
        """Where the camps are served."""
        return f"http://127.0.0.1:{self.port}"


def build(folder: Path) -> World:
    """Make the three camps in a new instance."""
    made = World(free_port())
    lay_out(folder)
    app = create_app(config.load(folder, {"CAMP_BASE_URL": made.url}))
    with app.test_request_context("/", base_url=made.url):
        schema.upgrade()
        demo = demo_camp.make(app, "after")
        with writing():
            cast = demo_camp.cast(app, demo)
        who = {role: participant.person for role, (participant, _) in cast.roles.items()}
        open_camp = make.camp("offen", rooms=3, slots=4, title="Offenes Camp")
        make.camp("zu", rooms=0, slots=0, title="Noch zu", opened_at=None, privacy="", terms="", accent="#22338f")
        make.camp("leer", rooms=0, slots=0, title="Leeres Camp", accessibility="")
        who |= _more(demo)
        made.places["private"] = _private(app)
        who["guarded"] = make.person("guarded@example.org")
        _roles(who)
        _open(made, app, open_camp, who)
        made.places |= pitch_world.build(app, who)
        _registering(made, app, open_camp)
        _demo(made, app, demo, who)
        with writing():
            for name, person in who.items():
                made.signed_in[name] = tokens.draw()
                db.session.add(SignIn(person_id=person.id, token_hash=tokens.hash_of(made.signed_in[name]), made_at=clock.now()))
        _guard(made, app, who["guarded"])
        db.session.remove()
        db.engine.dispose()
    return made


def _guard(made: World, app: Flask, who: Person) -> None:
    """A person with a second factor: signed in here and there, and once half open."""
    key, salt = app.config["CAMP"].secret_key, second_factor.draw_salt()
    with writing():
        second_factor.set_up(who, salt, pyotp.TOTP(second_factor.secret(key, who.id, salt)).at(clock.now()), key)
        for _ in range(2):
            sign_ins.start(who.id)
        made.signed_in["half open"] = sign_ins.start(who.id, half_open=True)
        for record in db.session.scalars(select(SignIn).where(SignIn.half_open)):  # each state of the page takes tries, and time
            record.tries, record.made_at = -99, clock.now() + timedelta(days=1)
        with clock.shifted(timedelta(hours=-1)):
            made.places["old_token"] = signing_in.operator_link(who, "/")


def _private(app: Flask) -> str:
    """A private code that counts: its camp is today, and not open, so that it stands on no page."""
    camp, config = make.camp("heute", rooms=0, slots=0, opened_at=None, title="Camp von heute"), app.config["CAMP"]
    mai = make.participant(camp)
    with writing():
        camp.days[0].date = camps.today(camp)
        private_codes.ensure(camp, [mai.id], config.badge_key)
    return private_codes.addresses(camp, config.badge_key, config.host)[mai.id].rpartition("/")[2]


def _more(demo: Camp) -> dict[str, Person]:
    waiting = next(person for person in people.participants(demo) if person.state == "waiting")
    return {"waiting": waiting.person, "stranger": make.person("stranger@example.org")}


def _roles(who: dict[str, Person]) -> None:
    for slug in ("offen", "leer", "zu"):
        camp = camps.by_slug(slug)
        assert camp is not None
        with writing():
            people.give_role(camp, who["organiser"], "organiser")
            people.give_role(camp, who["moderator"], "moderator")
            if slug != "zu":
                people.give_role(camp, who["administrator"], "organiser")


def _join(camp: Camp, person: Person, given: str) -> Participant:
    with writing():
        made = Participant(camp_id=camp.id, person_id=person.id, person=person, given_name=given, family_name="Öztürk-Großmann", state="admitted",
                           registered_at=make.EARLY, kind="start-up")
        db.session.add(made)
    return made


def _open(made: World, app: Flask, camp: Camp, who: dict[str, Person]) -> None:
    _join(camp, who["participant"], "Mai")
    host = _join(camp, who["host"], "Jo")
    bare, hosted = make.session(camp, "Nur ein Titel"), make.session(camp, "Mit allem", [host], description="# Titel\n\nText", tag="Recht", length=2)
    withdrawn = make.session(camp, "Zurückgezogen", state="withdrawn")
    grid = venue.grid(camp)
    with writing():
        planning.move(camp, bare.id, grid.rooms[0].id, grid.session_slots[0].id, pinned=True)
    _propose(app, camp)
    made.places["list_unknown"] = _list(camps.by_slug("leer"), who["organiser"], "Wer;Kontakt\n")  # type: ignore[arg-type]
    lonely = make.participant(camps.by_slug("leer"), "Nur", "Eine")  # type: ignore[arg-type]
    made.places |= {"empty_room": grid.rooms[2].id, "full_room": grid.rooms[0].id, "empty_slot": grid.session_slots[3].id, "full_slot": grid.session_slots[0].id}
    made.places["free_cell"] = f"{grid.rooms[2].id}-{grid.session_slots[3].id}"
    made.places |= {"bare": bare.id, "hosted": hosted.id, "withdrawn": withdrawn.id, "lonely": lonely.id}


def _propose(app: Flask, camp: Camp) -> None:
    """A plan that a search has proposed, in which a session comes in."""
    key = app.config["CAMP"].vote_key
    standing = standing_of(camp, key)
    found = solve(standing.problem, seed=2, moves=200)
    with writing():
        drafts.begin(camp, None, 2, standing)
        drafts.note(camp.id, None, [drafts.Point(0.2, 64, 0, 0, 1), drafts.Point(1.0, 640, 0, 0, 2)], found.figures.bound)
        drafts.propose(camp.id, None, found)


def _list(camp: Camp, who: Person, text: str) -> int:
    """A list of people that waits to be imported."""
    sheet, broken = people_import.read("teilnehmende.csv", text.encode())
    with writing():
        return uploads.keep(camp, who, "teilnehmende.csv", sheet, broken, people_columns.guess(sheet.lines[0][1])).id
def _registering(made: World, app: Flask, camp: Camp) -> None:
    """Reservations bare and full, and somebody in each state behind a link of a mail."""
    key, now = app.config["CAMP"].secret_key, clock.now()
    long = {"given_name": "Maximiliane-Friederike", "family_name": "Öztürk-Großmann", "organisation": "Donaudampfschifffahrtsgesellschaft mbH", "kind": "industry",
            "hashtags": ["Kreislaufwirtschaft", "SEO"], "photo_wording": "Fragt mich, bevor ihr mich fotografiert."}
    for name, values, holds in (("reservation", long, True), ("reservation_bare", {"given_name": "Jo"}, False)):
        with writing():
            row = Reservation(camp_id=camp.id, email=f"{name}@example.org", language="de", salt="s", values={"participant": values, "needs": {}}, days=[],
                              holds=holds, known=False, made_at=now, until=now + timedelta(days=1))
            db.session.add(row)
        made.places[name] = tokens.link(key, registration.CONFIRM, row.id, "s")
    with writing():
        texts = {"de": {"label": "Was isst du?", "purpose": "Damit genug da ist.", "options": ["alles", "vegan"]}, "en": {"label": "What do you eat?", "purpose": "So that there is enough.", "options": ["everything", "vegan"]}}
        asked = [questions.put(camp, None, kind=kind, required=False, keep_days=14, texts=texts) for kind in ("choice", "several", "yes-no", "days", "text")]
        questions.answer(camp, people.participants(camp)[0], {str(asked[0].id): ["vegan"]})
        made.places["question"] = asked[0].id
    for state, offered in (("waiting", None), ("offered", now + timedelta(days=2)), ("cancelled", None)):
        who = make.participant(camp, state=state.replace("offered", "waiting"), offered_until=offered)
        made.places[f"place_{state}"] = registration.link_of(who, key)


def _demo(made: World, app: Flask, camp: Camp, who: dict[str, Person]) -> None:
    placed = set(db.session.scalars(select(Placement.session_id)))
    every = db.session.scalars(select(Session).where(Session.camp_id == camp.id)).all()
    noted = db.session.scalars(select(Outcome.session_id)).first()
    badge = db.session.scalars(select(Badge)).first()
    organiser = people.participant_of(camp, who["organiser"].id)
    hosted = next(one for one in every for host in one.hosts if host.participant.person_id == who["host"].id)
    left = planning.tray(standing_of(camp, app.config["CAMP"].vote_key))
    assert noted and badge and organiser and agenda.shown(camp)
    made.places |= {
        "partner": camp.partners[0].id, "placed": agenda.shown(camp)[0].session_id, "unplaced": left[0].session.id, "noted": noted, "project": db.session.scalars(select(Project.id)).first(),
        "hosted_closed": hosted.id, "organiser_row": organiser.id, "badge": tokens.badge_code(app.config["CAMP"].badge_key, badge.uid, badge.issue)}
    assert placed
    with writing():
        for owner in (camp, camp.partners[0]):
            pictures.put(camp, owner, make.picture(900, 300))
        wlan.add(camp, "\n".join(f"gast{n:03}  Hsc-{n * 7919:06}" for n in range(4)))
        invitations.invite(camp, "donaudampfschifffahrtsgesellschaft@catering-mit-langem-namen.example.org", "catering", "de", person_id=who["organiser"].id)
        invited = invitations.waiting(camp)[0]
        made.places["shift"] = roster.shifts(camp)[0].id
        made.places["invitation"] = tokens.link(app.config["CAMP"].secret_key, invitations.PURPOSE, invited.id, invited.salt)
    made.places["list"] = _list(camp, who["organiser"], "Ticketkategorie;Vorname;Nachname;E-Mail;Firma;Hashtags\n" + "".join(
        f"Frei;Mai{n};Öztürk-Großmann;mai{n}@example.org;Donaudampfschifffahrtsgesellschaft;#Recht #KI\n" for n in range(9)) + "Frei;Ohne;Adresse;keine;;\n")
    with writing(), clock.shifted(timedelta(days=-1)):
        _, device = pairing.pair(camp, pairing.offer(camp, "Haupteingang"))
        made.door = tokens.draw()
        device.token_hash = tokens.hash_of(made.door)
        device.expires_at = clock.now() + timedelta(days=9)
    with writing():
        for name, state in (("job_waiting", "running"), ("job_done", "done"), ("job_failed", "failed")):
            job = Job(camp_id=camp.id, name="plan", args={}, state=state, asked_at=clock.now(), percent=40, claimed_until=clock.now() + timedelta(days=1),
                      result={"link": "/demo/organise/plan", "label": "To the plan"} if state == "done" else {}, note="")
            db.session.add(job)
            db.session.flush()
            made.places[name] = job.id
        made.places["operator_token"] = signing_in.operator_link(who["stranger"], "/")
        foreign = tokens.draw()
        signing_in.ask(who["stranger"].email, browser=foreign, key=app.config["CAMP"].secret_key, then="/", language="de", camp_id=None)
        db.session.flush()
        made.places["foreign_token"] = _token()


def _token() -> str:
    from camp.models import Mail
    mail = db.session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    assert mail is not None
    return str(mail.values["token"])
