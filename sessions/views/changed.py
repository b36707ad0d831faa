"""What changed since a version or in a time range of one's own, as a page and as paper for the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from camp import access, clock
from camp.access import allow
from camp.models import Camp
from sessions import agenda, changed, paper_files
from sessions.agenda import Changes
from sessions.models import Agenda
from sessions.plan_forms import ChangedForm

bp = Blueprint("changed", __name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The changes of a page: against which version (none: before the first), until which (none: now), and the form."""

    form: ChangedForm
    versions: list[Agenda]
    since: Agenda | None
    until: Agenda | None
    found: Changes | None


@bp.get("/<camp>/organise/plan/changed")
@allow("moderator")
def show() -> ResponseReturnValue:
    """What is moved, cancelled and new since the version that was chosen; without a choice since the one before."""
    asked = _asked(access.the_camp())
    kept: dict[str, Any] = {name: text for name, text in request.args.items() if name in asked.form._fields and text}
    return render_template("sessions/what_changed.html", asked=asked, form=asked.form, found=asked.found,
                           pdf=url_for("changed.pdf", **kept)), 422 if asked.form.errors else 200


@bp.get("/<camp>/organise/plan/changed.pdf")
@allow("moderator")
def pdf() -> ResponseReturnValue:
    """The same in large letters, to hang up."""
    camp = access.the_camp()
    asked = _asked(camp)
    if asked.found is None or asked.form.errors:
        raise NotFound
    content = paper_files.changes(camp, asked.found, asked.since, asked.until, asked.form.begins.data,
                                  asked.form.ends.data)
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="changes-{camp.slug}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _asked(camp: Camp) -> _Asked:
    form, versions = ChangedForm(request.args, meta={"csrf": False}), list(agenda.versions(camp))
    form.since.choices = [(one.number, str(one.number)) for one in versions]
    if not versions or not form.validate():
        return _Asked(form, versions, None, None, None)
    newest = versions[0].number
    form.since.data = min(max(1, form.since.data or newest - 1), newest)
    since = next(one for one in versions if one.number == form.since.data)
    if form.changed_from.data:
        since = changed.in_force(camp, _utc(form.changed_from.data, camp))  # type: ignore[assignment]
    until = changed.in_force(camp, _utc(form.changed_until.data, camp)) if form.changed_until.data else None
    found = changed.within(changed.between(camp, since, until), form.begins.data, form.ends.data)
    return _Asked(form, versions, since, until, found)


def _utc(wall: datetime, camp: Camp) -> datetime:
    return clock.at(wall.date(), wall.time(), camp.timezone)
