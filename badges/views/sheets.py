"""Badge sheets: how many there are, print them, fetch the file."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from badges import printing
from badges.jobs import KEPT, stored
from camp import access, jobs
from camp.access import allow
from camp.db import db

bp = Blueprint("sheets", __name__)


@bp.get("/<camp>/organise/badges")
@allow("organiser")
def index() -> ResponseReturnValue:
    """How many badges there are, and the latest prints."""
    camp = access.the_camp()
    prints = [(job, stored(current_app.config["CAMP"], job)) for job in jobs.latest(camp, "badges", KEPT)]
    return render_template("badges/sheets.html", numbers=printing.numbers(camp), prints=prints)


@bp.post("/<camp>/organise/badges")
@allow("organiser")
def print_all() -> ResponseReturnValue:
    """Queue a print of everybody's badges."""
    camp, person = access.the_camp(), access.viewer().person
    printing.somebody(camp)
    job = jobs.ask(camp, "badges", {}, person.id if person else None)
    db.session.commit()
    return redirect(url_for("organise.job", job_id=job.id), 303)


@bp.get("/<camp>/organise/badges/<int:job_id>.pdf")
@allow("organiser")
def download(job_id: int) -> ResponseReturnValue:
    """The PDF of a print; only while it is kept."""
    camp = access.the_camp()
    job = jobs.of(camp, job_id)
    path = stored(current_app.config["CAMP"], job) if job and job.name == "badges" else None
    if path is None:
        raise NotFound
    response = send_file(path, mimetype="application/pdf", as_attachment=True, max_age=0,
                         download_name=f"badges-{camp.slug}-{job_id}.pdf")
    response.headers["Cache-Control"] = "no-store"
    return response
