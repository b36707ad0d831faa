"""The job that sets the printed list of names: by itself at seven on each day of the camp; gone after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale

from badges import namelist
from badges.namelist import Line
from camp import camps, clock, jobs, log, pages, pdf, printed
from camp.db import db, writing
from camp.errors import N_
from camp.i18n import wall
from camp.jobs import Progress
from camp.models import Camp, Job
from camp.paths import STATIC

NAME = "names"
_SHEETS = [STATIC / "paper.css", STATIC / "paper-names.css"]


def print_names(progress: Progress, camp: Camp, args: dict[str, Any]) -> dict[str, Any]:
    """Set the list of a day as PDF; the camp's older ones go. `args`: day (ISO)."""
    day = date.fromisoformat(args["day"])
    found = namelist.lines(camp, day)
    page, camp_id = html(camp, day, found), camp.id
    path = current_app.url_map.bind("").build("namelists.download", {"camp": camp.slug})
    db.session.rollback()  # setting it takes seconds, and nothing is read any more
    name = printed.keep(current_app.config["CAMP"], camp_id, NAME, pdf.render_html(page, _SHEETS, STATIC))
    _remove(job for job in jobs.latest(camp, NAME, 20) if job.id != progress.job_id)
    with writing():
        log.note("printed the names", camp_id=camp_id, number=len(found))
    return {"file": name, "number": len(found), "link": path, "label": N_("Download the list of names")}


def html(camp: Camp, day: date, found: Sequence[Line]) -> str:
    """The list as a page for the printer, in the camp's first language."""
    def at(moment: datetime) -> str:
        return wall(clock.local(moment, camp.timezone).time())

    with force_locale(camp.languages[0]):
        return current_app.jinja_env.get_template("print/names.html").render(
            camp=camp, day=day, lines=found, walk_ins=namelist.WALK_INS, language=camp.languages[0],
            kinds=pages.KIND_LABELS, at=at, made=at(clock.now()))


def look() -> None:
    """Ask for each camp's list when its hour has come, and remove the lists of days that are over."""
    for camp_id in camps.before_their_end():
        camp = db.session.get_one(Camp, camp_id)
        day, kept = namelist.due(camp), jobs.latest(camp, NAME)
        _remove(job for job in kept if date.fromisoformat(job.args["day"]) < camps.today(camp))
        missing = day is not None and day.isoformat() not in [job.args["day"] for job in kept]
        db.session.rollback()
        if day is not None and missing:
            with writing():
                jobs.ask(db.session.get_one(Camp, camp_id), NAME, {"day": day.isoformat()}, None)


def newest(camp: Camp) -> tuple[Job, Path] | None:
    """The list that can be fetched, with the job that made it; none if there is none."""
    for job in jobs.latest(camp, NAME):
        if path := printed.stored(current_app.config["CAMP"], job):
            return job, path
    return None


def _remove(found: Iterable[Job]) -> None:
    for job in found:
        if path := printed.stored(current_app.config["CAMP"], job):
            path.unlink(missing_ok=True)
