"""The plan for organisers and moderators: the wall, the tray, moving by hand, making a plan, publishing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, jobs
from camp.access import Viewer, allow
from camp.db import db
from camp.models import Camp, Job
from sessions import agenda, planning, words
from sessions.planner.rules import firm
from sessions.standing import standing_of
from sessions.views import board, quality

bp = Blueprint("planning", __name__)


@bp.get("/<camp>/organise/plan")
@allow("moderator")
def show() -> ResponseReturnValue:
    """The plan as it stands: the board."""
    camp = access.the_camp()
    board_now = board.context(camp)
    return render_template("sessions/plan.html", job=_running(camp), proof=quality.proven(camp, board_now["standing"]),
                           **board_now)


@bp.route("/<camp>/organise/plan/<int:session_id>", methods=["GET", "POST"])
@allow("moderator")
def move(session_id: int) -> ResponseReturnValue:
    """Put a session into another cell; the page has a button for each, with what would happen."""
    return board.move(session_id) if request.method == "POST" else board.move_page(session_id)


@bp.get("/<camp>/organise/publish")
@allow("organiser")
def publish_page() -> ResponseReturnValue:
    """What publishing would change, and for how many people."""
    return _publish_page(access.the_camp())


@bp.post("/<camp>/organise/publish")
@allow("organiser")
def publish() -> ResponseReturnValue:
    """Publish the next version of the agenda; what the plan breaks by now is said on the page."""
    try:
        made = agenda.publish(access.the_camp(), person_id=_person_id())
    except planning.Blocked as error:
        return _publish_page(access.the_camp()), error.status
    db.session.commit()
    flash(_("Version %(number)s of the agenda is out.", number=made.number), "ok")
    return redirect(url_for("agenda.show"), 303)


def desk_panel(camp: Camp, viewer: Viewer) -> str:
    """On the desk: how much is placed, which version is out, and whether they differ."""
    standing = standing_of(camp)
    return render_template("sessions/plan_panel.html", placed=len(standing.placed), everything=len(standing.sessions),
                           left_out=len(standing.left_out), agenda=agenda.current(camp), changes=agenda.changes(camp))


def _publish_page(camp: Camp) -> str:
    standing = standing_of(camp)
    names, broken = words.names_of(standing), planning.broken(standing)
    forbidden = firm(broken)
    bent = [breach for breach in broken if breach not in forbidden]
    return render_template("sessions/publish.html", agenda=agenda.current(camp), changes=agenda.changes(camp),
                           broken=dict.fromkeys(words.told(breach, names) for breach in forbidden),
                           bent=dict.fromkeys(words.told(breach, names) for breach in bent))


def _running(camp: Camp) -> Job | None:
    return next((job for job in jobs.latest(camp, "plan", 1) if job.state in ("queued", "running")), None)


def _person_id() -> int | None:
    person = access.viewer().person
    return person.id if person else None
