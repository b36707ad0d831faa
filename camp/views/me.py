"""My page: my place, and what the wings know of me."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from camp import access, panels, people
from camp.access import allow

bp = Blueprint("me", __name__)


@bp.get("/<camp>/me")
@allow("signed-in")
def show() -> ResponseReturnValue:
    """What this person has at the camp."""
    camp, viewer = access.the_camp(), access.viewer()
    ahead = 0
    if viewer.participant is not None and viewer.participant.state == "waiting":
        ahead = people.ahead_of(camp, viewer.participant)
    return render_template("camp/me.html", participant=viewer.participant, ahead=ahead,
                           pieces=panels.pieces(current_app, "me", camp, viewer))
