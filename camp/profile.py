"""Who somebody is at a camp, changed by themselves: words, days, the wish about photos; and the public list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from camp import camps, clock, log, places, questions, registration
from camp.db import db
from camp.errors import N_, Full
from camp.models import Camp, Needs, Participant
from camp.registration import Entry
from camp.text import sort_key
from camp.waiting import fits


def written(camp: Camp, who: Participant) -> dict[str, Any]:
    """What the form begins with."""
    needs = db.session.get(Needs, who.id)
    own = {name: getattr(who, name) for name in ("given_name", "family_name", "badge_name", "pronoun", "organisation",
                                                 "kind", "town", "first_time", "photo", "listed")}
    return own | {"hashtags": " ".join(f"#{tag}" for tag in who.hashtags),
                  "days": list(who.days) or [day.date.isoformat() for day in camp.days],
                  "diet": needs.diet if needs else "", "shirt": needs.shirt if needs else ""}


def change(camp: Camp, who: Participant, entry: Entry) -> None:
    """Keep what somebody wrote anew. A wish about photos that changed is kept with its words and the time.

    Raises Full, and changes nothing, if a day that is added has no place left. Days given up go to the next.
    """
    registration.settle(camp)
    _put_days(camp, who, list(entry.days))
    values = dict(entry.values)
    if values["photo"] == who.photo:
        del values["photo_wording"]
    else:
        who.photo_at = clock.now()
        log.note("changed photo wish", camp_id=camp.id, person_id=who.person_id, wish=values["photo"])
    for name, value in values.items():
        setattr(who, name, value)
    registration.put_needs(who, entry.needs)
    questions.answer(camp, who, entry.answers)
    camps.changed(camp)
    db.session.flush()
    registration.settle(camp)


def _put_days(camp: Camp, who: Participant, days: list[str]) -> None:
    every = [day.date.isoformat() for day in camp.days]
    before = set(who.days or every)
    added = [day for day in days or every if day not in before]
    holds = who.state == "admitted" or (who.state == "waiting" and who.offered_until is not None)
    if added and holds and not fits(places.free(camp), added):
        raise Full(N_("A day that you added is full."),
                   N_("Leave it out, or cancel and register anew for the waiting list."),
                   field="days")
    who.days = days


def public_list(camp: Camp) -> Sequence[Participant]:
    """Who has a place and wants to be seen, as German lists sort them."""
    rows = db.session.scalars(select(Participant).where(
        Participant.camp_id == camp.id, Participant.state == "admitted", Participant.listed)).all()
    return sorted(rows, key=lambda who: (sort_key(who.family_name), sort_key(who.given_name)))
