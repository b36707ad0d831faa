"""Two camps with full data whose every text and id tells where it comes from, and everybody who might come by."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from badges import blanks, ledger, look, pairing, printing, private_codes, public_cards, revoking
from badges.models import Admission, Badge, PairingCode, Scan
from badges.views.phones import COOKIE
from camp import (
    camps,
    clock,
    invitations,
    people,
    phases,
    pictures,
    registration,
    roster,
    sign_ins,
    signing_in,
    tokens,
    uploads,
    venue,
    wlan,
)
from camp.access import SIGN_IN_COOKIE
from camp.db import Model, db, writing
from camp.models import Camp, Day, Job, LogEntry, Mail, Needs, Participant, Partner, Person, SignIn
from camp.registration_models import Answer, Question, Reservation
from camp.tables import Sheet
from sessions import agenda, guests, outcomes, projects, screens
from sessions.models import Pick, Placement, Session
from sessions.pitch_models import Hands, Introduction, Turn
from sessions.proposal_models import GuestProposal, HostInvitation
from tests import make
from tests.safety.dump import dump

ACTORS = ("anonymous", "half signed in", "participant", "host", "other host", "helper", "moderator", "catering", "door", "screen", "organiser", "organiser of B",
          "participant of B", "removed organiser", "administrator")
PEOPLE_OF_A = ("participant", "host", "other host", "moderator", "organiser")
PAIRING_CODE = {"a": "ABCD2345", "b": "EFGH2345"}


@dataclass
class World:
    """Values for addresses and forms of each camp, and the cookies of each actor."""

    app: Flask
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    team: dict[str, dict[str, Person]] = field(default_factory=dict)
    ids_of_b: frozenset[str] = frozenset()
    written: bool = True
    _dumps: dict[tuple[str, ...], dict[str, list[str]]] = field(default_factory=dict)

    def untouched(self, *ignore: str) -> dict[str, list[str]]:
        """The dump of both camps as they were built; a test asks before it writes."""
        if ignore not in self._dumps:
            self._dumps[ignore] = dump(ignore)
        return self._dumps[ignore]

    def see(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        """Note a statement that writes; called before each one."""
        self.written = self.written or not statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK"))

    def cookie(self, actor: str) -> str:
        """The Cookie header of an actor."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies[actor].items())


@contextmanager
def far_ids() -> Iterator[set[str]]:
    """Give every row made in this block an id that no other row of the test has or will get; gives those ids."""
    numbers, given = itertools.count(910_000_000, 1000), set()

    def number(_mapper: object, _connection: object, row: Any) -> None:
        if hasattr(type(row), "id") and row.id is None:
            row.id = next(numbers)
            given.add(str(row.id))

    event.listen(Model, "before_insert", number, propagate=True)
    try:
        yield given
    finally:
        event.remove(Model, "before_insert", number)


def build(app: Flask) -> World:
    """Make both camps; texts of A begin with Aeins-, those of B with Bzwei-; the next word says who may read them."""
    made = World(app)
    with app.test_request_context("/"):
        cast_a = _camp(made, "a", "Aeins")
        with far_ids() as given:
            cast_b = _camp(made, "b", "Bzwei")
        made.ids_of_b = frozenset(given)
        _sign_in(made, cast_a, cast_b)
        db.session.remove()
        db.engine.dispose()
    return made


def _camp(made: World, letter: str, mark: str) -> dict[str, Participant]:
    """A camp with every table filled; the second word of a text is the class in table.READERS."""
    camp = make.camp(f"camp-{letter}", rooms=3, slots=4, title=f"Camp {letter.upper()}",
                     **dict.fromkeys(("imprint", "privacy", "terms", "accessibility"), f"{mark}-Wand-Recht"))
    with writing():
        for name in phases.NAMES:
            camps.set_phase(camp, name, clock.now() - timedelta(days=1), None)
        camp.partners.append(Partner(name=f"{mark}-Wand-Partner", tier="sponsor"))
    cast = {role: _participant(camp, mark, role) for role in (
        "participant", "host", "other host", "moderator", "organiser", "guest", "removed organiser", "admitted")}
    for role in ("moderator", "organiser"):
        make.role(camp, cast[role].person, role)
    team = {role: make.person(f"{mark}-adresse-{role}@example.org".lower()) for role in ("helper", "catering")}
    for role, person in team.items():  # who helps need not be registered
        make.role(camp, person, role)
    with writing():  # an organiser who was one, and who has cancelled
        people.give_role(camp, cast["removed organiser"].person, "organiser")
        people.take_role(camp, cast["removed organiser"].person, "organiser")
        cast["removed organiser"].state = "cancelled"
    with writing():
        camp.days.append(Day(date=make.DAY + timedelta(days=1)))
        camp.accent = "#22338f"
        logo = pictures.put(camp, camp, make.picture())
    values = made.values[letter] = {"camp": camp.slug, "participant_id": cast["guest"].id, "day_id": camp.days[0].id,
                                    "spare_day": camp.days[1].id, "phase": "call", "act": "close",
                                    "partner_id": camp.partners[0].id, "picture_id": logo.id, "room_id": venue.rooms(camp)[2].id, "slot_id": venue.slots(camp)[1].id}
    values["person_id"] = team["helper"].id
    with writing():
        duty = roster.Duty("door", f"{mark}-Dienst-Tür", make.DAY, time(8), time(9), f"{mark}-Dienst-Name", "0151 2345")
        values["shift_id"] = roster.put(camp, None, duty).id
    made.team[letter] = team
    _sessions(made, camp, mark, cast, values)
    _pitches(camp, mark, cast, values)
    _doors(made, camp, letter, mark, cast, values)
    _jobs(made, camp, mark, cast, values)
    _registering(made, camp, mark, cast, values)
    return cast


