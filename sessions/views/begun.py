"""Keeping what a host has begun to write: by a script every few seconds, by a button without one."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access
from camp.access import allow
from camp.db import db
from camp.i18n import wall
from sessions import begun, forms

bp = Blueprint("begun", __name__)


@bp.post("/<camp>/proposals/draft")
@allow("participant")
def keep() -> ResponseReturnValue:
    """Keep the form as it is; a script gets the sentence that tells so, everybody else the form again."""
    draft = begun.keep(access.me(), forms.typed(request.form))
    db.session.commit()
    said = _("Draft saved, %(time)s", time=wall(draft.saved_at))
    if request.headers.get("X-Draft"):
        return jsonify(said=said)
    flash(said, "ok")
    return redirect(url_for("proposals.new"), 303)


@bp.post("/<camp>/proposals/draft/drop")
@allow("participant")
def drop() -> ResponseReturnValue:
    """Throw away what was begun."""
    begun.forget(access.me())
    db.session.commit()
    flash(_("The draft was thrown away."), "ok")
    return redirect(url_for("proposals.new", _anchor="dropped"), 303)
