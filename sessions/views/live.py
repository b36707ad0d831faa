"""What open pages ask every few seconds: whether the camp has changed since; and the button that closes the round."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access
from camp.access import Viewer, allow
from camp.db import db
from camp.models import Camp
from camp.security import bare
from sessions import live, rounds

bp = Blueprint("live", __name__)


@bp.get("/<camp>/changes")
@allow("public")
@bare
def changes() -> ResponseReturnValue:
    """204 while the mark equals the one asked for, else the new one; the header says in how many seconds to ask again.

    With `line=1` it is the mark of pages that show the line. Nothing of it is about the reader, so whoever stands
    between may give one answer to all for a second.
    """
    seen = live.glance(g.slug, line=request.args.get("line") == "1") or abort(404)
    mark = seen.mark
    same = request.args.get("mark") == mark.text
    answer = Response("" if same else mark.text, 204 if same else 200, content_type="text/plain; charset=utf-8")
    answer.headers["Camp-Every"] = str(mark.every)
    answer.headers["Cache-Control"] = "public, max-age=1"
    return answer


@bp.post("/<camp>/organise/pitch/close")
@allow("moderator")
def close() -> ResponseReturnValue:
    """Close the pitch round: the grid becomes a version of the agenda."""
    made = rounds.close(access.the_camp(), person_id=access.viewer().person_id)
    db.session.commit()
    flash(_("The round is closed. Version %(number)s of the agenda is out.", number=made.number) if made
          else _("The round is closed. The grid was empty, so no agenda is out."), "ok")
    return redirect(url_for("agenda.show", view="grid"), 303)


def desk_panel(camp: Camp, viewer: Viewer) -> str:
    """On the desk: the way to the pitch desk, screens and paper; while the round goes on the button that closes it."""
    return render_template("sessions/pitch_panel.html", live=live.is_live(camp))