def _registering(made: World, camp: Camp, mark: str, cast: dict[str, Participant], values: dict[str, Any]) -> None:
    key = made.app.config["CAMP"].secret_key
    with writing():
        new = Reservation(camp_id=camp.id, email=f"{mark}-adresse-neu@example.org".lower(), language="de", salt="s", days=[], holds=True, known=False,
                          values={"participant": {"given_name": f"{mark}-Geheim-neu", "family_name": "N"}, "needs": {}}, made_at=clock.now(),
                          until=clock.now() + timedelta(days=1))
        db.session.add(new)
        question = Question(camp_id=camp.id, position=1, kind="text", keep_days=9, texts={"de": {"label": f"{mark}-Wand-Frage", "purpose": f"{mark}-Wand-Zweck"}})
        db.session.add(question)
        db.session.flush()
        invitations.invite(camp, f"{mark}-adresse-neu@example.org", "helper", "de")
        invited = invitations.waiting(camp)[0]
        values |= {"invitation_id": invited.id, "invitation": tokens.link(key, invitations.PURPOSE, invited.id, invited.salt)}
        db.session.add(Answer(question_id=question.id, participant_id=cast["guest"].id, value=[f"{mark}-Niemand-Antwort"]))
        wlan.give(camp, {cast["guest"].id: f"{mark}-Geheim-Code"})
        values |= {"question_id": question.id}
        values |= {"reservation": tokens.link(key, registration.CONFIRM, new.id, new.salt), "place": registration.link_of(cast["guest"], key)}


def _participant(camp: Camp, mark: str, role: str) -> Participant:
    """Someone whose name everybody may read (hosts, who stand on the wall) or only organisers."""
    role = role.replace(" ", "-")
    name = f"{mark}-{'Wand' if 'host' in role else 'Geheim'}-{role}"
    who = make.participant(camp, name, "Muster", organisation=f"{name}-Firma", town=f"{mark}-Geheim-Ort-{role}",
                           address=f"{mark}-adresse-{role}@example.org".lower())
    with writing():
        db.session.add(Needs(participant_id=who.id, diet=f"{mark}-Niemand-Kost", shirt="M"))
    return who


