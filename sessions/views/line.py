"""The line on a phone: stand in line with one's topic, see who is next; and what newcomers wish, on my page."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, camps
from camp.access import Viewer, allow
from camp.db import db
from camp.errors import CampError
from camp.forms import refuse
from camp.models import Camp, Participant
from camp.views.saving import saved
from sessions import introductions, live, pitches, proposals, stage
from sessions.models import Session
from sessions.pitch_forms import LineForm

bp = Blueprint("line", __name__)


@bp.get("/<camp>/pitch")
@allow("public")
def show() -> ResponseReturnValue:
    """Who is on the stage and who is next; registered people stand in line here."""
    return _page(LineForm(formdata=None))


@bp.post("/<camp>/pitch")
@allow("participant")
def join() -> ResponseReturnValue:
    """Stand in line with a proposal or with a new title."""
    camp, me, form = access.the_camp(), access.me(), LineForm().offer([], "")
    if form.validate_on_submit():
        try:
            session = proposals.of(camp, form.session.data) if form.session.data else None
            pitches.join(camp, participant=me, session=session, title=form.title.data or "")
        except CampError as error:
            db.session.rollback()
            refuse(form, error)
        else:
            db.session.commit()
            flash(_("You stand in line. The stage calls you."), "ok")
            return redirect(url_for("line.show"), 303)
    return _page(form), 422


@bp.post("/<camp>/pitch/<int:turn_id>/leave")
@allow("participant")
def leave(turn_id: int) -> ResponseReturnValue:
    """Step out of the line."""
    pitches.leave(access.the_camp(), turn_id, access.me())
    db.session.commit()
    flash(_("You no longer stand in line."), "ok")
    return redirect(url_for("line.show"), 303)


@bp.post("/<camp>/me/introduction")
@allow("participant")
def wish() -> ResponseReturnValue:
    """Keep what I wish for the first hour."""
    introductions.wish(access.me(), cloud=request.form.get("cloud") == "yes", buddy=request.form.get("buddy", ""))
    return saved("me.show")


def my_panel(camp: Camp, viewer: Viewer) -> str:
    """On my page: hashtags on the beamer, to have or be a buddy; and the way into the line while the round goes on."""
    if not viewer.is_participant or viewer.participant is None or camps.stage(camp) == "follow-up":
        return ""
    me = viewer.participant
    return render_template("sessions/introduction_panel.html", me=me, wish=introductions.of(me),
                           buddies=introductions.buddies(camp, me), live=live.is_live(camp))


def home_panel(camp: Camp, viewer: Viewer) -> str:
    """On the first page: the way to the line while the round goes on."""
    return render_template("sessions/line_panel.html") if live.is_live(camp) else ""


def _page(form: LineForm) -> str:
    camp, viewer = access.the_camp(), access.viewer()
    me = viewer.participant if viewer.is_participant else None
    line = pitches.line(camp)
    form.offer(_mine(camp, me), _("A new topic"))
    return render_template("sessions/line.html", form=form, me=me, line=line, on_stage=stage.on_stage(camp),
                           live=live.is_live(camp), outlook=stage.outlook(camp, line), mark=live.line_mark(camp))


def _mine(camp: Camp, me: Participant | None) -> list[Session]:
    taken = pitches.sessions_of(camp)
    return [one for one in proposals.hosted_by(me) if one.state == "proposed" and one.id not in taken] if me else []
