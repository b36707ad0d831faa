"""Registering: a place is reserved in order of time, the mail link confirms it, and what comes free moves on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, true

from camp import camps, clock, log, mail, mail_limits, people, places, questions, tokens
from camp.db import db
from camp.errors import N_, BadInput, Conflict, Full, NotOpen
from camp.models import Camp, Needs, Participant
from camp.registration_models import Reservation
from camp.waiting import answer_by, moving_up

HOLD = timedelta(hours=24)
CONFIRM, PLACE = "confirm registration", "place"
_AGAIN = N_("Register again; it takes a minute.")


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody wrote: columns of the participant, of the needs, the days (ISO dates; none: every day), answers."""

    values: Mapping[str, Any]
    needs: Mapping[str, str] = field(default_factory=dict)
    days: Sequence[str] = ()
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)


def register(camp: Camp, address: str, entry: Entry, asker: mail_limits.Asker, language: str,
             ceilings: mail_limits.Ceilings = mail_limits.Ceilings()) -> None:
    """Reserve a place or a place in line for 24 hours, and mail the link that confirms it.

    For somebody who is registered already the same rows are written, which keep no place; the mail says so. The caller
    shows the same page each time. Raises NotOpen, BadInput, mail_limits.Crowded.
    """
    if not camps.open_now(camp, "registration"):
        raise NotOpen(N_("Registration is closed."), N_("The camp's first page says when it opens."))
    address = people.normal_address(address)
    mail_limits.refuse_crowd(asker, ceilings)
    mailing = mail_limits.take(asker, ceilings, known=False)
    settle(camp)
    known = db.session.scalar(select(func.count()).select_from(Participant).where(
        Participant.camp_id == camp.id, Participant.state != "cancelled",
        Participant.person.has(email=address))) or 0
    made = _reserve(camp, address, entry, language, known=bool(known))
    if mailing:
        template = "registration" if made.holds or made.known else "registration_waiting"
        mail.put(template, to=address, language=language, camp_id=camp.id, values={"reservation": made.id},
                 dedupe_key=f"registration/{made.id}/{made.salt}", void_at=made.until)


def _reserve(camp: Camp, address: str, entry: Entry, language: str, *, known: bool) -> Reservation:
    """The reservation of an address; written a second time it keeps its place in line while the days are the same."""
    now = clock.now()
    before = db.session.scalar(select(Reservation).where(Reservation.camp_id == camp.id, Reservation.email == address))
    kept = before is not None and list(before.days) == list(entry.days) and before.known == known
    made_at, holds = (before.made_at, before.holds) if kept and before else (now, False)
    db.session.execute(delete(Reservation).where(Reservation.camp_id == camp.id, Reservation.email == address))
    free = places.open_to_newcomers(camp, entry.days)  # asked for everybody, so that the time tells nothing
    holds = (holds or free) and not known
    made = Reservation(camp_id=camp.id, email=address, language=language, salt=secrets.token_hex(8),
                       days=list(entry.days),
                       values={"participant": dict(entry.values), "needs": dict(entry.needs),
                               "answers": {name: list(value) for name, value in entry.answers.items()}},
                       holds=holds, known=known, made_at=made_at, until=now + HOLD)
    db.session.add(made)
    db.session.flush()
    return made


def reserved(camp: Camp, token: str, key: str) -> Reservation:
    """The reservation behind a mail link. Raises BadInput if it is unknown, spent or has lapsed."""
    made = db.session.scalar(select(Reservation).where(Reservation.camp_id == camp.id,
                                                       Reservation.id == tokens.number_of(token)))
    if made is None or made.known or not tokens.opens(key, CONFIRM, made.id, made.salt, token):
        raise BadInput(N_("This link is of no use any more: it was used, or a newer mail replaced it."), _AGAIN)
    if made.until <= clock.now():
        raise BadInput(N_("This link is too old; the place has moved on."), _AGAIN)
    return made


def confirm(camp: Camp, token: str, key: str) -> Participant:
    """Make the reservation a registration: with a place if one was kept or is free, else in the line."""
    settle(camp)
    made = reserved(camp, token, key)
    person = people.ensure(made.email)
    person.language = made.language
    who = people.participant_of(camp, person.id)
    if who is not None and who.state != "cancelled":
        raise Conflict(N_("You are registered already."), N_("Sign in to see your page."))
    values = dict(made.values["participant"]) | {"days": list(made.days), "photo_at": made.made_at}
    if who is None:
        who = Participant(camp_id=camp.id, person_id=person.id, person=person)
        db.session.add(who)
    for name, value in values.items():
        setattr(who, name, value)
    who.registered_at, who.offered_until = made.made_at, None
    db.session.delete(made)
    db.session.flush()
    who.state = "cancelled"  # holds nothing while the places are counted
    place = made.holds or places.open_to_newcomers(camp, who.days)
    who.state, who.source = "admitted" if place else "waiting", "registered"
    db.session.flush()
    put_needs(who, made.values["needs"])
    questions.answer(camp, who, made.values.get("answers", {}))
    log.note("registered", camp_id=camp.id, person_id=person.id)
    camps.changed(camp)
    _tell(camp, who, "place_certain" if place else "place_waiting")
    return who


def put_needs(who: Participant, needs: Mapping[str, str]) -> None:
    """Keep what somebody eats and wears."""
    row = db.session.get(Needs, who.id)
    if row is None:
        db.session.add(Needs(participant_id=who.id, **needs))
        return
    for name, value in needs.items():
        setattr(row, name, value)