def _sessions(made: World, camp: Camp, mark: str, cast: dict[str, Participant], values: dict[str, Any]) -> None:
    texts = {"description": f"{mark}-Wand-Text", "tag": f"{mark}-Wand-Wort"}
    held, other, third, spare = (make.session(camp, f"{mark}-Wand-{n}", [cast[host]], **texts) for n, host in enumerate(
        ("host", "other host", "other host", "host")))
    gone = make.session(camp, f"{mark}-Wand-Zurück", [cast["host"]], description=f"{mark}-Verborgen-Text")
    asking = make.session(camp, f"{mark}-Wand-Bitte", [cast["other host"]], **texts)
    merged = make.session(camp, f"{mark}-Wand-Teil", [cast["host"]], **texts)
    make.vote(made.app, cast["participant"], other)
    make.vote(made.app, cast["guest"], held, third)
    with writing():
        grid = venue.grid(camp)
        rooms, slots = grid.rooms, grid.session_slots
        db.session.add_all([Placement(session_id=held.id, room_id=rooms[0].id, slot_id=slots[0].id),
                            Placement(session_id=other.id, room_id=rooms[1].id, slot_id=slots[1].id, pinned=True)])
        db.session.flush()
        agenda.publish(camp)
        db.session.add(Placement(session_id=third.id, room_id=rooms[2].id, slot_id=slots[2].id))
        db.session.add_all(Pick(participant_id=who.id, session_id=other.id) for who in cast.values())
        found = outcomes.record(camp, held, outcomes.Notes(findings=f"{mark}-Wand-Notiz"), 0, cast["host"].person_id)
        outcomes.record(camp, gone, outcomes.Notes(findings=f"{mark}-Wand-Alt"), 0, cast["host"].person_id)
        gone.state = "withdrawn"
        merged.state, merged.merged_into = "withdrawn", other.id
        project = projects.found(camp, found, cast["host"], f"{mark}-Wand-Projekt")
        projects.join(camp, project, cast["other host"])
        invitation = HostInvitation(session_id=held.id, typed=f"{mark}-Verborgen-gefragt", made_at=clock.now())
        db.session.add(invitation)
        for who in cast.values():  # each may answer once
            db.session.add(HostInvitation(session_id=asking.id, participant_id=who.id, typed=f"{who.id}", made_at=clock.now()))
        db.session.flush()
        guest = Session(camp_id=camp.id, guid=f"{mark}-guest", title=f"{mark}-Wand-Zettel", guest=f"{mark}-Wand-Gast", proposed_at=clock.now())
        db.session.add(guest)
        db.session.flush()
        db.session.add(GuestProposal(session_id=guest.id, made_at=clock.now()))
        values |= {"guest_session": guest.id, "guest_token": guests.token_of(guest, made.app.config["CAMP"].secret_key),
                   "wall": guests.code_of(camp, made.app.config["CAMP"].secret_key)}
        values |= {"session_id": held.id, "withdrawn": gone.id, "merged": merged.id, "asking": asking.id, "invitation_id": invitation.id, "third": third.id, "unplaced": spare.id, "guid": held.guid,
                   "project_id": project.id, "room": rooms[2].id, "slot": slots[1].id,
                   "secret": people.renew_feed(cast["participant"])}


def _pitches(camp: Camp, mark: str, cast: dict[str, Participant], values: dict[str, Any]) -> None:
    with writing():
        turn = Turn(camp_id=camp.id, participant_id=cast["host"].id, title=f"{mark}-Wand-Pitch", joined_at=clock.now())
        done = Turn(camp_id=camp.id, participant_id=cast["other host"].id, title=f"{mark}-Wand-Fertig", state="done", joined_at=clock.now(),
                    began_at=clock.now() - timedelta(minutes=1), ended_at=clock.now())
        db.session.add_all([turn, done, Hands(session_id=values["session_id"], number=3, counted_at=clock.now())])
        db.session.add_all(Introduction(participant_id=cast[role].id, cloud=True, buddy="guide") for role in ("guest", "host"))
        token, screen = screens.make(camp, f"{mark}-Geheim-Leinwand", "beamer")
        tablet, _ = screens.make(camp, f"{mark}-Geheim-Tablet", "terminal")
        db.session.flush()
        values |= {"turn_id": turn.id, "screen": token, "tablet": tablet, "screen_id": screen.id}


def _doors(made: World, camp: Camp, letter: str, mark: str, cast: dict[str, Participant], values: dict[str, Any]) -> None:
    config = made.app.config["CAMP"]
    with writing():
        printing.ensure_badges(camp, config.badge_key)
        token, device = pairing.pair(camp, pairing.offer(camp, f"{mark}-Geheim-Tuer"))
        db.session.add(PairingCode(camp_id=camp.id, door=f"{mark}-Geheim-Tor", expires_at=clock.now() + timedelta(days=1),
                                   code_hash=tokens.hash_of(f"pairing/{camp.id}/{PAIRING_CODE[letter]}")))
        badge = db.session.query(Badge).filter_by(participant_id=cast["guest"].id).one()
        blanks.make(camp, 1, config.badge_key)
        spare = db.session.query(Badge).filter_by(participant_id=cast["admitted"].id).one()
        revoking.renew(camp, spare, config.badge_key)
        private_codes.ensure(camp, [who.id for who in cast.values()], config.badge_key)
        public_cards.put(camp, cast["admitted"], True, f"{mark}-Geheim-Kontakt")
        look.choose(camp, "a6", ["kind"])
        ledger.note(camp, "all", "a6", 1, [])
        admission = Admission(participant_id=cast["admitted"].id, date=make.DAY, at=clock.now(), device_id=device.id)
        db.session.add(admission)
        db.session.flush()
        db.session.add(Scan(camp_id=camp.id, device_id=device.id, nonce="n" * 16, badge_id=badge.id, at=clock.now(),
                            verdict="admitted", admission_id=admission.id))
        values |= {"device_id": device.id, "device": token,
                   "code": tokens.badge_code(config.badge_key, badge.uid, badge.issue), "pairing": PAIRING_CODE[letter],
                   "private": private_codes.addresses(camp, config.badge_key, "h")[cast["guest"].id].rpartition("/")[2]}


