"""The outbox: a mail is a row written in the transaction of its cause; the worker claims, renders and sends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from camp import clock
from camp.db import db, insert_once
from camp.models import Camp, Mail

_CLAIM = timedelta(seconds=60)
_BACK_OFF = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30))
_MOST_TRIES = 8


def put(template: str, *, to: str, language: str, dedupe_key: str, values: dict[str, Any], camp_id: int | None = None,
        void_at: datetime | None = None) -> None:
    """Lay a mail into the outbox; a second one with the same key is not laid down. After `void_at` it is not sent."""
    insert_once(Mail, camp_id=camp_id, dedupe_key=dedupe_key, to=to, language=language, template=template,
                values=values, due_at=clock.now(), void_at=void_at)


def claim(most: int = 20) -> Sequence[Mail]:
    """Take due mails for a minute, so that nobody else sends them; those of a dead sender come back by themselves."""
    now = clock.now()
    free = or_(Mail.state == "queued", (Mail.state == "sending") & (Mail.claimed_until < now))
    mails = db.session.scalars(select(Mail).where(free, Mail.due_at <= now).order_by(Mail.due_at, Mail.id).limit(most)
                               .with_for_update(skip_locked=True)).all()
    for mail in mails:
        if mail.void_at is not None and mail.void_at <= now:
            mail.state, mail.values = "void", {}
        else:
            mail.state, mail.claimed_until, mail.tries = "sending", now + _CLAIM, mail.tries + 1
    return [mail for mail in mails if mail.state == "sending"]


def keep(letter: Mail) -> bool:
    """Renew the claim on a mail before it goes out; False if somebody else has claimed it since."""
    mine = update(Mail).where(Mail.id == letter.id, Mail.state == "sending", Mail.tries == letter.tries)
    kept = db.session.scalar(mine.values(claimed_until=clock.now() + _CLAIM).returning(Mail.id))
    return kept is not None


def sent(mail_id: int) -> None:
    """Note that a mail is out, and forget its values."""
    db.session.execute(update(Mail).where(Mail.id == mail_id, Mail.state == "sending")
                       .values(state="sent", sent_at=clock.now(), values={}, trouble=""))


def failed(mail_id: int, trouble: str) -> None:
    """Note why a mail did not go out; it comes again later, at most eight times."""
    mail = db.session.get_one(Mail, mail_id)
    mail.trouble = trouble[:300]
    if mail.tries >= _MOST_TRIES:
        mail.state = "failed"
    else:
        mail.state = "queued"
        mail.due_at = clock.now() + _BACK_OFF[min(mail.tries, len(_BACK_OFF)) - 1]


def outbox(camp: Camp, most: int = 100) -> Sequence[Mail]:
    """The camp's latest mails, for its organisers."""
    return db.session.scalars(select(Mail).where(Mail.camp_id == camp.id).order_by(Mail.id.desc()).limit(most)).all()
