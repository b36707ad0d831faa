"""A camp that people have lived in, with one person in every corner of it: what backups keep and erasing clears."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

from flask import Flask

from badges import door, pairing, printing, private_codes, public_cards, revoking
from badges.models import Badge
from camp import catering_orders, clock, log, mail, roster, tokens
from camp.db import db, writing
from camp.models import Camp, Invitation, Job, Mail, Needs, Participant, SignIn, SignInLink
from sessions import agenda, outcomes, projects
from sessions.models import Outcome, Pick, Placement, Session
from sessions.pitch_models import Introduction, Turn
from tests import make

GIVEN, FAMILY = "Xaverine", "Quastenflosser"
ADDRESS = "xaverine.quastenflosser@example.org"
# What a search for the person looks for, in any case.
TRACES = (b"xaverine", b"quastenflosser")


def fill(app: Flask, slug: str = "ecm27") -> tuple[Camp, Participant, Participant]:
    """A camp, the person with traces everywhere, and Mai, who stays."""
    camp = make.camp(slug, slots=3)
    who = make.participant(camp, GIVEN, FAMILY, address=ADDRESS, organisation="Aquarium", feed_hash=tokens.hash_of("feed" + slug))
    mai = make.participant(camp, "Mai", "Krause")
    make.role(camp, who.person, "organiser")
    make.role(camp, mai.person, "moderator")
    alone = make.session(camp, "Coelacanths", [who], description=f"Held by {FAMILY}, {GIVEN}. Ask {ADDRESS.upper()}.")
    shared = make.session(camp, "Reefs", [who, mai])
    make.vote(app, who, shared)
    make.vote(app, mai, alone, shared)
    _agenda(camp, alone, shared, who, mai)
    _pitch(camp, who)
    _outcomes(camp, alone, shared, who, mai)
    _badge(app, camp, who)
    _ground(camp, who)
    _files(app.config["CAMP"].folder, camp)
    return camp, who, mai


def _agenda(camp: Camp, alone: Session, shared: Session, who: Participant, mai: Participant) -> None:
    from camp import venue
    grid = venue.grid(camp)
    with writing():
        for session, room, slot in zip((alone, shared), grid.rooms, grid.session_slots[:2], strict=True):
            db.session.add(Placement(session_id=session.id, room_id=room.id, slot_id=slot.id))
        db.session.flush()
        agenda.publish(camp)
        shared.title = "Reefs at night"
        db.session.flush()
        agenda.publish(camp)
        db.session.add_all([Pick(participant_id=one.id, session_id=shared.id) for one in (who, mai)])


def _pitch(camp: Camp, who: Participant) -> None:
    with writing():
        db.session.add_all([Turn(camp_id=camp.id, participant_id=who.id, title="Coelacanths", joined_at=clock.now(), state="done"),
                            Turn(camp_id=camp.id, name=f"{GIVEN} {FAMILY}", title=f"Ask {ADDRESS}", joined_at=clock.now()),
                            Introduction(participant_id=who.id, cloud=True, buddy="guide")])


def _outcomes(camp: Camp, alone: Session, shared: Session, who: Participant, mai: Participant) -> None:
    with writing():
        for session in (alone, shared):
            notes = outcomes.Notes(findings="They live deep.", who_tries=f"{GIVEN} {FAMILY} and Mai")
            outcomes.record(camp, session, notes, 0, who.person_id)
        db.session.flush()
        outcome = db.session.query(Outcome).filter_by(session_id=shared.id).one()
        project = projects.found(camp, outcome, who, "A reef", f"Does {GIVEN}  {FAMILY} dive?")
        projects.join(camp, project, mai)
        projects.found(camp, outcome, who, "A trench")


def _badge(app: Flask, camp: Camp, who: Participant) -> None:
    key = app.config["CAMP"].badge_key
    with writing():
        printing.ensure_badges(camp, key)
        _, device = pairing.pair(camp, pairing.offer(camp, "main"))
        db.session.flush()
        badge = db.session.query(Badge).filter_by(participant_id=who.id).one()
        revoking.renew(camp, badge, key)
        private_codes.ensure(camp, [who.id], key)
        public_cards.put(camp, who, True, f"{GIVEN}@example.org")
        for number in range(2):
            door.check_in(camp, device, f"nonce-{camp.id}-{number}", tokens.badge_code(key, badge.uid, badge.issue), host="localhost")


def _ground(camp: Camp, who: Participant) -> None:
    now = clock.now()
    with writing():
        db.session.add(Needs(participant_id=who.id, diet=f"{GIVEN} eats algae", shirt="L"))
        db.session.add(SignIn(person_id=who.person_id, token_hash=f"signin{camp.id}", made_at=now))
        db.session.add(SignInLink(person_id=who.person_id, token_hash=f"link{camp.id}", made_at=now, expires_at=now))
        mail.put("sign_in", to=ADDRESS, language="de", dedupe_key=f"queued{camp.id}", values={"token": "t"}, camp_id=camp.id)
        db.session.add(Mail(camp_id=camp.id, dedupe_key=f"sent{camp.id}", to=ADDRESS, language="de", template="sign_in", values={},
                            state="sent", due_at=now))
        db.session.add(Job(camp_id=camp.id, name="plan", args={}, state="failed", note="No plan is possible: %(culprits)s",
                           note_values={"culprits": f"{GIVEN} {FAMILY} twice"}, asked_by=who.person_id, asked_at=now))
        db.session.add(Job(camp_id=camp.id, name="badges", args={}, state="done", result={"file": f"print{camp.id}.pdf"}, asked_at=now))
        db.session.add(Invitation(camp_id=camp.id, email=ADDRESS, role="catering", salt="s", made_at=now, until=now + timedelta(days=7)))
        catering_orders.plan(camp, now, None)
        roster.put(camp, None, roster.Duty("door", f"Keys from {FAMILY}, {GIVEN}", make.DAY, time(9), time(10), f"{GIVEN} {FAMILY}", "0151 1"))
        log.note("signed in", person_id=who.person_id)
        log.note("role", camp_id=camp.id, person_id=who.person_id)


def _files(folder: Path, camp: Camp) -> None:
    for name, text in ((f"files/book-{camp.id}-de-00.pdf", FAMILY), (f"files/print{camp.id}.pdf", FAMILY), ("files/half.part", FAMILY),
                       (f"mail/letter{camp.id}.eml", f"To: {ADDRESS}\n\nHello {GIVEN}"), ("mail/other.eml", "To: mai@example.org\n\nHello"),
                       ("uploads/board.jpg", "a photo")):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def found(folder: Path, leave_out: tuple[str, ...] = ()) -> list[str]:
    """The files of an instance in which the person is still found by searching their bytes."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")
                  if path.is_file() and not str(path.relative_to(folder)).startswith(leave_out)
                  and any(trace in path.read_bytes().lower() for trace in TRACES))
