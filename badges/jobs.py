"""The printing job: badges for everybody, set as PDF, kept in the instance's folder until five newer ones exist."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select

from badges import printing, sheet
from badges.fit import TooLong
from badges.fonts import FontMissing
from camp import log
from camp.config import Config
from camp.db import db, writing
from camp.errors import N_, BadInput
from camp.jobs import Cancelled, Progress
from camp.models import Camp, Job
from camp.pages import KIND_LABELS
from camp.paths import VENDOR

KEPT = 5  # prints; each holds all names, so no more than are of use


def print_badges(progress: Progress, camp: Camp, args: dict[str, Any]) -> dict[str, Any]:
    """Print all badges of a camp: make the missing ones, set the sheet without holding the database, keep the file."""
    number = printing.somebody(camp)
    make_missing(camp)
    progress.tell(10, N_("%(number)s badges are being set."), number=number)
    if progress.cancelled():
        raise Cancelled
    content = pdf_of(camp)
    name = _keep(current_app.config["CAMP"], content)
    _forget_older(camp)
    path = current_app.url_map.bind("").build("sheets.download", {"camp": camp.slug, "job_id": progress.job_id})
    return {"file": name, "number": number, "link": path, "label": N_("Download the badges")}


def pdf_of(camp: Camp) -> bytes:
    """The badges of a camp as PDF, in the camp's first language. Reads only.

    Raises Conflict if nobody is admitted, BadInput when a text cannot be printed, with the text or script in question.
    """
    config: Config = current_app.config["CAMP"]
    language = camp.languages[0]
    with force_locale(language):
        kinds = {kind: gettext(label) for kind, label in KIND_LABELS.items()}
    cards = printing.cards(camp, config.badge_key, config.host, kinds)
    title = camp.title
    db.session.rollback()  # setting the sheet takes seconds, and nothing is read any more
    try:
        return sheet.render(cards, camp_title=title, language=language, fonts_dir=VENDOR)
    except FontMissing as error:
        raise _no_font(error) from error
    except TooLong as error:
        raise BadInput(N_("“%(words)s” is too long for a badge. Shorten it."), words=error.text[:60]) from error


def _no_font(error: FontMissing) -> BadInput:
    if not error.package:
        return BadInput(N_("No font has these characters: %(characters)s. Take them out of the text."),
                        characters=error.characters)
    return BadInput(N_("No font for %(script)s (%(characters)s) is installed. On Debian: apt-get install %(package)s"),
                    script=error.script, characters=error.characters, package=error.package)


def stored(config: Config, job: Job) -> Path | None:
    """The file that a printing job left, if it still exists."""
    name = job.result.get("file", "")
    path = config.folder / "files" / Path(name).name
    return path if name and path.is_file() else None


def prints(instance: Path, camp: Camp) -> list[Path]:
    """The files that the printing jobs of a camp left in the folder of an instance."""
    results = db.session.scalars(select(Job.result).where(Job.camp_id == camp.id, Job.name == "badges"))
    names = [Path(str(result.get("file", ""))).name for result in results]
    return [instance / "files" / name for name in names if name and (instance / "files" / name).is_file()]


def make_missing(camp: Camp) -> None:
    """Give every admitted participant a badge, in a writing transaction of its own."""
    with writing():
        made = printing.ensure_badges(camp, current_app.config["CAMP"].badge_key)
        if made:
            log.note("made badges", camp_id=camp.id, number=made)


def _keep(config: Config, content: bytes) -> str:
    folder = config.folder / "files"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{secrets.token_hex(16)}.pdf"
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return name


def _forget_older(camp: Camp) -> None:
    older = db.session.scalars(select(Job).where(Job.camp_id == camp.id, Job.name == "badges", Job.state == "done")
                               .order_by(Job.id.desc()).offset(KEPT - 1)).all()
    for job in older:
        if path := stored(current_app.config["CAMP"], job):
            path.unlink(missing_ok=True)
    db.session.rollback()
