"""Erasing a person: at one camp, or everywhere; counted before, told in a log that names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email import policy
from email.parser import BytesHeaderParser
from pathlib import Path

from sqlalchemy import delete, func, select, update

from camp import (
    camps,
    catering_orders,
    clock,
    invitations,
    ledger,
    log,
    people,
    registration,
    roster,
    uploads,
    wlan,
)
from camp.db import db
from camp.erasers import Eraser
from camp.errors import Conflict
from camp.models import Camp, Job, LogEntry, Mail, Needs, Participant, Person, Role, SignIn, SignInLink
from camp.names import blotted, traces_of
from camp.registration_models import Answer

VERB = "erased a person"


@dataclass(frozen=True, slots=True)
class Means:
    """What erasing needs: the vote key, and the wings' erasers."""

    key: str
    erasers: Sequence[Eraser]


def at_camps(person: Person) -> list[tuple[Camp, Participant]]:
    """Where a person takes part, the oldest camp first."""
    rows = db.session.execute(select(Camp, Participant).join(Participant, Participant.camp_id == Camp.id)
                              .where(Participant.person_id == person.id).order_by(Camp.id))
    return [(camp, participant) for camp, participant in rows]


def refuse_while_printing(found: Iterable[Camp]) -> None:
    """Raise Conflict while a running job could still write a name into a file."""
    running = db.session.scalar(select(Job.id).where(
        Job.camp_id.in_([camp.id for camp in found]), Job.state == "running", Job.claimed_until > clock.now()))
    if running is not None:
        raise Conflict("Something is being made with the names of this camp.", "Try it again in a minute.")


def erase(camp: Camp, participant: Participant, means: Means, number: str = "") -> bool:
    """Forget a person at one camp; tells whether the person is gone altogether.

    Whoever is nowhere else and no administrator goes with the participant. `number` is that of the ledger's line.
    """
    person = participant.person
    wanted = traces_of(participant)
    for eraser in means.erasers:
        eraser.erase(camp, participant, means.key)
    db.session.flush()
    _forget_work(camp, wanted)
    catering_orders.forget(camp, participant)
    roster.forget(camp, participant, wanted)
    db.session.execute(delete(Needs).where(Needs.participant_id == participant.id))
    db.session.execute(delete(Answer).where(Answer.participant_id == participant.id))
    wlan.erase(participant)
    db.session.execute(delete(Role).where(Role.camp_id == camp.id, Role.person_id == person.id))
    db.session.execute(delete(Mail).where(func.lower(Mail.to) == person.email, Mail.camp_id == camp.id))
    db.session.execute(update(LogEntry).where(LogEntry.camp_id == camp.id, LogEntry.person_id == person.id)
                       .values(person_id=None))
    registration.forget(person.email, camp)
    invitations.forget(person.email, camp)
    db.session.execute(delete(Participant).where(Participant.id == participant.id))
    db.session.expunge(participant)
    _sign_out(person)
    camps.changed(camp)
    registration.settle(camp)
    log.note(VERB, camp_id=camp.id, number=number)
    gone = not is_needed(person)
    if gone:
        _remove(person)
    return gone


def erase_person(person: Person, means: Means, number: str = "") -> None:
    """Forget a person at every camp and altogether, administrator or not."""
    gone = False
    for camp, participant in at_camps(person):
        gone = erase(camp, participant, means, number)
    if not gone:
        _sign_out(person)
        _remove(person)
    log.note(VERB, number=number)


def again(lines: Iterable[ledger.Line], means: Means) -> int:
    """Erase in a restored database whom these lines of the ledger name; how many erasures it took."""
    wanted: dict[str, list[ledger.Line]] = {}
    for line in lines:
        wanted.setdefault(line.who, []).append(line)
    done = 0
    for person in db.session.scalars(select(Person)).all() if wanted else ():
        mine = wanted.get(ledger.mark(means.key, person.email), [])
        everywhere = next((line for line in mine if not line.camp), None)
        if everywhere is not None:
            erase_person(person, means, everywhere.number)
            done += 1
            continue
        for line in mine:
            camp = camps.by_slug(line.camp)
            participant = people.participant_of(camp, person.id) if camp else None
            if camp is not None and participant is not None:
                erase(camp, participant, means, line.number)
                done += 1
    return done


def known_lines() -> frozenset[str]:
    """The numbers of the ledger's lines that the database holds already."""
    entries = db.session.scalars(select(LogEntry).where(LogEntry.verb == VERB))
    return frozenset(str(entry.detail.get("number", "")) for entry in entries)


def last_organisers(person: Person) -> list[Camp]:
    """The camps that nobody else organises."""
    others = select(Role.camp_id).where(Role.name == "organiser", Role.person_id != person.id)
    return list(db.session.scalars(select(Camp).join(Role, Role.camp_id == Camp.id).where(
        Role.person_id == person.id, Role.name == "organiser", Camp.id.not_in(others)).order_by(Camp.id)))


def letters_to(folder: Path, address: str) -> list[Path]:
    """The mails laid down in a folder for an address."""
    parser = BytesHeaderParser(policy=policy.default)
    found = []
    for path in sorted(folder.glob("*.eml")) if folder.is_dir() else ():
        with path.open("rb") as file:
            if address in str(parser.parse(file).get("To", "")).lower():
                found.append(path)
    return found


def _forget_work(camp: Camp, wanted: re.Pattern[str]) -> None:
    """Jobs, mails to others and lists that wait may carry a name in what they tell."""
    uploads.forget_all(camp)
    for job in db.session.scalars(select(Job).where(Job.camp_id == camp.id)):
        job.args, job.note_values, job.result = (blotted(job.args, wanted), blotted(job.note_values, wanted),
                                                 blotted(job.result, wanted))
    for mail in db.session.scalars(select(Mail).where(Mail.camp_id == camp.id)):
        mail.values, mail.trouble = blotted(mail.values, wanted), blotted(mail.trouble, wanted)
    db.session.flush()


def _sign_out(person: Person) -> None:
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    db.session.execute(delete(SignInLink).where(SignInLink.person_id == person.id))


def is_needed(person: Person) -> bool:
    """Whether a person takes part or has a role somewhere, or runs the installation."""
    return person.administrator or any(
        db.session.scalar(select(table.id).where(table.person_id == person.id).limit(1)) is not None
        for table in (Participant, Role))


def _remove(person: Person) -> None:
    registration.forget(person.email)
    invitations.forget(person.email)
    db.session.execute(delete(Mail).where(func.lower(Mail.to) == person.email))
    db.session.execute(update(LogEntry).where(LogEntry.person_id == person.id).values(person_id=None))
    db.session.execute(update(Job).where(Job.asked_by == person.id).values(asked_by=None))
    db.session.execute(delete(Role).where(Role.person_id == person.id))
    db.session.execute(delete(Person).where(Person.id == person.id))
    db.session.expunge(person)


def newest() -> int:
    """The log's newest entry about an erasure, by its number; 0 if there is none."""
    return db.session.scalar(select(func.max(LogEntry.id)).where(LogEntry.verb == VERB)) or 0
