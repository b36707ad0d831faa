"""Several hosts on the pages: ask somebody, answer, take the question back, leave."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput
from sessions import inviting, proposals

bp = Blueprint("inviting", __name__)


@bp.post("/<camp>/proposals/<int:session_id>/hosts")
@allow("participant")
def invite(session_id: int) -> ResponseReturnValue:
    """Ask somebody; the answer is the same whether they are registered or not."""
    camp = access.the_camp()
    inviting.invite(camp, proposals.of(camp, session_id), access.me(), request.form.get("who", ""))
    db.session.commit()
    flash(_("Whoever is registered with this address or name sees your question now and gets a mail."), "ok")
    return _back(session_id)


@bp.post("/<camp>/proposals/<int:session_id>/hosts/answer")
@allow("participant")
def answer(session_id: int) -> ResponseReturnValue:
    """Hold the session that one was asked to hold, or not."""
    camp, given = access.the_camp(), request.form.get("answer")
    if given not in ("yes", "no"):
        raise BadInput(N_("This says neither yes nor no."), N_("Use the button on the page."))
    verb = inviting.accept if given == "yes" else inviting.decline
    verb(camp, proposals.of(camp, session_id), access.me())
    db.session.commit()
    flash(_("You hold this session now.") if given == "yes" else _("You have said no."), "ok")
    return _back(session_id)


@bp.post("/<camp>/proposals/<int:session_id>/hosts/<int:invitation_id>/take-back")
@allow("participant")
def take_back(session_id: int, invitation_id: int) -> ResponseReturnValue:
    """Ask somebody no more."""
    camp = access.the_camp()
    inviting.take_back(camp, proposals.of(camp, session_id), access.me(), invitation_id)
    db.session.commit()
    flash(_("The question is taken back."), "ok")
    return _back(session_id)


@bp.post("/<camp>/proposals/<int:session_id>/hosts/leave")
@allow("participant")
def leave(session_id: int) -> ResponseReturnValue:
    """Hold the session no more; the last host withdraws it."""
    camp = access.the_camp()
    left = inviting.leave(camp, proposals.of(camp, session_id), access.me())
    db.session.commit()
    flash(_("You do not hold this session any more.") if left else
          _("You were its last host: it is off the wall."), "ok")
    return _back(session_id)


def _back(session_id: int) -> ResponseReturnValue:
    return redirect(url_for("proposals.show", session_id=session_id), 303)
