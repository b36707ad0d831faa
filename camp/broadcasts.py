"""Mails to a group of participants: looked at with number and sample, then released; each gets it at most once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column

from camp import camps, clock, log, mail, mail_texts, registration
from camp.db import Model, Utc, db
from camp.errors import N_, BadInput, Conflict
from camp.groups import Group
from camp.models import NO_ADDRESS, Camp, Mail, Participant, Person

TEMPLATE = "message"
PLACES = frozenset({"camp", "cannot_come", "name", "page"})


class Broadcast(Model):
    """What was written to a group; its mails hold only its number. `texts`: language → [subject, body]."""

    __tablename__ = "broadcast"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    nonce: Mapped[str] = mapped_column(unique=True)
    group_name: Mapped[str]
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    number: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Utc)


def members(camp: Camp, group: Group) -> Sequence[Participant]:
    """Who is in a group now and has a mail address, in order of registration."""
    return db.session.scalars(select(Participant).join(Person, Person.id == Participant.person_id).where(
        Participant.camp_id == camp.id, Person.email.not_like(f"%{NO_ADDRESS}"), group.condition(camp))
        .order_by(Participant.registered_at, Participant.id)).all()


def checked(texts: Mapping[str, tuple[str, str]]) -> dict[str, list[str]]:
    """The texts that are there, by language. Raises BadInput beside the field (`body_de` …) for what cannot be sent."""
    made: dict[str, list[str]] = {}
    for language, (subject, body) in texts.items():
        if not subject.strip() and not body.strip():
            continue
        try:
            made[language] = list(mail_texts.checked(PLACES, (), subject, body))
        except BadInput as error:
            raise BadInput(error.text, error.hint, field=f"{error.field}_{language}", **error.values) from error
    if not made:
        raise BadInput(N_("There is no text yet."), N_("One language is enough."), field=f"subject_{next(iter(texts))}")
    return made


def release(camp: Camp, person: Person, group: Group, texts: dict[str, list[str]], nonce: str,
            expected: int) -> Broadcast:
    """Lay the mails to a group into the outbox; `nonce` makes a repeated request harmless.

    Raises Conflict if the group has another number of people by now than the organiser was shown.
    """
    camps.lock(camp)
    done = db.session.scalar(select(Broadcast).where(Broadcast.nonce == nonce))
    if done is not None:
        return done
    found = members(camp, group)
    if len(found) != expected or not found:
        raise Conflict(N_("By now %(number)s people are in the group."), N_("Look at it again before it goes out."),
                       number=len(found))
    made = Broadcast(camp_id=camp.id, person_id=person.id, nonce=nonce, group_name=group.name, texts=texts,
                     number=len(found), made_at=clock.now())
    db.session.add(made)
    db.session.flush()
    for who in found:
        mail.put(TEMPLATE, to=who.person.email, language=who.person.language, camp_id=camp.id,
                 dedupe_key=f"{TEMPLATE}/{made.id}/{who.id}", values={"broadcast": made.id, "participant": who.id})
    log.note("mailed a group", camp_id=camp.id, person_id=person.id, number=len(found))
    return made


def told(letter: Mail, groups: Mapping[str, Group], base_url: str, key: str) -> dict[str, str] | None:
    """What a mail to a group says now, `key` being that of links; none if its reader is no longer in the group."""
    if "broadcast" not in letter.values:  # a test that an organiser let be sent to themselves
        return dict(letter.values)
    made = db.session.get(Broadcast, letter.values["broadcast"])
    camp = db.session.get(Camp, letter.camp_id) if letter.camp_id else None
    if made is None or camp is None or made.group_name not in groups:
        return None
    who = db.session.scalar(select(Participant).where(
        Participant.id == letter.values["participant"], Participant.camp_id == camp.id,
        groups[made.group_name].condition(camp)))
    if who is None:
        return None
    link = registration.place_address(camp, who, base_url, key)
    return filled(camp, who, in_language(made.texts, letter.language), base_url, link)


def filled(camp: Camp, who: Participant, text: tuple[str, str], base_url: str, link: str) -> dict[str, str]:
    """Subject and body as this participant reads them; `link` is the address of “cannot come”, which is theirs."""
    values = {"camp": camp.title, "name": who.given_name or who.family_name,
              "cannot_come": link, "page": f"{base_url.rstrip('/')}/{camp.slug}/me"}
    return {"subject": mail_texts.fill(text[0], values), "body": mail_texts.fill(text[1], values)}


def in_language(texts: Mapping[str, list[str]], language: str) -> tuple[str, str]:
    """Subject and body in a language, or in the first one that there is."""
    subject, body = texts.get(language) or next(iter(texts.values()))
    return subject, body


def sent(camp: Camp, most: int = 20) -> list[tuple[Broadcast, dict[str, int]]]:
    """The latest mails to groups, each with how many of its mails are in which state."""
    made = db.session.scalars(select(Broadcast).where(Broadcast.camp_id == camp.id).order_by(Broadcast.id.desc())
                              .limit(most)).all()
    return [(one, _states(one)) for one in made]


def _states(made: Broadcast) -> dict[str, int]:
    counted = select(Mail.state, func.count()).where(
        Mail.camp_id == made.camp_id, Mail.dedupe_key.startswith(f"{TEMPLATE}/{made.id}/")).group_by(Mail.state)
    return dict(db.session.execute(counted).tuples().all())
