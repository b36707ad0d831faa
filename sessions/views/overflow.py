"""The overflow list: an answer for each host whose session has no cell; what hosts read of it on their page."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from camp import access
from camp.access import Viewer, allow
from camp.db import db
from camp.errors import CampError
from camp.models import Camp
from camp.views.saving import saved
from sessions import overflow, words
from sessions.plan_forms import ReplyForm
from sessions.standing import standing_of
from sessions.views.voting import vote_key

bp = Blueprint("overflow", __name__)


@bp.get("/<camp>/organise/plan/overflow")
@allow("moderator")
def index() -> ResponseReturnValue:
    """The sessions without a cell, most wanted first, and what their hosts were told."""
    return _page(access.the_camp())


@bp.post("/<camp>/organise/plan/<int:session_id>/answer")
@allow("moderator")
def answer(session_id: int) -> ResponseReturnValue:
    """Offer an open table, a second run or another day; the hosts get a mail."""
    form, camp = ReplyForm(), access.the_camp()
    try:
        told = overflow.answer(camp, session_id, form.kind.data or "", form.place.data or "",
                               person_id=access.viewer().person_id)
    except CampError as error:
        if not error.field:
            raise
        db.session.rollback()
        return _page(camp, session_id, error), 422
    return saved("overflow.index", ngettext("%(num)d host gets a mail.", "%(num)d hosts get a mail.", told))


def my_panel(camp: Camp, viewer: Viewer) -> str:
    """On my page: what was offered to my sessions without a cell."""
    if not viewer.is_participant or viewer.participant is None:
        return ""
    rows = overflow.of_participant(viewer.participant)
    return render_template("sessions/overflow_panel.html", rows=rows, offers=overflow.OFFERS) if rows else ""


def _page(camp: Camp, wrong: int = 0, error: CampError | None = None) -> str:
    standing = standing_of(camp, vote_key())
    names = words.names_of(standing)
    rows = [(one, words.told(one.row.breach, names) if one.row.breach else _("A cell is free for it."))
            for one in overflow.waiting(camp, standing)]
    return render_template("sessions/overflow.html", rows=rows, offers=overflow.OFFERS, wrong=wrong, error=error,
                           answered=sum(one.reply is not None for one, _why in rows))
