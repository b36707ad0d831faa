"""What nobody needs any more is taken out of the database: old links, ended sign-ins, rows of mails long sent."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_

from camp import clock, invitations, uploads
from camp.db import db
from camp.mail_limits import MANY_SPAN
from camp.models import Mail, SignIn, SignInAsk, SignInLink
from camp.sign_ins import AGE

_DAY = timedelta(days=1)
# The row of a mail keeps it from being sent a second time, so those that could be asked for again stay longer.
MAIL_AGE, SIGN_IN_MAIL_AGE = timedelta(days=90), timedelta(days=7)


def prune() -> int:
    """Delete what is too old; gives the number of rows. Stands in a writing transaction, several times a day."""
    now = clock.now()
    over = Mail.state.in_(("sent", "void", "failed"))
    old = (
        delete(SignInAsk).where(SignInAsk.asked_at <= now - MANY_SPAN),
        delete(SignInLink).where(SignInLink.expires_at <= now - _DAY),
        delete(SignIn).where(or_(SignIn.ended_at <= now - _DAY, SignIn.made_at <= now - AGE - _DAY)),
        delete(Mail).where(over, Mail.due_at <= now - MAIL_AGE),
        delete(Mail).where(over, Mail.template == "sign_in", Mail.due_at <= now - SIGN_IN_MAIL_AGE),
    )
    return uploads.prune() + invitations.prune() + sum(db.session.execute(each).rowcount for each in old)  # type: ignore[attr-defined]
