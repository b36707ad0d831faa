"""Camps: make and find them, know their phases and days, count their changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import lazyload

from camp import clock, log
from camp.db import db, in_line
from camp.errors import N_, BadInput, Conflict
from camp.models import Camp, Day, Phase, Role
from camp.phases import Span, is_open, leading
from camp.text import is_slug, line

RESERVED = frozenset({
    "accent", "account", "admin", "api", "b", "camp", "camps", "favicon", "healthz", "invitation", "licences",
    "metrics", "new", "p", "readyz", "robots", "sign-in", "sign-out", "static", "sw", "instance", "language",
    "well-known",
})

# Made once: every request asks it.
_BY_SLUG = select(Camp).where(Camp.slug == bindparam("slug")).options(lazyload("*"))


def by_slug(slug: str) -> Camp | None:
    """The camp of an address; its days, phases, texts and partners are read when they are asked for."""
    if "\0" in slug:  # which PostgreSQL takes in no text
        return None
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def all_camps() -> Sequence[Camp]:
    """Every camp of the installation, newest first."""
    return db.session.scalars(select(Camp).order_by(Camp.made_at.desc())).all()


def listed(person_id: int | None) -> Sequence[Camp]:
    """The camps that somebody may know of, newest first: opened ones, and those whose team they belong to."""
    mine = select(Role.camp_id).where(Role.person_id == person_id)
    return db.session.scalars(select(Camp).where(or_(Camp.opened_at.is_not(None), Camp.id.in_(mine)))
                              .order_by(Camp.made_at.desc())).all()


def organised_by(person_id: int) -> Sequence[Camp]:
    """The camps that somebody organises, newest first."""
    return db.session.scalars(select(Camp).join(Role, Role.camp_id == Camp.id).where(
        Role.person_id == person_id, Role.name == "organiser").order_by(Camp.made_at.desc())).all()


def before_their_end() -> list[int]:
    """The camps that are not over yet: something may still be due there."""
    over = clock.now().date() - timedelta(days=1)  # the zones of the world are a day apart
    return list(db.session.scalars(select(Day.camp_id).where(Day.date >= over).distinct()))


def check_slug(slug: str) -> str:
    """A slug that can be used, or BadInput with the reason; does not look whether it is taken."""
    slug = line(slug).lower()
    if slug in RESERVED:
        raise BadInput(N_("“%(slug)s” is a word the program needs itself."), N_("Choose another short name."),
                       field="slug", slug=slug)
    if not is_slug(slug):
        raise BadInput(N_("A short name has 3 to 40 small letters, digits or dashes."), N_("For example: ecm27."),
                       field="slug")
    return slug


def make(slug: str, title: str, capacity: int, days: Sequence[date], *, timezone: str = "Europe/Berlin",
         venue: str = "", organiser_id: int | None = None) -> Camp:
    """Make a camp. Raises Conflict if the slug is taken, BadInput if it cannot be one."""
    slug = check_slug(slug)
    if by_slug(slug) is not None:
        raise Conflict(N_("The short name “%(slug)s” is taken."), N_("Choose another one."), field="slug", slug=slug)
    camp = Camp(slug=slug, title=line(title), capacity=capacity, timezone=timezone, venue=line(venue),
                made_at=clock.now(), days=[Day(date=day) for day in sorted(set(days))])
    db.session.add(camp)
    db.session.flush()
    if organiser_id is not None:
        db.session.add(Role(camp_id=camp.id, person_id=organiser_id, name="organiser"))
    log.note("made camp", camp_id=camp.id, person_id=organiser_id)
    return camp


def lock(camp: Camp) -> None:
    """Let nobody else count or change this camp's things until the transaction ends; comes before the first count.

    On PostgreSQL it takes the camp's row (inserts of others that only refer to it go on) and forgets what was read
    before, so that all is read anew. SQLite's writers are alone from their beginning (`camp.db.begin_write`).
    """
    if db.session.connection().dialect.name == "sqlite":
        return
    db.session.flush()
    in_line(select(Camp.id).where(Camp.id == camp.id).with_for_update(key_share=True))
    db.session.expire_all()


def spans(camp: Camp) -> dict[str, Span]:
    """The camp's phases as plain spans."""
    return {phase.name: Span(phase.opens_at, phase.closes_at) for phase in camp.phases}


def open_now(camp: Camp, name: str) -> bool:
    """Whether a phase of the camp is open at this moment."""
    return is_open(name, spans(camp), clock.now())


def stage(camp: Camp) -> str:
    """The phase that says what to do now; after the last day the follow-up, whatever is set; "" before any opens."""
    over = bool(camp.days) and today(camp) > max(day.date for day in camp.days)
    return "follow-up" if over else leading(spans(camp), clock.now())


def set_phase(camp: Camp, name: str, opens: datetime | None, closes: datetime | None) -> None:
    """Set from when to when a phase is open."""
    for phase in camp.phases:
        if phase.name == name:
            phase.opens_at, phase.closes_at = opens, closes
            return
    camp.phases.append(Phase(name=name, opens_at=opens, closes_at=closes))


def today(camp: Camp) -> date:
    """The present day in the camp's zone."""
    return clock.local(clock.now(), camp.timezone).date()


def changed(camp: Camp) -> None:
    """Count one more public change of the camp; caches and polls ask for this number."""
    db.session.execute(update(Camp).where(Camp.id == camp.id).values(change_number=Camp.change_number + 1))
