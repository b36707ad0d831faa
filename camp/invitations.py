"""Roles given by mail: an organiser invites an address, and whoever reads its mail takes the role with one button."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, true

from camp import camps, clock, letters, log, mail, people, tokens
from camp.db import db
from camp.errors import N_, BadInput, Conflict, NotFound
from camp.models import Camp, Mail, Participant, Person, Role, shown
from camp.team_models import Invitation

TEMPLATE, PURPOSE = "role_invitation", "role invitation"
AGE = timedelta(days=7)
MOST = 100  # open ones at a camp
LABELS = {"organiser": N_("Organiser"), "moderator": N_("Moderator"), "helper": N_("Helper"),
          "catering": N_("Catering")}
_AGAIN = N_("Ask the organisers for a new one.")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role: the name, if they are registered, and the role."""

    person_id: int
    email: str
    name: str
    role: str


def team(camp: Camp) -> list[Member]:
    """Who has a role at the camp, organisers first."""
    rows = db.session.execute(
        select(Person.id, Person.email, Participant.given_name, Participant.family_name, Role.name)
        .join(Role, Role.person_id == Person.id)
        .outerjoin(Participant, (Participant.person_id == Person.id) & (Participant.camp_id == camp.id))
        .where(Role.camp_id == camp.id))
    found = [Member(number, shown(email), f"{given or ''} {family or ''}".strip(), role)
             for number, email, given, family, role in rows]
    return sorted(found, key=lambda one: (people.ROLES.index(one.role), one.name or one.email))


def waiting(camp: Camp) -> Sequence[Invitation]:
    """The invitations that can still be taken, the newest first."""
    return db.session.scalars(select(Invitation).where(
        Invitation.camp_id == camp.id, Invitation.taken_at.is_(None), Invitation.until > clock.now())
        .order_by(Invitation.id.desc())).all()


def invite(camp: Camp, address: str, role: str, language: str, *, person_id: int | None = None) -> None:
    """Offer a role to an address by mail, for seven days; one that was offered before is replaced.

    Raises BadInput for what is no address or role, Conflict for somebody who has the role, and for too many.
    """
    camps.lock(camp)
    if role not in people.ROLES:
        raise BadInput(N_("There is no such role."), N_("Use the buttons of the page."), field="role")
    address = people.normal_address(address)
    person = people.by_address(address)
    if person is not None and role in people.roles_of(camp.id, person.id):
        raise Conflict(N_("%(address)s has this role already."), field="email", address=address)
    db.session.execute(delete(Invitation).where(Invitation.camp_id == camp.id, Invitation.email == address,
                                                Invitation.role == role))
    if len(waiting(camp)) >= MOST:
        raise Conflict(N_("%(most)s invitations are open."), N_("Withdraw some first."), most=MOST)
    now = clock.now()
    made = Invitation(camp_id=camp.id, email=address, role=role, salt=secrets.token_hex(8), made_by=person_id,
                      made_at=now, until=now + AGE)
    db.session.add(made)
    db.session.flush()
    log.note("invited to a role", camp_id=camp.id, person_id=person_id, role=role)
    mail.put(TEMPLATE, to=address, language=language, camp_id=camp.id, values={"invitation": made.id},
             dedupe_key=f"{TEMPLATE}/{made.id}/{made.salt}", void_at=made.until)


def withdraw(camp: Camp, invitation_id: int, *, person_id: int | None = None) -> None:
    """Take an invitation back; its link is of no use from now on. Raises NotFound, Conflict for one that was taken."""
    camps.lock(camp)
    made = db.session.scalar(select(Invitation).where(Invitation.camp_id == camp.id, Invitation.id == invitation_id))
    if made is None:
        raise NotFound(N_("There is no such invitation at this camp."), N_("Load the page again."))
    if made.taken_at is not None:
        raise Conflict(N_("The role has been taken."), N_("Take it back in the list of the team."))
    db.session.delete(made)
    log.note("withdrew an invitation", camp_id=camp.id, person_id=person_id, role=made.role)


def offered(token: str, key: str) -> Invitation:
    """The invitation of a link, open or taken. Raises BadInput if it is unknown, withdrawn or too old."""
    made = db.session.get(Invitation, tokens.number_of(token))
    if made is None or not tokens.opens(key, PURPOSE, made.id, made.salt, token):
        raise BadInput(N_("This invitation is of no use any more: it was withdrawn, or a newer one replaced it."),
                       _AGAIN)
    if made.until <= clock.now():
        raise BadInput(N_("This invitation is older than %(days)s days."), _AGAIN, days=AGE.days)
    return made


def take(token: str, key: str) -> Invitation:
    """Give the role to the person of the address, whoever presses the button; a second time changes nothing.

    The link came to the address by mail, so it proves the mailbox as a sign-in link does. It signs nobody in.
    """
    camps.lock(db.session.get_one(Camp, offered(token, key).camp_id))
    made = offered(token, key)
    if made.taken_at is None:
        camp, person = db.session.get_one(Camp, made.camp_id), people.ensure(made.email)
        people.give_role(camp, person, made.role)
        made.taken_at = clock.now()
        log.note("took a role", camp_id=camp.id, person_id=person.id, role=made.role)
    return made


def inviter_of(made: Invitation) -> str:
    """The name of who invited, or the address; nothing if nobody is left."""
    return name_at(made.camp_id, made.made_by)


def name_at(camp_id: int, person_id: int | None) -> str:
    """How a person is called at a camp, or the address; nothing for nobody."""
    if person_id is None:
        return ""
    row = db.session.execute(
        select(Person.email, Participant.given_name, Participant.family_name)
        .outerjoin(Participant, (Participant.person_id == Person.id) & (Participant.camp_id == camp_id))
        .where(Person.id == person_id)).one_or_none()
    return (f"{row[1] or ''} {row[2] or ''}".strip() or shown(row[0])) if row else ""


def forget(address: str, camp: Camp | None = None) -> None:
    """Forget what an address was offered, at one camp or everywhere."""
    db.session.execute(delete(Invitation).where(Invitation.email == address,
                                                Invitation.camp_id == camp.id if camp else true()))


def prune() -> int:
    """Delete invitations whose time is over; gives how many."""
    gone = db.session.execute(delete(Invitation).where(Invitation.until <= clock.now()))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def told(letter: Mail, key: str) -> dict[str, Any] | None:
    """What the mail says; nothing once the invitation was withdrawn, taken or has lapsed."""
    made = db.session.get(Invitation, letter.values["invitation"])
    if made is None or made.taken_at is not None or made.until <= clock.now():
        return None
    until = clock.local(made.until, db.session.get_one(Camp, made.camp_id).timezone)
    return {"role": letters.Word(LABELS[made.role]), "inviter": inviter_of(made), "day": until.date(),
            "token": tokens.link(key, PURPOSE, made.id, made.salt)}
