"""Sign-ins: the server's records of who is signed in where; a record that has ended opens nothing any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Update, bindparam, exists, func, or_, select, update

from camp import clock, tokens
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Person, Role, SecondFactor, SignIn

AGE = timedelta(days=14)
ORGANISER_AGE = timedelta(hours=12)
ORGANISER_IDLE = timedelta(hours=3)
HALF_OPEN_AGE = timedelta(minutes=10)
_NOTED_EVERY = timedelta(minutes=5)
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign-in as a request meets it: the person, the record, and whether the person has a second factor."""

    person: Person
    record: SignIn
    second_factor: bool

    @property
    def use_is_old(self) -> bool:
        """Whether the last noted use lies so far back that this one has to be noted."""
        return clock.now() - (self.record.used_at or self.record.made_at) >= _NOTED_EVERY


# What a record has to meet, made once: every request asks it. Who organises a camp or runs the installation is signed
# out sooner.
ALIVE = (
    SignIn.ended_at.is_(None), SignIn.made_at > bindparam("oldest"),
    or_(~SignIn.half_open, SignIn.made_at > bindparam("oldest_half_open")),
    or_(~or_(Person.administrator, exists().where(Role.person_id == SignIn.person_id, Role.name == "organiser")),
        (func.coalesce(SignIn.used_at, SignIn.made_at) > bindparam("oldest_use"))
        & (SignIn.made_at > bindparam("oldest_organiser"))))
_BY_TOKEN = (select(Person, SignIn, exists().where(SecondFactor.person_id == SignIn.person_id))
             .join(SignIn, SignIn.person_id == Person.id)
             .where(SignIn.token_hash == bindparam("token_hash"), *ALIVE))
_WHOLE = select(SignIn).join(Person, Person.id == SignIn.person_id).where(~SignIn.half_open, *ALIVE)


def of(token: str) -> Signed | None:
    """Who is signed in with a token, half open or not: none if the record has ended or is too old."""
    row = db.session.execute(_BY_TOKEN, moments() | {"token_hash": tokens.hash_of(token)}).first()
    return Signed(*row) if row else None


def moments() -> dict[str, datetime]:
    """What ALIVE asks for: the moments that a record must not lie behind."""
    now = clock.now()
    return {"oldest": now - AGE, "oldest_half_open": now - HALF_OPEN_AGE, "oldest_use": now - ORGANISER_IDLE,
            "oldest_organiser": now - ORGANISER_AGE}


def start(person_id: int, *, half_open: bool = False) -> str:
    """Sign a person in; gives the token that the browser carries, of which only the hash stays here."""
    token = tokens.draw()
    db.session.add(SignIn(person_id=person_id, token_hash=tokens.hash_of(token), made_at=clock.now(),
                          half_open=half_open))
    return token


def renew(record: SignIn) -> str:
    """End a sign-in and start a whole one of the same person under a new token."""
    end(record)
    return start(record.person_id)


def end(record: SignIn) -> None:
    """End a sign-in at once."""
    if record.ended_at is None:
        record.ended_at = clock.now()


def leave(token: str) -> None:
    """End the sign-in of a token at once."""
    db.session.execute(_ending().where(SignIn.token_hash == tokens.hash_of(token)))


def end_all(person_id: int, *, but: int | None = None) -> None:
    """End every sign-in of a person at once, but for the one of the id that is given."""
    db.session.execute(_ending().where(SignIn.person_id == person_id, SignIn.id != (but or 0)))


def _ending() -> Update:
    return update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=clock.now())


def of_person(person_id: int) -> Sequence[SignIn]:
    """Where a person is signed in at present, last used first."""
    return db.session.scalars(_WHOLE.where(SignIn.person_id == person_id).order_by(
        func.coalesce(SignIn.used_at, SignIn.made_at).desc(), SignIn.id.desc()), moments()).all()


def one_of(person_id: int, sign_in_id: int) -> SignIn | None:
    """One of a person's present sign-ins."""
    return db.session.scalar(_WHOLE.where(SignIn.person_id == person_id, SignIn.id == sign_in_id), moments())


def note_use(sign_in_id: int) -> None:
    """Note that a sign-in is used now."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
                       .values(used_at=clock.now()))


def take_try(record: SignIn) -> int:
    """Take one of five tries to type a one-time code, before looking at it; gives how many are left afterwards.

    The last one ends the sign-in, also while others try at the same moment; a right code starts a new one.
    """
    tries = db.session.scalar(update(SignIn).where(SignIn.id == record.id, SignIn.ended_at.is_(None))
                              .values(tries=SignIn.tries + 1).returning(SignIn.tries))
    if tries is None:
        raise BadInput(N_("This sign-in has ended."), N_("Ask for a new link; we will gladly send one."))
    if tries >= _TRIES:
        end(record)
    return max(0, _TRIES - tries)
