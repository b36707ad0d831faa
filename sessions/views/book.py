"""The camp book: a page for everybody, the PDF, and the button that makes it."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from camp import access, jobs
from camp.access import allow
from camp.db import db
from camp.errors import N_, Conflict, NotFound
from camp.models import Camp
from sessions import book_files
from sessions.book import gather

bp = Blueprint("book", __name__)


@bp.get("/<camp>/book")
@allow("public")
def show() -> ResponseReturnValue:
    """The book as a page; before there is anything, when it begins."""
    camp = access.the_camp()
    return render_template("sessions/book.html", book=gather(camp), made=_made(camp))


@bp.get("/<camp>/book.pdf")
@allow("public")
def pdf() -> ResponseReturnValue:
    """The PDF that was made last."""
    camp = access.the_camp()
    path = book_files.kept_pdf(camp.id, str(get_locale()))
    if path is None:
        raise NotFound(N_("The PDF of the camp book has not been made yet."),
                       N_("Read the book as a page until then; the organisers make the PDF at their desk."))
    return send_file(path, mimetype="application/pdf", download_name=f"{camp.slug}-camp-book.pdf", max_age=0)


@bp.post("/<camp>/organise/book")
@allow("organiser")
def make() -> ResponseReturnValue:
    """Ask for the PDF."""
    camp = access.the_camp()
    if gather(camp).empty:
        raise Conflict(N_("There is nothing to print yet."),
                       N_("The book begins with the first agenda or the first notes."))
    person = access.viewer().person
    job = jobs.ask(camp, "book", {"link": url_for("book.pdf")}, person.id if person else None)
    db.session.commit()
    return redirect(url_for("organise.job", job_id=job.id), 303)


def _made(camp: Camp) -> datetime | None:
    """When the PDF was made that a reader gets, or None."""
    path = book_files.kept_pdf(camp.id, str(get_locale()))
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path else None
