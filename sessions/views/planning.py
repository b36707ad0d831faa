"""The plan for organisers and moderators: the wall, the tray, moving by hand, making a plan, publishing."""

from __future__ import annotations

from datetime import date, time

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, jobs
from camp.access import Viewer, allow
from camp.db import db
from camp.errors import CampError
from camp.forms import refuse
from camp.models import Camp, Job
from camp.venue import Grid
from sessions import agenda, plan_forms, planning, timetable, words
from sessions.planner import score_of
from sessions.standing import standing_of
from sessions.views.voting import vote_key

bp = Blueprint("planning", __name__)


@bp.get("/<camp>/organise/plan")
@allow("moderator")
def show() -> ResponseReturnValue:
    """The plan as it stands."""
    camp = access.the_camp()
    standing = standing_of(camp, vote_key())
    grid, names = standing.grid, words.names_of(standing)
    wall = timetable.wall(timetable.rows(grid.slots, planning.cards(standing)), [room.id for room in grid.rooms])
    tray = [(row, words.told(row.breach, names) if row.breach else "") for row in planning.tray(standing)]
    return render_template(
        "sessions/plan.html", standing=standing, wall=wall, tray=tray,
        figures=score_of(standing.problem, standing.placed), closed=_closed(grid),
        agenda=agenda.current(camp), job=_running(camp))


@bp.route("/<camp>/organise/plan/<int:session_id>", methods=["GET", "POST"])
@allow("moderator")
def move(session_id: int) -> ResponseReturnValue:
    """Put a session into another cell; a rule that forbids it is said beside the field."""
    camp = access.the_camp()
    standing = standing_of(camp)
    session, why = planning.session_of(standing, session_id)
    form = plan_forms.of(standing, session_id)
    if not why and form.validate_on_submit():
        try:
            room, slot = form.cell()
            planning.move(camp, session_id, room, slot, pinned=form.pinned.data, person_id=_person_id())
        except planning.Blocked as error:
            for breach in error.breaches:
                form.refuse(breach, words.told(breach, words.names_of(standing)))
        except CampError as error:
            refuse(form, error)
        else:
            db.session.commit()
            flash(_("“%(title)s” has its cell.", title=session.title), "ok")
            return redirect(url_for("planning.show"), 303)
    placed = any(card.session_id == session_id for card in planning.cards(standing))
    return render_template("sessions/move.html", form=form, session=session, why=why, placed=placed), \
        422 if form.errors else 200


@bp.post("/<camp>/organise/plan/<int:session_id>/out")
@allow("moderator")
def take_out(session_id: int) -> ResponseReturnValue:
    """Take a session out of its cell."""
    planning.take_out(access.the_camp(), session_id, person_id=_person_id())
    db.session.commit()
    flash(_("The session lies in the tray again."), "ok")
    return redirect(url_for("planning.show"), 303)


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
    names = words.names_of(standing)
    return render_template("sessions/publish.html", agenda=agenda.current(camp), changes=agenda.changes(camp),
                           broken=dict.fromkeys(words.told(breach, names) for breach in planning.broken(standing)))


def _closed(grid: Grid) -> set[tuple[int, date, time]]:
    slots = {slot.id: slot for slot in grid.slots}
    return {(room, slots[slot].date, slots[slot].starts) for room, slot in grid.closed}


def _running(camp: Camp) -> Job | None:
    return next((job for job in jobs.latest(camp, "plan", 1) if job.state in ("queued", "running")), None)


def _person_id() -> int | None:
    person = access.viewer().person
    return person.id if person else None
