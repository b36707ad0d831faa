"""Importing people in the browser: send a list in, say what its columns are, look at what would happen, import."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from camp import access, people_columns, people_import, uploads
from camp.access import allow
from camp.errors import N_, BadInput, Conflict
from camp.forms import UploadForm
from camp.security import takes
from camp.views import lists
from camp.views.queueing import queued

bp = Blueprint("imports", __name__)


@bp.route("/<camp>/organise/import", methods=["GET", "POST"])
@takes(lists.BODY)
@allow("organiser")
def begin() -> ResponseReturnValue:
    """Send a list in."""
    form = UploadForm()
    if made := lists.sent_in(form, people_import.read, people_columns.guess):
        return redirect(url_for("imports.show", upload_id=made.id), 303)
    return render_template("camp/import.html", form=form, size=uploads.LARGEST // 1024 // 1024,
                           most=uploads.MOST_LINES), 422 if form.errors else 200


@bp.get("/<camp>/organise/import/<int:upload_id>")
@allow("organiser")
def show(upload_id: int) -> ResponseReturnValue:
    """What the columns are, what would happen, and which lines are bad."""
    upload = lists.of(upload_id, people_columns.FIELDS)
    sheet, broken = uploads.sheet_of(upload)
    made = people_import.plan(access.the_camp(), upload.name, sheet, broken, upload.fields)
    return render_template("camp/import_preview.html", upload=upload, columns=lists.columns(upload, sheet),
                           fields=people_columns.FIELDS, layout=people_columns.layout(sheet.lines[0][1]), plan=made,
                           shown=made.records[:lists.SHOWN], problems=lists.told(made.problems),
                           lines=len(sheet.lines) - 1)


@bp.post("/<camp>/organise/import/<int:upload_id>/columns")
@allow("organiser")
def columns(upload_id: int) -> ResponseReturnValue:
    """Say what each column is."""
    lists.say_columns(lists.of(upload_id, people_columns.FIELDS), people_columns.FIELDS)
    return redirect(url_for("imports.show", upload_id=upload_id), 303)


@bp.post("/<camp>/organise/import/<int:upload_id>/start")
@allow("organiser")
def start(upload_id: int) -> ResponseReturnValue:
    """Queue the import."""
    upload = lists.of(upload_id, people_columns.FIELDS)
    if missing := people_import.missing(upload.fields):
        raise BadInput(missing, N_("Say above which column it is."))
    args = {"upload": upload.id, "partial": request.form.get("partial") == "yes"}
    return queued("import", args, Conflict(N_("Another list is being imported."), N_("Wait until it is in.")))


@bp.post("/<camp>/organise/import/<int:upload_id>/drop")
@allow("organiser")
def drop(upload_id: int) -> ResponseReturnValue:
    """Throw the list away."""
    lists.throw_away(lists.of(upload_id, people_columns.FIELDS))
    return redirect(url_for("imports.begin"), 303)
