"""Pages of joint projects: all of them, one, begin one, join and leave."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access
from camp.access import Viewer, allow
from camp.db import db
from camp.errors import CampError
from camp.forms import refuse
from camp.models import Camp
from sessions import outcomes, projects
from sessions.note_forms import ProjectForm

bp = Blueprint("projects", __name__)


@bp.get("/<camp>/projects")
@allow("public")
def index() -> ResponseReturnValue:
    """All joint projects of the camp."""
    return render_template("sessions/projects.html", rows=projects.all_of(access.the_camp()), kinds=projects.kinds)


@bp.get("/<camp>/projects/<int:project_id>")
@allow("public")
def show(project_id: int) -> ResponseReturnValue:
    """A project: its question, its people, when they meet."""
    project, session = projects.in_camp(access.the_camp(), project_id)
    return render_template("sessions/project.html", project=project, session=session, kinds=projects.kinds(project),
                           mine=projects.membership(project, access.viewer().participant),
                           is_founder=projects.is_founder)


@bp.route("/<camp>/sessions/<int:session_id>/project", methods=["GET", "POST"])
@allow("participant")
def found(session_id: int) -> ResponseReturnValue:
    """Begin a project from a session's notes; without notes the page says so and leads to them."""
    row = outcomes.row_of(access.the_camp(), session_id)
    form = ProjectForm(data={"question": row.outcome.question if row.outcome else ""})
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            project = projects.found(access.the_camp(), row.outcome, access.me(), form.title.data or "",
                                     form.question.data or "", form.next_date.data)
        except CampError as error:
            status = error.status
            refuse(form, error)
        else:
            db.session.commit()
            flash(_("“%(title)s” has begun. Tell the others: one tap and they are in.", title=project.title), "ok")
            return redirect(url_for("projects.show", project_id=project.id), 303)
    return render_template("sessions/project_new.html", form=form, row=row), status


@bp.post("/<camp>/projects/<int:project_id>/join")
@allow("participant")
def join(project_id: int) -> ResponseReturnValue:
    """One tap and the caller is in."""
    project, _session = projects.in_camp(access.the_camp(), project_id)
    projects.join(access.the_camp(), project, access.me())
    db.session.commit()
    said = {"text": _("You are in. The others see your name and organisation."),
            "undo": url_for("projects.leave", project_id=project_id)}
    flash(said, "ok")  # type: ignore[arg-type]  # base.html takes a sentence or a sentence with its way back
    return redirect(url_for("projects.show", project_id=project_id), 303)


@bp.post("/<camp>/projects/<int:project_id>/leave")
@allow("participant")
def leave(project_id: int) -> ResponseReturnValue:
    """One tap and the caller is out again."""
    project, _session = projects.in_camp(access.the_camp(), project_id)
    projects.leave(access.the_camp(), project, access.me())
    db.session.commit()
    flash(_("You are no longer in “%(title)s”.", title=project.title), "ok")
    return redirect(url_for("projects.show", project_id=project_id), 303)


def panel(camp: Camp, viewer: Viewer) -> str:
    """On my page: the projects in which I am."""
    if not viewer.is_participant or viewer.participant is None:
        return ""
    mine = projects.of_participant(viewer.participant)
    return render_template("sessions/projects_panel.html", projects=mine, kinds=projects.kinds) if mine else ""
