"""Private codes: one inside a badge signs its owner in, on the camp's days and in the first browser that uses it."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from badges.code_models import PrivateCode
from camp import camps, clock, log, second_factor, sign_ins, tokens
from camp.db import db
from camp.errors import N_, Conflict, NotAllowed, NotFound, NotOpen
from camp.models import Camp, Participant, Person, Role, SignIn

_BY_MAIL = N_("Sign in by mail instead, or ask at the organisers' desk.")


@dataclass(frozen=True, slots=True)
class Entered:
    """A sign-in that has begun: the token for the browser, the camp, and whether a second factor is due first."""

    token: str
    camp: Camp
    half_open: bool


def ensure(camp: Camp, participant_ids: Collection[int], key: str) -> None:
    """Make a private code for each of these participants who has none that counts."""
    camps.lock(camp)
    rows = {row.participant_id: row for row in db.session.scalars(
        select(PrivateCode).where(PrivateCode.camp_id == camp.id))}
    for participant_id in participant_ids:
        row = rows.get(participant_id)
        if row is None:
            row = PrivateCode(participant_id=participant_id, camp_id=camp.id, uid="", code_hash="", made_at=clock.now())
            db.session.add(row)
        elif row.revoked_at is None:
            continue
        row.uid = secrets.token_hex(16)
        row.code_hash = tokens.hash_of(tokens.private_code(key, row.uid))
        row.revoked_at, row.browser_hash, row.sign_in_hash = None, None, None
    db.session.flush()


def addresses(camp: Camp, key: str, host: str) -> dict[int, str]:
    """What the private codes of a camp say, by participant: HTTPS://HOST/P/ and 26 characters, all upper case."""
    rows = db.session.scalars(
        select(PrivateCode).where(PrivateCode.camp_id == camp.id, PrivateCode.revoked_at.is_(None)))
    return {row.participant_id: f"HTTPS://{host.upper()}/P/{tokens.private_code(key, row.uid)}" for row in rows}


def of(who: Participant) -> PrivateCode | None:
    """The private code of a participant, revoked or not."""
    return db.session.scalar(select(PrivateCode).where(PrivateCode.participant_id == who.id))


def look(code: str, browser: str | None) -> Camp:
    """The camp that a private code opens in this browser; changes nothing.

    Raises NotFound for an unknown code, Conflict for one that counts no more or was used in another browser, NotOpen
    outside the camp's days, NotAllowed for people who may change a camp without a second factor.
    """
    return _usable(code, browser)[1]


def enter(code: str, browser: str) -> Entered:
    """Sign the owner of a code in, and bind it to this browser if it is bound to none. Raises what `look` does."""
    row, camp, who = _usable(code, browser)
    mark = tokens.hash_of(browser)
    half_open = second_factor.has(who.person_id)
    token = sign_ins.start(who.person_id, half_open=half_open)
    bound = db.session.scalar(
        update(PrivateCode).where(PrivateCode.id == row.id, PrivateCode.revoked_at.is_(None),
                                  or_(PrivateCode.browser_hash.is_(None), PrivateCode.browser_hash == mark))
        .values(browser_hash=mark, used_at=clock.now(), sign_in_hash=tokens.hash_of(token)).returning(PrivateCode.id))
    if bound is None:
        raise Conflict(N_("This code was used in another browser."), _BY_MAIL)
    if not half_open:
        log.note("signed in", person_id=who.person_id, private_code=True)
    return Entered(token, camp, half_open)


def revoke(camp: Camp, who: Participant, *, person_id: int | None = None) -> None:
    """End a private code, and the sign-in that it made, at once; the next folded badge carries another one.

    Raises Conflict if there is none.
    """
    if not end(who):
        raise Conflict(N_("This person has no private code."))
    log.note("revoked a private code", camp_id=camp.id, person_id=person_id, participant=who.id)


def end(who: Participant) -> bool:
    """End a private code and the sign-in that it made; False if there was none to end.

    A half-open one went on under another token as soon as the second factor was right: all of this person's end then.
    """
    made = db.session.execute(  # waits for whoever signs in by it at this moment
        update(PrivateCode).where(PrivateCode.participant_id == who.id, PrivateCode.revoked_at.is_(None))
        .values(revoked_at=clock.now()).returning(PrivateCode.sign_in_hash)).first()
    if made is None:
        return False
    record = db.session.scalar(select(SignIn).where(SignIn.token_hash == made.sign_in_hash))
    if record is not None and record.half_open:
        sign_ins.end_all(who.person_id)
    elif record is not None:
        sign_ins.end(record)
    return True


def _usable(code: str, browser: str | None) -> tuple[PrivateCode, Camp, Participant]:
    row = db.session.scalar(select(PrivateCode).where(PrivateCode.code_hash == tokens.hash_of(code.upper())))
    if row is None:
        raise NotFound(N_("We do not know this code."), N_("Compare it with the badge."))
    camp, who = db.session.get_one(Camp, row.camp_id), db.session.get_one(Participant, row.participant_id)
    if row.revoked_at is not None or who.state != "admitted":
        raise Conflict(N_("This code counts no more."), _BY_MAIL)
    if camps.today(camp) not in [day.date for day in camp.days]:
        raise NotOpen(N_("This code works on the days of the camp."), N_("Sign in by mail until then."))
    if row.browser_hash is not None and (browser is None or row.browser_hash != tokens.hash_of(browser)):
        raise Conflict(N_("This code was used in another browser."), _BY_MAIL)
    person = db.session.get_one(Person, who.person_id)
    powerful = person.administrator or db.session.scalar(select(Role.id).where(Role.person_id == person.id).limit(1))
    if powerful and not second_factor.has(person.id):
        raise NotAllowed(N_("Whoever organises a camp signs in by mail."), N_("Or set up a second factor first."))
    return row, camp, who
