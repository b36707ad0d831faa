"""Importing proposals in the browser: send a list in, say what its columns are, look at what would happen, import."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.exceptions import NotFound

from camp import access, uploads
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput
from camp.forms import UploadForm
from camp.people_import import MOST_PROBLEMS
from camp.security import takes
from camp.tables import Problem, Unreadable
from camp.uploads import Upload
from sessions import proposal_file, proposal_import

bp = Blueprint("proposal_imports", __name__)
_SHOWN = 5  # proposals that are shown


@bp.route("/<camp>/organise/proposals/import", methods=["GET", "POST"])
@takes(uploads.LARGEST + 64 * 1024)
@allow("organiser")
def begin() -> ResponseReturnValue:
    """Send a list in."""
    form = UploadForm()
    if form.validate_on_submit():
        file, person = form.file.data, access.viewer().person
        assert person is not None
        name = file.filename or ""
        try:
            sheet, broken = proposal_import.read(name, file.read(uploads.LARGEST + 1))
            fields = proposal_file.guess(sheet.lines[0][1])
            made = uploads.keep(access.the_camp(), person, name, sheet, broken, fields)
        except Unreadable as error:
            form.file.errors = [_sentence(error.problem)]
        except BadInput as error:
            form.file.errors = [gettext(error.text, **error.values)]
        else:
            db.session.commit()
            return redirect(url_for("proposal_imports.show", upload_id=made.id), 303)
    return render_template("sessions/import.html", form=form, size=uploads.LARGEST // 1024 // 1024,
                           most=proposal_import.MOST), 422 if form.errors else 200


@bp.get("/<camp>/organise/proposals/import/<int:upload_id>")
@allow("organiser")
def show(upload_id: int) -> ResponseReturnValue:
    """What the columns are, what would happen, and which lines are bad."""
    return _preview(_upload(upload_id))


@bp.post("/<camp>/organise/proposals/import/<int:upload_id>/columns")
@allow("organiser")
def columns(upload_id: int) -> ResponseReturnValue:
    """Say what each column is."""
    upload = _upload(upload_id)
    wanted = [request.form.get(f"column-{n}", field) for n, field in enumerate(upload.fields)]
    if not set(wanted) <= proposal_file.FIELDS.keys():
        raise BadInput(N_("There is no such column."), N_("Use the choices of the page."))
    upload.fields = wanted
    db.session.commit()
    return redirect(url_for("proposal_imports.show", upload_id=upload.id), 303)


@bp.post("/<camp>/organise/proposals/import/<int:upload_id>/start")
@allow("organiser")
def start(upload_id: int) -> ResponseReturnValue:
    """Store the proposals: all of them, or without the bad lines if that was chosen."""
    camp, upload = access.the_camp(), _upload(upload_id)
    sheet, broken = uploads.sheet_of(upload)
    made = proposal_import.plan(camp, upload.name, sheet, broken, upload.fields)
    try:
        tally = proposal_import.carry_out(camp, made, partial=request.form.get("partial") == "yes",
                                          person_id=access.viewer().person_id)
    except proposal_import.BadLines as error:
        db.session.rollback()
        return _preview(_upload(upload_id), gettext(error.text, **error.values)), error.status
    uploads.forget(upload.id)
    db.session.commit()
    flash(ngettext("%(num)d proposal is new", "%(num)d proposals are new", tally.new) + ", "
          + ngettext("%(num)d was changed.", "%(num)d were changed.", tally.changed), "ok")
    return redirect(url_for("proposals.index"), 303)


@bp.post("/<camp>/organise/proposals/import/<int:upload_id>/drop")
@allow("organiser")
def drop(upload_id: int) -> ResponseReturnValue:
    """Throw the list away."""
    uploads.forget(_upload(upload_id).id)
    db.session.commit()
    flash(gettext("The list was thrown away; nothing of it is kept."), "ok")
    return redirect(url_for("proposal_imports.begin"), 303)


def _preview(upload: Upload, refusal: str = "") -> str:
    sheet, broken = uploads.sheet_of(upload)
    made = proposal_import.plan(access.the_camp(), upload.name, sheet, broken, upload.fields)
    chosen = [(cell, upload.fields[n], sheet.sample(n)) for n, cell in enumerate(sheet.lines[0][1])]
    return render_template("sessions/import_preview.html", upload=upload, columns=chosen, fields=proposal_file.FIELDS,
                           plan=made, shown=made.records[:_SHOWN], lines=len(sheet.lines) - 1, refusal=refusal,
                           problems=[(one.line, _sentence(one)) for one in made.problems[:MOST_PROBLEMS]])


def _upload(upload_id: int) -> Upload:
    found = uploads.of(access.the_camp(), upload_id, proposal_file.FIELDS)
    if found is None:
        raise NotFound
    return found


def _sentence(problem: Problem) -> str:
    return gettext(problem.text, **problem.values)
