"""A new camp after the pattern of a past one: everything that was set up there, on other days, and nobody's data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import inspect, select

from camp import (
    camps,
    catering_orders,
    clock,
    log,
    mail_texts,
    names,
    papers,
    pictures,
    questions,
    roster,
    settings,
    texts,
    venue,
)
from camp.catering_models import CateringOrder
from camp.cloners import Cloner, Move, copied
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp, CampText, ClosedCell, Participant, Partner, Person, Room
from camp.registration_models import Rules
from camp.text import line

# What the new camp has of its own; everything else that a camp's row holds is copied.
_OWN = frozenset({"id", "slug", "title", "hashtag", "opened_at", "change_number", "made_at", "picture_id"})
_YEAR = timedelta(weeks=52)  # the same day of the week
Owner = TypeVar("Owner", Room, Partner)


@dataclass(frozen=True, slots=True)
class New:
    """What the new camp is called, and its first day."""

    slug: str
    title: str
    hashtag: str
    first_day: date


def proposed(source: Camp, day: date | None = None) -> New:
    """What the next camp might be called, the year counted on, if it begins on a day; else on the same weekday."""
    first, today = _first_day(source), camps.today(source)
    later = day or first + _YEAR
    while day is None and later < today:
        later += _YEAR
    slug, title, hashtag = (_next(text, first.year, later.year) for text in (source.slug, source.title, source.hashtag))
    return New(slug, title, hashtag, later)


def clone(source: Camp, new: New, cloners: Sequence[Cloner], *, person_id: int | None = None) -> Camp:
    """Make a camp after the pattern of another; whoever makes it organises it, and it is not open.

    Its texts wait to be checked. Left behind are all people and what is theirs, what happened at the camp, and what is
    secret: WLAN, emergency contacts, addresses of screens and doors. Raises BadInput or Conflict beside the field.
    """
    camps.lock(source)
    _check_day(source, new.first_day)
    target = camps.make(new.slug, new.title, source.capacity, [], timezone=source.timezone, venue=source.venue,
                        organiser_id=person_id)
    for column in inspect(Camp).column_attrs:
        if column.key not in _OWN:
            setattr(target, column.key, getattr(source, column.key))
    settings.change(target, title=new.title, slug=target.slug, timezone=source.timezone, venue=source.venue,
                    languages=source.languages, hashtag=new.hashtag, capacity=source.capacity, person_id=person_id)
    move = Move(source, target, new.first_day - _first_day(source))
    target.picture_id = pictures.copy(source, target, source.picture_id)
    _days_and_phases(move)
    _texts(move)
    _venue(move)
    _shifts(move)
    _registration(move)
    for cloner in cloners:
        cloner(move)
    log.note("cloned camp", camp_id=target.id, person_id=person_id, source=source.id)
    db.session.flush()
    return target


def _first_day(camp: Camp) -> date:
    return min((day.date for day in camp.days), default=camps.today(camp))


def _next(text: str, year: int, later: int) -> str:
    """A name with its year counted on: 2026 anywhere, 26 at its end."""
    if str(year) in text:
        return text.replace(str(year), str(later))
    return re.sub(rf"(?<!\d){year % 100:02}$", f"{later % 100:02}", text)


def _check_day(source: Camp, day: date) -> None:
    if day < camps.today(source):
        raise BadInput(N_("This day is over."), field="date")
    if day > clock.now().date() + timedelta(days=3660):
        raise BadInput(N_("This day is more than ten years ahead."), field="date")


def _days_and_phases(move: Move) -> None:
    target = move.target
    for day in move.source.days:
        target.days.append(copied(day, camp_id=target.id, date=move.day(day.date)))
    for phase in move.source.phases:
        camps.set_phase(target, phase.name, move.moment(phase.opens_at), move.moment(phase.closes_at))


def _texts(move: Move) -> None:
    for (name, language), text in texts.every(move.source).items():
        if name not in papers.SECRET:
            move.target.texts.append(CampText(name=name, language=language, text=text, unchecked=True))
    for own in mail_texts.texts_of(move.source):
        db.session.add(copied(own, camp_id=move.target.id))


def _venue(move: Move) -> None:
    rooms = {room.id: _with_picture(move, room) for room in venue.rooms(move.source)}
    slots = {slot.id: copied(slot, camp_id=move.target.id, date=move.day(slot.date))
             for slot in venue.slots(move.source)}
    db.session.add_all([*rooms.values(), *slots.values()])
    db.session.flush()
    for cell in db.session.scalars(select(ClosedCell).where(ClosedCell.room_id.in_(list(rooms)))):
        db.session.add(copied(cell, room_id=rooms[cell.room_id].id, slot_id=slots[cell.slot_id].id))
    move.target.partners.extend(_with_picture(move, partner) for partner in move.source.partners)


def _with_picture(move: Move, owner: Owner) -> Owner:
    return copied(owner, camp_id=move.target.id, picture_id=pictures.copy(move.source, move.target, owner.picture_id))


def _shifts(move: Move) -> None:
    """The roster with all its shifts open again, and without a name in what is to be done."""
    shifts = roster.shifts(move.source)
    wanted = [names.of_name(one.name) for one in shifts if one.name]
    if any(one.title for one in shifts):
        rows = db.session.execute(select(Participant.given_name, Participant.family_name, Person.email).join(
            Person, Person.id == Participant.person_id).where(Participant.camp_id == move.source.id))
        wanted += [names.pattern(*row) for row in rows]
    for one in shifts:
        title = one.title
        for traces in wanted:
            title = names.blotted(title, traces)
        db.session.add(copied(one, camp_id=move.target.id, date=move.day(one.date), title=line(title),
                              participant_id=None, name="", phone=""))


def _registration(move: Move) -> None:
    move.settings(Rules)
    ahead = move.moment(catering_orders.of(move.source).order_by)
    move.settings(CateringOrder, order_by=ahead if ahead and ahead > clock.now() else None, frozen_at=None, frozen={})
    for question in questions.of(move.source):
        db.session.add(copied(question, camp_id=move.target.id))
