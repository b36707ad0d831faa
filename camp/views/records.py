"""What was made and done at a camp: the catalogue of jobs, and the log."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from camp import access, jobs, log
from camp.access import allow
from camp.db import db
from camp.text import page_of

bp = Blueprint("records", __name__)
_PAGE = 50


@bp.get("/<camp>/organise/jobs")
@allow("organiser")
def job_list() -> ResponseReturnValue:
    """Every job of the camp, the newest first."""
    camp = access.the_camp()
    number, pages = page_of(jobs.count(camp), request.args.get("page", 1, type=int), _PAGE)
    rows = jobs.catalogue(camp, (number - 1) * _PAGE, _PAGE)
    return render_template("camp/jobs.html", rows=rows, title_of=jobs.title, number=number, pages=pages,
                           page_url=lambda n: url_for("records.job_list", page=n))


@bp.post("/<camp>/organise/jobs/<int:job_id>/again")
@allow("organiser")
def run_again(job_id: int) -> ResponseReturnValue:
    """Let the work of a job that ended be done once more."""
    camp, who = access.the_camp(), access.viewer().person
    found = jobs.of(camp, job_id)
    if found is None or who is None:
        raise NotFound
    job = jobs.again(camp, found, who.id)
    log.note("ran job again", camp_id=camp.id, person_id=who.id, job=job.id)
    db.session.commit()
    return redirect(url_for("organise.job", job_id=job.id), 303)


@bp.get("/<camp>/organise/log")
@allow("organiser")
def log_page() -> ResponseReturnValue:
    """Who did what and when."""
    camp = access.the_camp()
    number, pages = page_of(log.count(camp.id), request.args.get("page", 1, type=int), _PAGE)
    rows = log.entries(camp.id, (number - 1) * _PAGE, _PAGE)
    return render_template("camp/log.html", rows=rows, sentences=log.SENTENCES, number=number, pages=pages,
                           page_url=lambda n: url_for("records.log_page", page=n))
