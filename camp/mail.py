"""The outbox: a mail is a row written in the transaction of its cause; the worker claims, renders and sends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Update, func, or_, select, update

from camp import clock
from camp.db import db, insert_once
from camp.models import NO_ADDRESS, Camp, Mail

CLAIM = timedelta(seconds=45)  # after which a dead sender's mails are another's
# The last pause repeats; with all of them a mail is given up after about two days.
_PAUSES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30),
           timedelta(hours=1), timedelta(hours=2))
_MOST_TRIES = 28
_LONGEST_AWAY = timedelta(minutes=10)  # between two looks whether the server is back
_AWAY = "server away: "


def put(template: str, *, to: str, language: str, dedupe_key: str, values: dict[str, Any], camp_id: int | None = None,
        due_at: datetime | None = None, void_at: datetime | None = None) -> None:
    """Lay a mail into the outbox; a second one with the same key is not laid down.

    It goes out at once, or from `due_at` on; after `void_at` it is not sent. Nothing is laid down for somebody who gave
    no address.
    """
    if to.endswith(NO_ADDRESS):
        return
    insert_once(Mail, camp_id=camp_id, dedupe_key=dedupe_key, to=to, language=language, template=template,
                values=values, due_at=due_at or clock.now(), void_at=void_at)


def claim(most: int = 20) -> Sequence[Mail]:
    """Take due mails for a while, so that nobody else sends them; those of a dead sender come back by themselves."""
    now = clock.now()
    free = or_(Mail.state == "queued", (Mail.state == "sending") & (Mail.claimed_until < now))
    mails = db.session.scalars(select(Mail).where(free, Mail.due_at <= now).order_by(Mail.due_at, Mail.id).limit(most)
                               .with_for_update(skip_locked=True)).all()
    for mail in mails:
        if mail.void_at is not None and mail.void_at <= now:
            mail.state, mail.values = "void", {}
        else:
            mail.state, mail.claimed_until, mail.tries = "sending", now + CLAIM, mail.tries + 1
    return [mail for mail in mails if mail.state == "sending"]


def keep(letter: Mail) -> bool:
    """Renew the claim on a mail before it goes out; False if somebody else has claimed it since, or it is too old."""
    now = clock.now()
    mine = _mine(letter).where(or_(Mail.void_at.is_(None), Mail.void_at > now))
    kept = db.session.scalar(mine.values(claimed_until=now + CLAIM).returning(Mail.id))
    return kept is not None


def sent(mail_id: int) -> None:
    """Note that a mail is out, and forget its values. Those that waited for the server are due again at once."""
    db.session.execute(update(Mail).where(Mail.id == mail_id, Mail.state == "sending")
                       .values(state="sent", sent_at=clock.now(), values={}, trouble=""))
    db.session.execute(update(Mail).where(Mail.state == "queued", Mail.trouble.startswith(_AWAY, autoescape=True))
                       .values(due_at=clock.now(), trouble=""))


def failed(letter: Mail, trouble: str, *, for_good: bool = False) -> None:
    """Note why a mail did not go out; it comes again after growing pauses, unless it is given up `for_good`."""
    if for_good or letter.tries >= _MOST_TRIES:
        db.session.execute(_mine(letter).values(state="failed", trouble=trouble[:300]))
    else:
        db.session.execute(_mine(letter).values(state="queued", trouble=trouble[:300],
                                                due_at=clock.now() + _pause(letter.tries)))


def put_back(claimed: Sequence[Mail], trouble: str) -> None:
    """Give claimed mails back because the server is away; none of them is given up for that."""
    for letter in claimed:
        due_at = clock.now() + min(_pause(letter.tries), _LONGEST_AWAY)
        db.session.execute(_mine(letter).values(state="queued", trouble=(_AWAY + trouble)[:300], due_at=due_at))


def void(mail_id: int) -> None:
    """Note that a mail is no longer true, and forget its values; it does not go out."""
    db.session.execute(update(Mail).where(Mail.id == mail_id, Mail.state == "sending").values(state="void", values={}))


def again(camp: Camp, mail_id: int | None = None) -> int:
    """Let the given-up mails of a camp be sent after all, or one of them; how many."""
    dead = update(Mail).where(Mail.camp_id == camp.id, Mail.state == "failed")
    if mail_id is not None:
        dead = dead.where(Mail.id == mail_id)
    done = db.session.execute(dead.values(state="queued", tries=0, due_at=clock.now()))
    return int(done.rowcount)  # type: ignore[attr-defined]


def outbox(camp: Camp, first: int = 0, most: int = 100, state: str = "") -> Sequence[Mail]:
    """A page of the camp's mails, the latest first, for its organisers."""
    return db.session.scalars(_of(camp, state).order_by(Mail.id.desc()).offset(first).limit(most)).all()


def counts(camp: Camp) -> dict[str, int]:
    """How many of the camp's mails are in which state."""
    counted = select(Mail.state, func.count()).where(Mail.camp_id == camp.id).group_by(Mail.state)
    return dict(db.session.execute(counted).tuples().all())


def oldest_due(camp: Camp) -> datetime | None:
    """Since when the camp's longest waiting mail could have gone out; None if none waits."""
    return db.session.scalar(select(func.min(Mail.due_at)).where(
        Mail.camp_id == camp.id, Mail.state.in_(("queued", "sending")), Mail.due_at <= clock.now()))


def _mine(letter: Mail) -> Update:
    """The row of a claimed mail, unless somebody else has claimed it since."""
    return update(Mail).where(Mail.id == letter.id, Mail.state == "sending", Mail.tries == letter.tries)


def _pause(tries: int) -> timedelta:
    return _PAUSES[min(tries, len(_PAUSES)) - 1]


def _of(camp: Camp, state: str) -> Any:
    chosen = select(Mail).where(Mail.camp_id == camp.id)
    return chosen.where(Mail.state == state) if state else chosen
