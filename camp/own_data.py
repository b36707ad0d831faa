"""What is stored about one person at a camp: as figures for the page, and whole for the download."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from camp.db import db
from camp.errors import N_
from camp.models import Camp, Invitation, LogEntry, Mail, Needs, Participant, Role, Shift, SignIn
from camp.registration_models import Answer, Reservation
from camp.wlan import WlanCode

# a wing's part: (camp, participant, vote key) → name → rows
Teller = Callable[[Camp, Participant, str], dict[str, list[dict[str, Any]]]]
_OWN = ("given_name", "family_name", "badge_name", "pronoun", "organisation", "kind", "town", "hashtags", "days",
        "photo", "photo_wording", "photo_at", "first_time", "listed", "state", "registered_at", "offered_until",
        "arrived_at", "source")
LABELS = {
    "person": N_("Your mail address and language"), "registration": N_("What you wrote when registering"),
    "needs": N_("Food and T-shirt"), "roles": N_("Roles"), "sign_ins": N_("Browsers in which you are signed in"),
    "invitations": N_("Roles that you were offered"), "shifts": N_("Your shifts"), "mails": N_("Mails to you"),
    "log": N_("Acts of yours in the log"),
    "unconfirmed": N_("Registrations not yet confirmed"), "hosted": N_("Sessions that you host"),
    "begun": N_("A proposal that you have begun"), "votes": N_("Your votes"),
    "judged": N_("Cards that you have answered"),
    "picks": N_("Sessions in your agenda"), "late": N_("From when on you are there"),
    "projects": N_("Projects that you joined"),
    "badges": N_("Your badge"), "cards": N_("What others see who scan your badge"),
    "private_codes": N_("Your private code"), "admissions": N_("When you came through the door"),
    "wlan": N_("Your WLAN code"),
    "handouts": N_("What was handed out to you"), "door_note": N_("What the staff at the door is told about you"),
    "answers": N_("Answers to the questions of this camp"),
    "pitches": N_("Your places in the line of the pitch round"),
    "introduction": N_("Your wishes for the first hour"),
}


def gather(camp: Camp, who: Participant, key: str, tellers: Sequence[Teller]) -> dict[str, list[dict[str, Any]]]:
    """Everything, by the names of LABELS, as plain values for JSON; secrets are named as set and not shown."""
    person = who.person
    found: dict[str, list[dict[str, Any]]] = {
        "person": [{"email": person.address, "language": person.language}],
        "registration": [{name: getattr(who, name) for name in _OWN} | {"calendar_feed": who.feed_hash is not None}],
        "needs": _rows(Needs, ("diet", "shirt"), Needs.participant_id == who.id),
        "roles": _rows(Role, ("name",), Role.person_id == person.id, Role.camp_id == camp.id),
        "invitations": _rows(Invitation, ("role", "made_at", "until", "taken_at"), Invitation.email == person.email,
                             Invitation.camp_id == camp.id),
        "shifts": _rows(Shift, ("task", "title", "date", "starts", "ends", "phone"), Shift.participant_id == who.id),
        "sign_ins": _rows(SignIn, ("made_at", "used_at", "ended_at"), SignIn.person_id == person.id),
        "mails": _rows(Mail, ("template", "state", "due_at", "sent_at"), Mail.to == person.email,
                       Mail.camp_id == camp.id),
        "log": _rows(LogEntry, ("at", "verb"), LogEntry.person_id == person.id, LogEntry.camp_id == camp.id),
        "wlan": _rows(WlanCode, ("code",), WlanCode.participant_id == who.id),
        "answers": _rows(Answer, ("question_id", "value"), Answer.participant_id == who.id),
        "unconfirmed": _rows(Reservation, ("values", "days", "made_at", "until"), Reservation.email == person.email,
                             Reservation.camp_id == camp.id)}
    for teller in tellers:
        found |= teller(camp, who, key)
    return {name: [{column: _plain(value) for column, value in row.items()} for row in rows]
            for name, rows in found.items()}


def _rows(table: Any, columns: Sequence[str], *where: Any) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in columns} for row in db.session.scalars(select(table).where(*where))]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value
