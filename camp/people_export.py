"""Participants as rows of a table that others' programs, and our own import, can read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from camp import clock, wlan
from camp.db import db
from camp.errors import N_
from camp.exports import defused
from camp.models import Camp, Needs, Participant
from camp.spreadsheet import Cell

# In the order of the columns. What people eat is not among them: the catering sheet has it, without names.
HEADING = (N_("Given name"), N_("Family name"), N_("Mail address"), N_("Organisation"), N_("Kind of organisation"),
           N_("Town"), N_("Hashtags"), N_("T-shirt"), N_("Photo wish"), N_("First time"), N_("Registered at"),
           N_("Place"), N_("Arrived at"))
PHOTO = {"yes": N_("yes"), "no": N_("no"), "ask": N_("ask")}
PLACE = {"admitted": N_("admitted"), "waiting": N_("waiting"), "cancelled": N_("cancelled")}
WLAN = N_("WLAN code")
Say = Callable[[str], str]


def heading(camp: Camp, say: Say) -> list[str]:
    """The words above the columns; that of the WLAN codes is there if the camp uses any."""
    return [say(word) for word in (*HEADING, *([WLAN] if wlan.stock(camp).codes else ()))]


def rows(camp: Camp, found: Iterable[Participant], say: Say, kinds: dict[str, str]) -> list[list[Cell]]:
    """The rows of participants: texts defused, first time as a truth, moments on the camp's clock.

    `say` translates a msgid, `kinds` has the word for each kind of organisation.
    """
    shirts = dict(db.session.execute(select(Needs.participant_id, Needs.shirt).join(Participant).where(
        Participant.camp_id == camp.id)).tuples().all())

    codes = wlan.codes_of(camp)
    last = [WLAN] if wlan.stock(camp).codes else []

    def moment(value: Any) -> Cell:
        return clock.local(value, camp.timezone) if value else None

    return [[*map(defused, (who.given_name, who.family_name, who.person.address, who.organisation, kinds[who.kind],
                            who.town, " ".join(f"#{tag}" for tag in who.hashtags), shirts.get(who.id, ""))),
             say(PHOTO[who.photo]), who.first_time, moment(who.registered_at), say(PLACE[who.state]),
             moment(who.arrived_at), *(defused(codes.get(who.id, "")) for _ in last)] for who in found]


def in_words(made: list[list[Cell]], say: Say) -> list[list[Cell]]:
    """The rows with truths as words, for a format that has only text."""
    return [[say(N_("yes")) if cell is True else say(N_("no")) if cell is False else cell for cell in row]
            for row in made]
