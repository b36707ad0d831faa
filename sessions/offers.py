"""What a host offers: the texts and choices of a proposal, and their check against the camp."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from camp import venue
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp, Slot
from camp.person_text import words
from camp.text import clean, sort_key
from sessions.models import Session

# The most characters that a text may have, and the most tags.
TITLE, DESCRIPTION, TAG, SHORT, TAGS = 150, 10_000, 40, 1_000, 5
HALF_DAYS = ("", "morning", "afternoon")
FORMATS = ("", "talk", "discussion", "workshop", "demo", "question", "challenge")
TONGUES = ("", "de", "en", "both")
LEVELS = ("", "beginners", "advanced")
# What only a challenge has: who of the organisation will come, what it offers afterwards, how it could go.
CHALLENGE = ("who_comes", "offers", "how")
# What a session keeps of a draft; `away` and `away_at` go to the host.
STORED = ("title", "description", "tag", "more_tags", "length", "needs", "format", "language", "level", "off_record",
          "note_taker", *CHALLENGE)
_LIMITS = {"title": TITLE, "description": DESCRIPTION, "tag": TAG, **dict.fromkeys(CHALLENGE, SHORT)}
_CHOICES = {"format": FORMATS, "language": TONGUES, "level": LEVELS}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a host writes: the title is enough. `length` in slots.

    `away` is the half-day in which this host cannot, `away_at` single slots by their time (`slot_time`). `off_record`:
    nothing is written down in public; `note_taker`: somebody else should write.
    """

    title: str
    description: str = ""
    tag: str = ""
    length: int = 1
    needs: tuple[str, ...] = ()
    away: str = ""
    more_tags: tuple[str, ...] = ()
    format: str = ""
    language: str = ""
    level: str = ""
    off_record: bool = False
    note_taker: bool = False
    who_comes: str = ""
    offers: str = ""
    how: str = ""
    away_at: tuple[str, ...] = ()


def checked(camp: Camp, draft: Draft, session: Session | None = None) -> Draft:
    """A draft with clean texts and the camp's spelling of its tags. Raises BadInput, whose `field` names where."""
    texts: dict[str, Any] = {name: clean(getattr(draft, name)) for name in ("description", *CHALLENGE)}
    draft = replace(draft, title=words(draft.title, "title"), tag=words(draft.tag, "tag"), **texts)
    if not draft.title:
        raise BadInput(N_("A title is missing."), N_("A question is enough."), field="title")
    for field, limit in _LIMITS.items():
        if len(getattr(draft, field)) > limit:
            raise BadInput(N_("This is too long: at most %(number)s characters."), field=field, number=limit)
    if draft.length not in (1, 2):
        raise BadInput(N_("A session takes one slot or two."), field="length")
    if draft.away not in HALF_DAYS:
        raise BadInput(N_("This is no half-day."), N_("Choose one from the list."), field="away")
    for field, choices in _CHOICES.items():
        if getattr(draft, field) not in choices:
            raise BadInput(N_("This is not in the list."), N_("Choose one from the list."), field=field)
    unknown = set(draft.needs) - set(features(camp, session))
    if unknown:
        raise BadInput(N_("No room has “%(need)s”."), N_("Choose from the list."), field="needs", need=min(unknown))
    if draft.format != "challenge":
        draft = replace(draft, who_comes="", offers="", how="")
    return _tagged(camp, replace(draft, needs=tuple(sorted(set(draft.needs))), away_at=_slots(camp, draft.away_at)))


def write(session: Session, draft: Draft) -> None:
    """Put a checked draft into a session."""
    for name in STORED:
        value = getattr(draft, name)
        setattr(session, name, list(value) if isinstance(value, tuple) else value)


def tags(camp: Camp) -> list[str]:
    """The tags of the camp's proposals in order of the alphabet."""
    rows = db.session.execute(select(Session.tag, Session.more_tags).where(
        Session.camp_id == camp.id, Session.state == "proposed"))
    return sorted({tag for first, others in rows for tag in (first, *others) if tag}, key=sort_key)


def tags_of(rows: Iterable[Session]) -> list[str]:
    """The tags of these rows in order of the alphabet."""
    return sorted({tag for row in rows for tag in row.tags}, key=sort_key)


def features(camp: Camp, session: Session | None = None) -> list[str]:
    """What a session can need: the features that the camp's rooms have, and those that this session names already."""
    found = {feature for room in venue.rooms(camp) for feature in room.features}
    return sorted(found | set(session.needs if session else ()))


def slot_time(slot: Slot) -> str:
    """A slot by its time and not by its row, so that it means the same when slots change: 2027-04-24T10:00/10:45."""
    return f"{slot.date}T{slot.starts:%H:%M}/{slot.ends:%H:%M}"


def covers(times: Iterable[str], slot: Slot) -> bool:
    """Whether one of these times runs at the same time as a slot."""
    for text in times:
        begin, _, end = text.partition("/")
        starts = datetime.fromisoformat(begin)
        if starts.date() == slot.date and starts.time() < slot.ends and slot.starts < datetime.fromisoformat(
                f"{begin[:11]}{end}").time():
            return True
    return False


def _slots(camp: Camp, times: tuple[str, ...]) -> tuple[str, ...]:
    known = [slot_time(slot) for slot in venue.slots(camp) if slot.kind == "session"] if times else []
    if not set(times) <= set(known):
        raise BadInput(N_("The slots have changed meanwhile."), N_("Choose once more when you cannot."),
                       field="away_at")
    return tuple(time for time in known if time in times)


def _tagged(camp: Camp, draft: Draft) -> Draft:
    """The tags in the camp's spelling, each once; the first is the one that the plan keeps apart."""
    usual = {known.casefold(): known for known in tags(camp)}
    spelt: dict[str, str] = {}
    for tag in (draft.tag, *(words(tag, "more_tags") for tag in draft.more_tags)):
        if tag:
            spelt.setdefault(tag.casefold(), usual.get(tag.casefold(), tag))
    if len(spelt) > TAGS:
        raise BadInput(N_("At most %(number)s tags."), field="more_tags", number=TAGS)
    if any(len(tag) > TAG for tag in spelt.values()):
        raise BadInput(N_("This is too long: at most %(number)s characters."), field="more_tags", number=TAG)
    first, *others = [*spelt.values()] or [""]
    return replace(draft, tag=first, more_tags=tuple(others))
