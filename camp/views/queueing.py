"""What pages of long work share: ask for a job and go to its page, hand out the private file that one has made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from camp import access, jobs
from camp.db import db
from camp.errors import Conflict


def queued(name: str, args: dict[str, Any], busy: Conflict | None = None) -> ResponseReturnValue:
    """Ask for a job of this camp and lead to its page.

    One that is on its way already is shown in its place; `busy` is raised if that was asked for with other arguments.
    """
    job = jobs.ask(access.the_camp(), name, args, access.viewer().person_id)
    if busy is not None and job.args != args:
        raise busy
    db.session.commit()
    return redirect(url_for("organise.job", job_id=job.id), 303)


def handed_out(path: Path, name: str) -> Response:
    """A file for whoever may have it, under a name; nobody keeps it on the way."""
    response = send_file(path, mimetype="application/zip" if path.suffix == ".zip" else "application/pdf",
                         as_attachment=True, max_age=0, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response
