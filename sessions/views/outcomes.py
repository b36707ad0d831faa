"""Pages of what sessions leave: all notes, one session's notes, and the form to write them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access
from camp.access import Viewer, allow
from camp.db import db
from camp.errors import CampError
from camp.forms import refuse
from camp.models import Camp
from sessions import outcomes, projects
from sessions.note_forms import NotesForm

bp = Blueprint("outcomes", __name__)


@bp.get("/<camp>/notes")
@allow("public")
def index() -> ResponseReturnValue:
    """All sessions and whether their notes are written."""
    rows, wanted = outcomes.rows(access.the_camp()), request.args.get("show", "all")
    kept = {"documented": (True,), "empty": (False,)}.get(wanted, (True, False))
    shown = [row for row in rows if (row.outcome is not None) in kept]
    return render_template("sessions/notes_index.html", rows=rows, shown=shown, wanted=wanted)


@bp.get("/<camp>/sessions/<int:session_id>/notes")
@allow("public")
def show(session_id: int) -> ResponseReturnValue:
    """A session's notes and the projects that began with them."""
    row = outcomes.row_of(access.the_camp(), session_id)
    return render_template("sessions/notes.html", row=row, projects=projects.of_outcome(row.outcome),
                           kinds=projects.kinds, membership=projects.membership)


@bp.route("/<camp>/sessions/<int:session_id>/notes/edit", methods=["GET", "POST"])
@allow("participant")
def edit(session_id: int) -> ResponseReturnValue:
    """Write a session's notes; a text that was saved in the meantime is shown beside one's own."""
    row = outcomes.row_of(access.the_camp(), session_id)
    form = NotesForm(obj=row.outcome if request.method == "GET" else None)
    theirs, status = None, 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        notes = outcomes.Notes(*(form[name].data or "" for name in outcomes.TEXTS))
        try:
            outcomes.record(access.the_camp(), row.session, notes, form.edit_number.data or 0, access.me().person_id)
        except outcomes.Overtaken as error:
            theirs, status = error.theirs, error.status
            form.edit_number.show(theirs.edit_number)
            refuse(form, error)
        except CampError as error:
            status = error.status
            refuse(form, error)
        else:
            db.session.commit()
            flash(_("Saved. Everybody can read it now."), "ok")
            return redirect(url_for("outcomes.show", session_id=session_id), 303)
    return render_template("sessions/notes_edit.html", form=form, row=row, theirs=theirs,
                           texts=outcomes.TEXTS), status


def desk_panel(camp: Camp, viewer: Viewer) -> str:
    """On the organisers' desk: how much is documented, and the camp book."""
    return render_template("sessions/notes_panel.html", share=outcomes.documented_share(camp))
