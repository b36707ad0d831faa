"""My page: my place, and what the wings know of me."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from camp import access, camps, panels, places, registration, wlan
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput

bp = Blueprint("me", __name__)


@bp.get("/<camp>/me")
@allow("signed-in")
def show() -> ResponseReturnValue:
    """What this person has at the camp."""
    camp, viewer = access.the_camp(), access.viewer()
    ahead = 0
    if viewer.participant is not None and viewer.participant.state == "waiting":
        ahead = places.ahead_of(camp, viewer.participant)
    return render_template("camp/me.html", participant=viewer.participant, ahead=ahead,
                           registering=camps.open_now(camp, "registration"),
                           code=wlan.shown(camp, viewer.participant) if viewer.participant else "",
                           pieces=panels.pieces(current_app, "me", camp, viewer))


@bp.post("/<camp>/me/place")
@allow("signed-in")
def place() -> ResponseReturnValue:
    """Take an offered place, give mine back or leave the line, or register again."""
    camp, who = access.the_camp(), access.viewer().participant
    if who is None:
        return redirect(url_for("register.form"), 303)
    verbs = {"accept": registration.accept, "leave": registration.leave, "again": registration.come_again}
    verb = verbs.get(request.form.get("answer", ""))
    if verb is None:
        raise BadInput(N_("There is no such answer."), N_("Use the buttons of the page."))
    verb(camp, who)
    db.session.commit()
    return redirect(url_for("me.show"), 303)
