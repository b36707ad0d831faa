"""The overflow list: when the board is full, the hosts of sessions without a cell get an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from camp import camps, clock, letters, log, mail
from camp.db import db
from camp.errors import N_, BadInput, Conflict
from camp.models import Camp, Mail, Participant
from camp.text import line
from sessions import planning, proposals
from sessions.board_models import Reply
from sessions.models import Host, Placement, Session
from sessions.planning import InTray
from sessions.standing import Standing

# What can be offered, and how its host and everybody else read it.
OFFERS: Mapping[str, tuple[str, str]] = {
    "table": (N_("Open table"), N_("An open table is kept for it: %(place)s.")),
    "second": (N_("Second run"), N_("It comes up again in the second run: as soon as a cell comes free, it is yours. "
                                    "%(place)s")),
    "next": (N_("Next day or camp"), N_("It has its place on the next day or at the next camp. %(place)s")),
}
PLACE = 120  # characters
TEMPLATE = "session_answer"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A session without a cell, and what its host was told."""

    row: InTray
    reply: Reply | None


def waiting(camp: Camp, standing: Standing) -> list[Waiting]:
    """The sessions without a cell, most wanted first, with their answers."""
    told = replies(camp)
    return [Waiting(row, told.get(row.session.id)) for row in planning.tray(standing)]


def replies(camp: Camp) -> dict[int, Reply]:
    """Session id → answer, of the sessions that still have no cell."""
    rows = db.session.scalars(_open().where(Session.camp_id == camp.id))
    return {reply.session_id: reply for reply in rows}


def reply_to(session_id: int) -> Reply | None:
    """The answer to a session, as long as it has no cell."""
    return db.session.scalar(_open().where(Session.id == session_id))


def of_participant(participant: Participant) -> Sequence[tuple[Reply, str]]:
    """The answers to somebody's sessions, with their titles."""
    return [(reply, title) for reply, title in db.session.execute(
        _open().with_only_columns(Reply, Session.title).join(Host, Host.session_id == Session.id)
        .where(Host.participant_id == participant.id)).tuples()]


def answer(camp: Camp, session_id: int, kind: str, place: str, *, person_id: int | None = None) -> int:
    """Offer something to the hosts of a session without a cell; gives how many get a mail.

    Raises NotFound, BadInput without a place for an open table, Conflict if it has a cell.
    """
    camps.lock(camp)
    session, place = proposals.of(camp, session_id), line(place)
    if kind not in OFFERS:
        raise BadInput(N_("This is no offer."), N_("Choose one of the three."))
    if kind == "table" and not place:
        raise BadInput(N_("Say which table, and from when."), N_("For example: table 3 in the foyer, from 14:15."),
                       field="place")
    if len(place) > PLACE:
        raise BadInput(N_("This is too long: at most %(number)s characters."), field="place", number=PLACE)
    if session.state != "proposed" or db.session.scalar(
            select(Placement.session_id).where(Placement.session_id == session_id).limit(1)) is not None:
        raise Conflict(N_("This session has a cell by now, or was withdrawn."), N_("Load the list again."))
    reply = db.session.get(Reply, session_id) or Reply(session_id=session_id, number=0)
    reply.kind, reply.place, reply.person_id, reply.at = kind, place, person_id, clock.now()
    reply.number += 1
    db.session.add(reply)
    db.session.flush()
    camps.changed(camp)
    log.note("answered session", camp_id=camp.id, person_id=person_id, session=session_id, offer=kind)
    return _mail(camp, session, reply)


def register() -> None:
    """Make known what the mail says when it goes out."""
    letters.register(TEMPLATE, _told)


def _mail(camp: Camp, session: Session, reply: Reply) -> int:
    hosts = [host.participant for host in session.hosts if host.participant.state != "cancelled"]
    for who in hosts:
        mail.put(TEMPLATE, to=who.person.email, language=who.person.language, camp_id=camp.id,
                 dedupe_key=f"{TEMPLATE}-{session.id}-{reply.number}-{who.id}",
                 values={"session": session.id, "number": reply.number})
    return len(hosts)


def _told(letter: Mail, key: str) -> dict[str, Any] | None:
    reply = reply_to(letter.values["session"])
    if reply is None or reply.number != letter.values["number"]:
        return None
    session = db.session.get_one(Session, reply.session_id)
    return {"title": session.title, "answer": OFFERS[reply.kind][1], "place": reply.place}


def _open() -> Any:
    placed = select(Placement.session_id).where(Placement.session_id == Reply.session_id).exists()
    return select(Reply).join(Session, Session.id == Reply.session_id).where(Session.state == "proposed", ~placed)