def _jobs(made: World, camp: Camp, mark: str, cast: dict[str, Participant], values: dict[str, Any]) -> None:
    folder = Path(made.app.config["CAMP"].folder) / "files"
    folder.mkdir(exist_ok=True)
    (folder / f"{mark}.pdf").write_bytes(f"%PDF-1.7 {mark}-Geheim-Bogen".encode())
    (folder / f"book-{camp.id}-de-0.pdf").write_bytes(f"%PDF-1.7 {mark}-Wand-Buch".encode())
    with writing():
        done = Job(camp_id=camp.id, name="badges", args={}, state="done", percent=100, asked_at=clock.now(),
                   result={"file": f"{mark}.pdf"})
        plan = Job(camp_id=camp.id, name="plan", args={}, state="queued", note=f"{mark}-Moderation-Stand",
                   asked_by=cast["organiser"].person_id, asked_at=clock.now())
        (folder / f"cards-{camp.id}-0.pdf").write_bytes(f"%PDF-1.7 {mark}-Wand-Karten".encode())
        cards = Job(camp_id=camp.id, name="paper", args={}, state="done", percent=100, asked_at=clock.now(), ended_at=clock.now(),
                    result={"file": f"cards-{camp.id}-0.pdf"})
        names = Job(camp_id=camp.id, name="names", args={"day": make.DAY.isoformat()}, state="done", percent=100, asked_at=clock.now(),
                    ended_at=clock.now(), result={"file": f"{mark}.pdf"})
        db.session.add_all([done, plan, cards, names])
        db.session.add(Mail(camp_id=camp.id, dedupe_key=mark, to=cast["guest"].person.email, language="de",
                            template="sign_in", values={"token": f"{mark}-Niemand-Marke"}, due_at=clock.now()))
        db.session.add(LogEntry(camp_id=camp.id, person_id=cast["organiser"].person_id, at=clock.now(),
                                verb="made plan", detail={"note": f"{mark}-Geheim-Zeile"}))
        sheet = Sheet([(1, ["Vorname", "Nachname", "E-Mail"]), (2, [f"{mark}-Geheim-Liste", "X", f"{mark}-adresse-liste@example.org".lower()])], "utf-8", ";")
        waits = uploads.keep(camp, cast["organiser"].person, f"{mark}-Geheim-Datei.csv", sheet, [], ["given_name", "family_name", "email"])
        listed = Sheet([(1, ["Titel", "Wer"]), (2, [f"{mark}-Geheim-Liste", "Ada"])], "utf-8", ";")
        values["topics"] = uploads.keep(camp, cast["moderator"].person, f"{mark}-Geheim-Themen.csv", listed, [], ["title", "hosts"]).id
        token = signing_in.operator_link(cast["guest"].person, "/")
        db.session.flush()
        values |= {"job_id": plan.id, "print_id": done.id, "cards_job": cards.id, "token": token, "email": cast["guest"].person.email, "upload_id": waits.id, "to_remind": people.count(camp, "admitted"),
                   "name": "imprint", "filename": "camp.css"}


def _sign_in(made: World, cast_a: dict[str, Participant], cast_b: dict[str, Participant]) -> None:
    administrator = make.person("verwaltung@example.org", administrator=True)
    pattern = make.camp("vorbild")  # whoever runs the installation has organised a camp of their own
    make.role(pattern, administrator, "organiser")
    made.values["a"]["source"], made.values["b"]["source"] = pattern.slug, made.values["b"]["camp"]
    signed_in: dict[str, Person] = {name: cast_a[name].person for name in (*PEOPLE_OF_A, "removed organiser")}
    signed_in |= {"organiser of B": cast_b["organiser"].person, "participant of B": cast_b["participant"].person,
                  "administrator": administrator} | made.team["a"]
    made.cookies = {"anonymous": {}}
    for name, person in signed_in.items():
        cookie = make.browser(made.app, person).get_cookie(SIGN_IN_COOKIE)
        assert cookie is not None
        made.cookies[name] = {SIGN_IN_COOKIE: cookie.value}
    for letter, name in (("a", "participant"), ("b", "participant of B")):
        known = tokens.hash_of(made.cookies[name][SIGN_IN_COOKIE])
        made.values[letter]["sign_in_id"] = db.session.query(SignIn.id).filter_by(token_hash=known).scalar()
    with writing():  # an organiser of A who has not yet shown the second factor
        made.cookies["half signed in"] = {SIGN_IN_COOKIE: sign_ins.start(cast_a["organiser"].person_id, half_open=True)}
    device = made.values["a"]["device"]
    screen = made.values["a"]["screen"]
    made.cookies["screen"] = {COOKIE: screen, SIGN_IN_COOKIE: screen}  # the beamer's secret, tried everywhere
    made.cookies["door"] = {COOKIE: device, SIGN_IN_COOKIE: device}  # a phone that tries its token everywhere
