"""People: one person per mail address, participants of a camp, their places and their roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.orm.attributes import set_committed_value

from camp import camps, sign_ins, tokens
from camp.db import db, insert_once
from camp.errors import N_, BadInput, Conflict
from camp.models import Camp, Participant, Person, Role
from camp.team_models import Invitation
from camp.text import line, plain, sort_key

ROLES = ("organiser", "moderator", "helper", "catering")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_ADDRESS = re.compile(r"[^\s@<>(),;:\\\"\[\]]{1,64}@[^\s@<>(),;:\\\"\[\]]+\.[^\s@<>(),;:\\\"\[\]]+")


def normal_address(text: str) -> str:
    """A mail address in the one form under which a person is known. Raises BadInput if it cannot be one."""
    address = line(text)
    if len(address) > 254:
        raise BadInput(N_("This address is too long."), N_("A mail address has at most 254 characters."), field="email")
    if "@" not in address:
        raise BadInput(N_("There is no @."), N_("For example: mai@lagerpilot.de"), field="email")
    if not _ADDRESS.fullmatch(address) or _HIDDEN.search(text.strip()):
        raise BadInput(N_("This is no mail address."), N_("For example: mai@lagerpilot.de"), field="email")
    box, _, domain = address.rpartition("@")
    if not text.rpartition("@")[0].isascii():  # as typed: NFC makes an ordinary K of the sign for kelvin
        raise BadInput(N_("Before the @ only plain letters, digits and signs can stand."),
                       N_("For example: mai@lagerpilot.de"), field="email")
    address = f"{box}@{_plain_domain(domain)}".lower()
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        raise BadInput(N_("This is no mail address."), N_("For example: mai@lagerpilot.de"), field="email")
    return address


def _plain_domain(domain: str) -> str:
    """A domain as mail servers know it (RFC 3490), without the dot at its end.

    Python knows IDNA 2003 only, which makes ss of ß and σ of ς: another domain than the one that was typed.
    """
    domain = domain.removesuffix(".")
    if domain.isascii():
        return domain
    try:
        if set("ßẞς\u200c\u200d") & set(domain):
            raise UnicodeError
        return domain.encode("idna").decode()
    except UnicodeError:
        raise BadInput(N_("This domain cannot be used as it is."),
                       N_("Type it in the form that begins with xn--."), field="email") from None


def by_address(address: str) -> Person | None:
    """The person of a normalised address."""
    return db.session.scalar(select(Person).where(Person.email == address))


def ensure(address: str) -> Person:
    """The person of a normalised address, made if there is none."""
    insert_once(Person, email=address)
    return db.session.scalars(select(Person).where(Person.email == address)).one()


# Made once: every request of somebody who is signed in asks it.
_OF_PERSON = select(Participant).where(Participant.camp_id == bindparam("camp"),
                                       Participant.person_id == bindparam("person"))


def participant_of(camp: Camp, person_id: int) -> Participant | None:
    """Who a person is at this camp."""
    return db.session.scalar(_OF_PERSON, {"camp": camp.id, "person": person_id})


def participants(camp: Camp) -> Sequence[Participant]:
    """Everybody registered at the camp in order of registration."""
    return db.session.scalars(select(Participant).where(Participant.camp_id == camp.id)
                              .order_by(Participant.registered_at, Participant.id)).all()


def count(camp: Camp, *states: str) -> int:
    """How many participants are in one of the states."""
    return db.session.scalar(select(func.count()).select_from(Participant).where(
        Participant.camp_id == camp.id, Participant.state.in_(states))) or 0


def roles_of(camp_id: int, person_id: int) -> frozenset[str]:
    """The roles of a person at a camp."""
    return frozenset(db.session.scalars(select(Role.name).where(Role.camp_id == camp_id, Role.person_id == person_id)))


def is_known_at(camp_id: int | None, person_id: int) -> bool:
    """Whether a camp's organisers know a person: registered there, in whatever state, or with a role."""
    registered = exists().where(Participant.camp_id == camp_id, Participant.person_id == person_id)
    has_role = exists().where(Role.camp_id == camp_id, Role.person_id == person_id)
    return bool(db.session.scalar(select(or_(registered, has_role))))


def give_role(camp: Camp, person: Person, name: str) -> None:
    """Give a person a role at a camp; once is enough. A new role ends the person's sign-ins."""
    if insert_once(Role, camp_id=camp.id, person_id=person.id, name=name):
        sign_ins.end_all(person.id)


def take_role(camp: Camp, person: Person, name: str) -> None:
    """Take a role back and end the person's sign-ins; whom an organiser has invited needs a new invitation.

    Raises Conflict for the last organiser: a camp always has one.
    """
    camps.lock(camp)
    if name == "organiser":
        others = select(func.count()).select_from(Role).where(
            Role.camp_id == camp.id, Role.name == name, Role.person_id != person.id)
        if not db.session.scalar(others):
            raise Conflict(N_("A camp needs an organiser."), N_("Make somebody else organiser first."))
        db.session.execute(delete(Invitation).where(Invitation.camp_id == camp.id, Invitation.made_by == person.id,
                                                    Invitation.taken_at.is_(None)))
    db.session.execute(delete(Role).where(Role.camp_id == camp.id, Role.person_id == person.id, Role.name == name))
    sign_ins.end_all(person.id)


def of(camp: Camp, participant_id: int) -> Participant | None:
    """A participant of this camp."""
    return db.session.scalar(select(Participant).where(Participant.camp_id == camp.id,
                                                       Participant.id == participant_id))


# Made once, and past the session's rows: a door does it hundreds of times a minute.
_ROW = Participant.__table__
_ARRIVED = (update(_ROW)  # type: ignore[arg-type]
            .where(_ROW.c.id == bindparam("number")).values(arrived_at=bindparam("moment")))


def mark_arrived(participant: Participant, at: datetime) -> None:
    """Note when a participant came through the door for the first time."""
    if participant.arrived_at is None or at < participant.arrived_at:
        db.session.execute(_ARRIVED, {"number": participant.id, "moment": at})
        set_committed_value(participant, "arrived_at", at)


def renew_feed(participant: Participant) -> str:
    """A new secret for the participant's own calendar feed; the old address stops working. Shown once."""
    secret = tokens.draw()
    participant.feed_hash = tokens.hash_of(secret)
    return secret


def by_feed(camp: Camp, secret: str) -> Participant | None:
    """The participant whose calendar feed has this secret."""
    return db.session.scalar(select(Participant).where(Participant.camp_id == camp.id,
                                                       Participant.feed_hash == tokens.hash_of(secret)))


def search(camp: Camp, wanted: str, condition: ColumnElement[bool] | None = None) -> list[Participant]:
    """Participants whose name, organisation or address holds every word of the text, as German lists sort them.

    `condition`: only those of a group (`camp.groups`).
    """
    mine = select(Participant).where(Participant.camp_id == camp.id)
    rows = db.session.scalars(mine if condition is None else mine.where(condition)).all()
    words = plain(wanted).split()
    found = [row for row in rows if all(word in plain(f"{row.name} {row.organisation} {row.person.address}")
                                        for word in words)]
    return sorted(found, key=lambda row: (sort_key(row.family_name), sort_key(row.given_name)))

