"""One-person WLAN codes: a pool handed out in the order of registration, or codes that a list brought for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, UniqueConstraint, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from camp import camps, log
from camp.db import Model, db
from camp.errors import N_, BadInput, Conflict
from camp.models import Camp, Participant, Person
from camp.text import line

LONGEST, MOST = 100, 20_000


class WlanCode(Model):
    """A code that one person uses to enter the WLAN; without a participant it lies in the camp's pool."""

    __tablename__ = "wlan_code"
    __table_args__ = (UniqueConstraint("camp_id", "code"), UniqueConstraint("participant_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    code: Mapped[str]


@dataclass(frozen=True, slots=True)
class Stock:
    """How many codes there are, how many of them are somebody's, and how many people with a place have none."""

    codes: int
    given: int
    without: int

    @property
    def free(self) -> int:
        """How many nobody has yet."""
        return self.codes - self.given

    @property
    def lacking(self) -> int:
        """How many codes have to be added until everybody with a place has one; 0 where the camp uses none."""
        return max(0, self.without - self.free) if self.codes else 0


def code_of(who: Participant) -> str:
    """The code of a participant; empty if there is none."""
    return db.session.scalar(select(WlanCode.code).where(WlanCode.participant_id == who.id)) or ""


def codes_of(camp: Camp) -> dict[int, str]:
    """The codes that are somebody's, by the number of the participant."""
    rows = db.session.execute(select(WlanCode.participant_id, WlanCode.code).where(
        WlanCode.camp_id == camp.id, WlanCode.participant_id.is_not(None)))
    return {who: code for who, code in rows if who is not None}


def held(camp: Camp) -> list[tuple[str, str]]:
    """The codes that are somebody's, with the address."""
    rows = db.session.execute(select(Person.email, WlanCode.code).join(Participant, Participant.person_id == Person.id)
                              .join(WlanCode, WlanCode.participant_id == Participant.id)
                              .where(WlanCode.camp_id == camp.id))
    return [(address, code) for address, code in rows]


def shown(camp: Camp, who: Participant) -> str:
    """What my page shows: the code of whoever has a place, from the first day of the camp to the last."""
    days = [day.date for day in camp.days]
    if who.state != "admitted" or not days or not days[0] <= camps.today(camp) <= days[-1]:
        return ""
    return code_of(who)


def stock(camp: Camp) -> Stock:
    """How the codes stand."""
    codes, given = db.session.execute(select(func.count(WlanCode.id), func.count(WlanCode.participant_id)).where(
        WlanCode.camp_id == camp.id)).one()
    without = db.session.scalar(select(func.count()).select_from(Participant).outerjoin(
        WlanCode, WlanCode.participant_id == Participant.id).where(
            Participant.camp_id == camp.id, Participant.state == "admitted", WlanCode.id.is_(None)))
    return Stock(codes, given, without or 0)


def checked(code: str) -> str:
    """A code as it is kept. Raises BadInput for one that nobody could type."""
    code = line(code)
    if len(code) > LONGEST:
        raise BadInput(N_("A WLAN code has at most %(most)s characters."), field="codes", most=LONGEST)
    if not code.isprintable():
        raise BadInput(N_("“%(code)s” is no WLAN code: it has characters that nobody sees."), field="codes",
                       code=code.encode("unicode_escape").decode()[:40])
    return code


def add(camp: Camp, text: str, *, person_id: int | None = None) -> int:
    """Lay codes into the pool, one a line, and hand them out; how many are new. Raises BadInput."""
    camps.lock(camp)
    wanted = list(dict.fromkeys(code for row in text.splitlines() if (code := checked(row))))
    if not wanted:
        raise BadInput(N_("This is still empty."), field="codes")
    there = set(db.session.scalars(select(WlanCode.code).where(WlanCode.camp_id == camp.id)))
    if len(there) + len(wanted) > MOST:
        raise BadInput(N_("A camp has at most %(most)s WLAN codes."), field="codes", most=MOST)
    new = [code for code in wanted if code not in there]
    db.session.add_all(WlanCode(camp_id=camp.id, code=code) for code in new)
    db.session.flush()
    hand_out(camp)
    if new:
        log.note("added WLAN codes", camp_id=camp.id, person_id=person_id, number=len(new))
    return len(new)


def drop_free(camp: Camp, *, person_id: int | None = None) -> None:
    """Throw the codes away that nobody has."""
    camps.lock(camp)
    db.session.execute(delete(WlanCode).where(WlanCode.camp_id == camp.id, WlanCode.participant_id.is_(None)))
    log.note("dropped WLAN codes", camp_id=camp.id, person_id=person_id)


def give(camp: Camp, wanted: Mapping[int, str]) -> int:
    """Give participants these codes in the place of others; how many that changes. Raises Conflict.

    A code cannot be that of somebody whom the list does not name.
    """
    held = codes_of(camp)
    new = {who: code for who, code in wanted.items() if held.get(who) != code}
    owners = {code: who for who, code in held.items() if who not in new}
    if len(set(new.values())) < len(new) or owners.keys() & set(new.values()):
        raise Conflict(N_("A WLAN code is somebody else's already."), N_("Each code is for one person."))
    for start in range(0, len(new), 10_000):  # a statement of SQLite takes some 32,000 values
        part = dict(list(new.items())[start:start + 10_000])
        db.session.execute(delete(WlanCode).where(WlanCode.camp_id == camp.id, WlanCode.participant_id.in_(part)))
        db.session.execute(delete(WlanCode).where(WlanCode.camp_id == camp.id, WlanCode.code.in_(part.values())))
    db.session.add_all(WlanCode(camp_id=camp.id, participant_id=who, code=code) for who, code in new.items())
    db.session.flush()
    return len(new)


def hand_out(camp: Camp) -> int:
    """Give the pool's codes to people with a place, first registered first; how many got one.

    Before the camp the code of whoever has cancelled goes back into the pool first: nobody has seen it yet.
    """
    if camp.days and camps.today(camp) < camp.days[0].date:
        gone = select(Participant.id).where(Participant.camp_id == camp.id, Participant.state == "cancelled")
        db.session.execute(update(WlanCode).where(WlanCode.camp_id == camp.id, WlanCode.participant_id.in_(gone))
                           .values(participant_id=None))
    free = db.session.scalars(select(WlanCode).where(
        WlanCode.camp_id == camp.id, WlanCode.participant_id.is_(None)).order_by(WlanCode.id)).all()
    without = _without(camp, len(free)) if free else []
    for code, who in zip(free, without, strict=False):
        code.participant_id = who
    db.session.flush()
    return len(without)


def _without(camp: Camp, most: int) -> Sequence[int]:
    return db.session.scalars(
        select(Participant.id).outerjoin(WlanCode, WlanCode.participant_id == Participant.id)
        .where(Participant.camp_id == camp.id, Participant.state == "admitted", WlanCode.id.is_(None))
        .order_by(Participant.registered_at, Participant.id).limit(most)).all()


def erase(who: Participant) -> None:
    """Forget the code of a participant."""
    db.session.execute(delete(WlanCode).where(WlanCode.participant_id == who.id))