def settle(camp: Camp) -> int:
    """Let reservations and offers lapse whose time is over, and offer what is free to the next; how many offers.

    Stands first in whatever gives places away, and in a job that comes round every minute.
    """
    camps.lock(camp)
    now = clock.now()
    db.session.execute(delete(Reservation).where(Reservation.camp_id == camp.id, Reservation.until <= now))
    for who in db.session.scalars(select(Participant).where(
            Participant.camp_id == camp.id, Participant.state == "waiting", Participant.offered_until <= now)):
        who.state = "cancelled"  # when the place moved on is told, not that they had cancelled
        log.note("offer lapsed", camp_id=camp.id)
        _tell(camp, who, "place_lapsed")
    db.session.flush()
    return _move_up(camp)


def _move_up(camp: Camp) -> int:
    rules = places.rules(camp)
    until = answer_by(clock.now(), places.evening_before(camp), rules.answer_hours)
    if rules.curated or until is None:
        return 0
    line = places.line(camp)
    moving = moving_up(places.free(camp), [who.days for who in line]) if line else []
    for number in moving:
        line[number].offered_until = until
        _tell(camp, line[number], "place_offered", until.isoformat())
    db.session.flush()
    return len(moving)


def link_of(who: Participant, key: str) -> str:
    """The token of the page on which somebody accepts, declines, leaves or says “cannot come”, without signing in.

    It is bound to this registration: who registers anew gets another one.
    """
    return tokens.link(key, PLACE, who.id, _mark(who))


def place_address(camp: Camp, who: Participant, base_url: str, key: str) -> str:
    """The address of that page, for mails."""
    return f"{base_url.rstrip('/')}/{camp.slug}/place/{link_of(who, key)}"


def by_link(camp: Camp, token: str, key: str) -> Participant:
    """The participant of such a token. Raises BadInput if it is none."""
    who = people.of(camp, tokens.number_of(token))
    if who is None or not tokens.opens(key, PLACE, who.id, _mark(who), token):
        raise BadInput(N_("We do not know this link."), N_("Open the newest mail, or sign in and use your page."))
    return who


def _mark(who: Participant) -> str:
    return f"{who.camp_id}/{who.person_id}/{who.registered_at.isoformat()}"


def accept(camp: Camp, who: Participant) -> None:
    """Take an offered place. Raises Full if none is offered (any more)."""
    settle(camp)
    if who.state == "admitted":
        return
    if who.state != "waiting" or who.offered_until is None:
        raise Full(N_("No place is kept for you now."), N_("Your page says where you stand."))
    who.state, who.offered_until = "admitted", None
    log.note("took a place", camp_id=camp.id, person_id=who.person_id)
    camps.changed(camp)
    _tell(camp, who, "place_certain")


def leave(camp: Camp, who: Participant) -> None:
    """Give a place back, decline an offer or leave the line; what comes free goes to the next."""
    camps.lock(camp)
    if who.state != "cancelled":
        who.state, who.offered_until = "cancelled", None
        log.note("cancelled", camp_id=camp.id, person_id=who.person_id)
        camps.changed(camp)
        db.session.flush()
    settle(camp)


def come_again(camp: Camp, who: Participant) -> None:
    """Register anew after having cancelled: at the end of the line, or with a place if one is free."""
    if not camps.open_now(camp, "registration"):
        raise NotOpen(N_("Registration is closed."), N_("The camp's first page says when it opens."))
    settle(camp)
    if who.state != "cancelled":
        return
    place = places.open_to_newcomers(camp, who.days)
    who.state, who.registered_at, who.offered_until = "admitted" if place else "waiting", clock.now(), None
    db.session.flush()
    log.note("registered", camp_id=camp.id, person_id=who.person_id)
    camps.changed(camp)
    _tell(camp, who, "place_certain" if place else "place_waiting")


def _tell(camp: Camp, who: Participant, template: str, what: str = "") -> None:
    stamp = what or clock.now().isoformat()
    mail.put(template, to=who.person.email, language=who.person.language, camp_id=camp.id,
             values={"participant": who.id, "what": what}, dedupe_key=f"{template}/{who.id}/{stamp}")


def forget(address: str, camp: Camp | None = None) -> None:
    """Forget what an address has registered and not confirmed, at one camp or everywhere."""
    where = (Reservation.email == address, Reservation.camp_id == camp.id if camp else true())
    db.session.execute(delete(Reservation).where(*where))


def admit(camp: Camp, wanted: Sequence[int]) -> int:
    """Give places to people who wait, by their ids, as organisers choose; how many got one.

    Raises Full, and gives none, if there are not enough. Whoever was offered a place already takes it by this.
    """
    settle(camp)
    chosen = db.session.scalars(select(Participant).where(
        Participant.camp_id == camp.id, Participant.state == "waiting", Participant.id.in_(wanted))
        .order_by(Participant.registered_at, Participant.id)).all()
    free = places.free(camp)
    new = [who for who in chosen if who.offered_until is None]
    if len(moving_up(free, [who.days for who in new])) < len(new):
        raise Full(N_("There are not enough places: %(wanted)s people, %(free)s free."),
                   N_("Choose fewer, or admit more than there are seats."), wanted=len(new),
                   free=max(0, min(free.values())))
    for who in chosen:
        who.state, who.offered_until, who.source = "admitted", None, "curated"
        _tell(camp, who, "place_certain")
    log.note("admitted people", camp_id=camp.id, number=len(chosen))
    camps.changed(camp)
    return len(chosen)
