"""The importing job: a list that was looked at becomes participants, whole or not at all; then the list goes."""

from __future__ import annotations

from typing import Any

from flask import current_app

from camp import people_columns, people_import, uploads
from camp.db import db, writing
from camp.errors import N_, NotFound
from camp.jobs import Cancelled, Progress
from camp.models import Camp
from camp.tables import BadLines


def import_people(progress: Progress, camp: Camp, args: dict[str, Any]) -> dict[str, Any]:
    """Import the list of `args["upload"]`; with `args["partial"]` without its bad lines. Raises BadLines, NotFound."""
    upload = uploads.of(camp, args["upload"], people_columns.FIELDS)
    if upload is None:
        raise NotFound(N_("The list is no longer there; it goes after the import, and after a day."),
                       N_("Send it in again."))
    sheet, broken = uploads.sheet_of(upload)
    name, fields = upload.name, upload.fields
    db.session.rollback()
    progress.tell(5, N_("Lines that are being read: %(count)s."), count=len(sheet.lines))
    made = people_import.plan(camp, name, sheet, broken, fields)
    db.session.rollback()
    if made.problems and not args["partial"]:
        raise BadLines(made.problems)
    progress.tell(40, N_("People who are being stored: %(count)s."), count=len(made.records))
    if progress.cancelled():
        raise Cancelled
    with writing():
        tallies = people_import.carry_out(camp, made, partial=args["partial"])
        uploads.forget(args["upload"])
    path = current_app.url_map.bind("").build("organise.people_list", {"camp": camp.slug})
    return {"link": path, "label": N_("To the people"), "note": N_("New: %(new)s, changed: %(changed)s, left out: "
            "%(left)s."), "note_values": {"new": tallies["people"].new, "changed": tallies["people"].changed,
                                          "left": len(made.problems) + made.cancelled}}
