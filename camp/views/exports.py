"""What organisers take out: the people as CSV or Excel file, and the catering sheet."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from camp import access, camps, catering, exports, groups, people, people_export, spreadsheet
from camp.access import allow
from camp.groups import Group
from camp.models import Participant
from camp.pages import KIND_LABELS

bp = Blueprint("exports", __name__)


@bp.get("/<camp>/organise/people.<any(csv, xlsx):kind>")
@allow("organiser")
def people_file(kind: str) -> ResponseReturnValue:
    """The people whom the list shows, as a file."""
    camp = access.the_camp()
    found, _, _ = chosen(request.args)
    kinds = {name: gettext(label) for name, label in KIND_LABELS.items()}
    rows = people_export.rows(camp, found, gettext, kinds)
    heading = people_export.heading(camp, gettext)
    if kind == "xlsx":
        content, mime = spreadsheet.write(gettext("People"), heading, rows), spreadsheet.MIME
    else:
        content, mime = exports.csv_of(heading, people_export.in_words(rows, gettext)), exports.MIME
    name = f"people-{camp.slug}-{camps.today(camp)}.{kind}"
    return Response(content, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def chosen(args: Any) -> tuple[list[Participant], str, Group | None]:
    """The participants that a request asks for, by words and group; raises NotFound for a group that there is not."""
    wanted, name = args.get("q", "").strip()[:100], args.get("group", "")
    group = groups.of(current_app).get(name)
    if name and group is None:
        raise NotFound
    camp = access.the_camp()
    return people.search(camp, wanted, group.condition(camp) if group else None), wanted, group


@bp.get("/<camp>/organise/catering")
@allow("organiser")
def catering_sheet() -> ResponseReturnValue:
    """What is eaten on each day, for a show rate."""
    camp = access.the_camp()
    known = catering.show_rate(camp)
    percent = max(1, min(100, request.args.get("rate", known.percent or 100, type=int)))
    return render_template("camp/catering.html", sheets=catering.sheets(camp, percent), percent=percent, known=known)
