"""Importing proposals in the browser: send a list in, say what its columns are, look at what would happen, import."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from camp import access, uploads
from camp.access import allow
from camp.db import db
from camp.forms import UploadForm
from camp.security import takes
from camp.tables import BadLines
from camp.uploads import Upload
from camp.views import lists
from sessions import proposal_file, proposal_import

bp = Blueprint("proposal_imports", __name__)


@bp.route("/<camp>/organise/proposals/import", methods=["GET", "POST"])
@takes(lists.BODY)
@allow("organiser")
def begin() -> ResponseReturnValue:
    """Send a list in."""
    form = UploadForm()
    if made := lists.sent_in(form, proposal_import.read, proposal_file.guess):
        return redirect(url_for("proposal_imports.show", upload_id=made.id), 303)
    return render_template("sessions/import.html", form=form, size=uploads.LARGEST // 1024 // 1024,
                           most=proposal_import.MOST), 422 if form.errors else 200


@bp.get("/<camp>/organise/proposals/import/<int:upload_id>")
@allow("organiser")
def show(upload_id: int) -> ResponseReturnValue:
    """What the columns are, what would happen, and which lines are bad."""
    return _preview(lists.of(upload_id, proposal_file.FIELDS))


@bp.post("/<camp>/organise/proposals/import/<int:upload_id>/columns")
@allow("organiser")
def columns(upload_id: int) -> ResponseReturnValue:
    """Say what each column is."""
    lists.say_columns(lists.of(upload_id, proposal_file.FIELDS), proposal_file.FIELDS)
    return redirect(url_for("proposal_imports.show", upload_id=upload_id), 303)


@bp.post("/<camp>/organise/proposals/import/<int:upload_id>/start")
@allow("organiser")
def start(upload_id: int) -> ResponseReturnValue:
    """Store the proposals: all of them, or without the bad lines if that was chosen."""
    camp, upload = access.the_camp(), lists.of(upload_id, proposal_file.FIELDS)
    sheet, broken = uploads.sheet_of(upload)
    made = proposal_import.plan(camp, upload.name, sheet, broken, upload.fields)
    try:
        tally = proposal_import.carry_out(camp, made, partial=request.form.get("partial") == "yes",
                                          person_id=access.viewer().person_id)
    except BadLines as error:
        db.session.rollback()
        return _preview(lists.of(upload_id, proposal_file.FIELDS), gettext(error.text, **error.values)), error.status
    uploads.forget(upload.id)
    db.session.commit()
    flash(ngettext("%(num)d proposal is new", "%(num)d proposals are new", tally.new) + ", "
          + ngettext("%(num)d was changed.", "%(num)d were changed.", tally.changed), "ok")
    return redirect(url_for("proposals.index"), 303)


@bp.post("/<camp>/organise/proposals/import/<int:upload_id>/drop")
@allow("organiser")
def drop(upload_id: int) -> ResponseReturnValue:
    """Throw the list away."""
    lists.throw_away(lists.of(upload_id, proposal_file.FIELDS))
    return redirect(url_for("proposal_imports.begin"), 303)


def _preview(upload: Upload, refusal: str = "") -> str:
    sheet, broken = uploads.sheet_of(upload)
    made = proposal_import.plan(access.the_camp(), upload.name, sheet, broken, upload.fields)
    return render_template("sessions/import_preview.html", upload=upload, columns=lists.columns(upload, sheet),
                           fields=proposal_file.FIELDS, plan=made, shown=made.records[:lists.SHOWN],
                           lines=len(sheet.lines) - 1, refusal=refusal, problems=lists.told(made.problems))
