"""Screens: each has an address of its own that can be read without signing in, made and revoked by organisers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from camp import clock, log, tokens
from camp.db import db
from camp.errors import N_, BadInput, NotFound
from camp.models import Camp
from camp.text import line
from sessions.pitch_models import Screen

KINDS = ("beamer", "terminal")
NAME = 60


def make(camp: Camp, name: str, kind: str, *, person_id: int | None = None) -> tuple[str, Screen]:
    """A new screen, and what its address holds (128 bits): told once, the database keeps the hash. Raises BadInput."""
    name = line(name)
    if not name or len(name) > NAME:
        raise BadInput(N_("A screen needs a name."), N_("For example: stage."), field="name")
    if kind not in KINDS:
        raise BadInput(N_("There is no such screen."), field="kind")
    token = tokens.draw_short()
    made = Screen(camp_id=camp.id, kind=kind, name=name, token_hash=tokens.hash_of(token), made_at=clock.now())
    db.session.add(made)
    db.session.flush()
    log.note("made screen", camp_id=camp.id, person_id=person_id, screen=made.id)
    return token, made


def by_token(camp: Camp, token: str, kind: str) -> Screen:
    """The screen of an address. Raises NotFound, also for one that is revoked, of another kind or of another camp."""
    found = db.session.scalar(select(Screen).where(
        Screen.camp_id == camp.id, Screen.token_hash == tokens.hash_of(token), Screen.kind == kind,
        Screen.revoked_at.is_(None)))
    if found is None:
        raise NotFound(N_("This screen is not known here."), N_("Ask an organiser for a new address."))
    return found


def every(camp: Camp) -> Sequence[Screen]:
    """The screens of a camp, newest first."""
    return db.session.scalars(select(Screen).where(Screen.camp_id == camp.id).order_by(Screen.id.desc())).all()


def revoke(camp: Camp, screen_id: int, *, person_id: int | None = None) -> Screen:
    """Let an address lead nowhere, at once. Twice is as good as once. Raises NotFound."""
    found = db.session.get(Screen, screen_id)
    if found is None or found.camp_id != camp.id:
        raise NotFound(N_("This camp has no such screen."))
    if found.revoked_at is None:
        found.revoked_at = clock.now()
        log.note("revoked screen", camp_id=camp.id, person_id=person_id, screen=found.id)
    return found
