"""Importing people in the browser: send a list in, say what its columns are, look at what would happen, import."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from camp import access, jobs, people_columns, people_import, uploads
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput, Conflict
from camp.forms import UploadForm
from camp.security import takes
from camp.tables import Problem, Unreadable
from camp.uploads import Upload

bp = Blueprint("imports", __name__)
_SHOWN = 5  # people that are shown


@bp.route("/<camp>/organise/import", methods=["GET", "POST"])
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
            sheet, broken = people_import.read(name, file.read(uploads.LARGEST + 1))
            fields = people_columns.guess(sheet.lines[0][1])
            made = uploads.keep(access.the_camp(), person, name, sheet, broken, fields)
        except Unreadable as error:
            form.file.errors = [_sentence(error.problem)]
        except BadInput as error:
            form.file.errors = [gettext(error.text, **error.values)]
        else:
            db.session.commit()
            return redirect(url_for("imports.show", upload_id=made.id), 303)
    return render_template("camp/import.html", form=form, size=uploads.LARGEST // 1024 // 1024,
                           most=uploads.MOST_LINES), 422 if form.errors else 200


@bp.get("/<camp>/organise/import/<int:upload_id>")
@allow("organiser")
def show(upload_id: int) -> ResponseReturnValue:
    """What the columns are, what would happen, and which lines are bad."""
    upload = _upload(upload_id)
    sheet, broken = uploads.sheet_of(upload)
    made = people_import.plan(access.the_camp(), upload.name, sheet, broken, upload.fields)
    heading = sheet.lines[0][1]
    columns = [(cell, upload.fields[n], sheet.sample(n)) for n, cell in enumerate(heading)]
    return render_template("camp/import_preview.html", upload=upload, columns=columns, fields=people_columns.FIELDS,
                           layout=people_columns.layout(heading), plan=made, shown=made.records[:_SHOWN],
                           problems=[(problem.line, _sentence(problem)) for problem in
                                     made.problems[:people_import.MOST_PROBLEMS]], lines=len(sheet.lines) - 1)


@bp.post("/<camp>/organise/import/<int:upload_id>/columns")
@allow("organiser")
def columns(upload_id: int) -> ResponseReturnValue:
    """Say what each column is."""
    upload = _upload(upload_id)
    wanted = [request.form.get(f"column-{n}", field) for n, field in enumerate(upload.fields)]
    if not set(wanted) <= people_columns.FIELDS.keys():
        raise BadInput(N_("There is no such column."), N_("Use the choices of the page."))
    upload.fields = wanted
    db.session.commit()
    return redirect(url_for("imports.show", upload_id=upload.id), 303)


@bp.post("/<camp>/organise/import/<int:upload_id>/start")
@allow("organiser")
def start(upload_id: int) -> ResponseReturnValue:
    """Queue the import."""
    upload, person = _upload(upload_id), access.viewer().person
    if missing := people_import.missing(upload.fields):
        raise BadInput(missing, N_("Say above which column it is."))
    args = {"upload": upload.id, "partial": request.form.get("partial") == "yes"}
    job = jobs.ask(access.the_camp(), "import", args, person.id if person else None)
    if job.args != args:
        raise Conflict(N_("Another list is being imported."), N_("Wait until it is in."))
    db.session.commit()
    return redirect(url_for("organise.job", job_id=job.id), 303)


@bp.post("/<camp>/organise/import/<int:upload_id>/drop")
@allow("organiser")
def drop(upload_id: int) -> ResponseReturnValue:
    """Throw the list away."""
    uploads.forget(_upload(upload_id).id)
    db.session.commit()
    flash(gettext("The list was thrown away; nothing of it is kept."), "ok")
    return redirect(url_for("imports.begin"), 303)


def _upload(upload_id: int) -> Upload:
    found = uploads.of(access.the_camp(), upload_id, people_columns.FIELDS)
    if found is None:
        raise NotFound
    return found


def _sentence(problem: Problem) -> str:
    return gettext(problem.text, **problem.values)
