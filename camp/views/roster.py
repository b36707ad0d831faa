"""The roster: read by the team, written by organisers; and my own shifts on my page."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue

from camp import access, pages, panels, roster
from camp.access import allow
from camp.models import Camp, Shift
from camp.team_forms import ShiftForm
from camp.views.saving import locked, saved, went_through

bp = Blueprint("roster", __name__)


def init_app(app: Flask) -> None:
    """Show my shifts on my page."""
    panels.register(app, "me", 5, _mine)


@bp.get("/<camp>/roster")
@allow("helper")
def show() -> ResponseReturnValue:
    """Every shift with its person and telephone number, and the hours that are still open."""
    camp = access.the_camp()
    rows = roster.shifts(camp)
    gaps = roster.open_hours(camp, rows)
    lines: list[Shift | roster.Gap] = [*gaps, *rows]
    days = sorted({one.date for one in lines})
    by_day = [(day, sorted((one for one in lines if one.date == day), key=lambda one: one.starts)) for day in days]
    return render_template("camp/roster.html", days=by_day, tasks=roster.TASKS, any=bool(rows))


@bp.route("/<camp>/organise/roster", methods=["GET", "POST"])
@allow("organiser")
def add() -> ResponseReturnValue:
    """One more shift; the next begins where it ends."""
    camp = access.the_camp()
    form = _form(camp, _begin(camp))
    kept: list[Shift] = []
    if form.validate_on_submit() and went_through(form, lambda: kept.append(roster.put(
            camp, None, form.duty(), person_id=access.viewer().person_id))):
        one = kept[0]
        if "more" in request.form:
            return saved("roster.add", date=one.date.isoformat(), starts=f"{one.ends:%H:%M}", task=one.task)
        return saved("roster.show")
    pages.belongs_to("organise.desk")
    return render_template("camp/shift.html", form=form, shift=None,
                           names=roster.names(camp)), 422 if form.errors else 200


@bp.route("/<camp>/organise/roster/<int:shift_id>", methods=["GET", "POST"])
@allow("organiser")
def edit(shift_id: int) -> ResponseReturnValue:
    """A shift."""
    camp = access.the_camp()
    shift = roster.of(camp, shift_id)
    form = locked(_form(camp, {name: getattr(shift, name) for name in (
        "task", "title", "date", "starts", "ends", "who", "phone")}), f"shift {shift_id}")
    if form.validate_on_submit() and went_through(form, lambda: roster.put(
            camp, shift, form.duty(), person_id=access.viewer().person_id)):
        return saved("roster.show")
    pages.belongs_to("organise.desk")
    return render_template("camp/shift.html", form=form, shift=shift,
                           names=roster.names(camp)), 422 if form.errors else 200


@bp.post("/<camp>/organise/roster/<int:shift_id>/remove")
@allow("organiser")
def remove(shift_id: int) -> ResponseReturnValue:
    """Take a shift away."""
    roster.remove(access.the_camp(), shift_id, person_id=access.viewer().person_id)
    return saved("roster.show")


def _form(camp: Camp, values: dict[str, Any]) -> ShiftForm:
    form = ShiftForm(data=values)
    form.set_days(camp)
    return form


def _begin(camp: Camp) -> dict[str, Any]:
    """What an empty form begins with: what a link of the roster says, such as an open hour."""
    args, found = request.args, dict[str, Any]()
    try:
        found = {"date": date.fromisoformat(args.get("date", "")), "starts": time.fromisoformat(args.get("starts", ""))}
        found["ends"] = time.fromisoformat(args.get("ends", ""))
    except ValueError:
        pass  # the link says less
    first = min((day.date for day in camp.days), default=None)
    task = args.get("task", "")
    return {"date": first, "task": task if task in roster.TASKS else roster.LEAD} | found


def _mine(camp: Camp, viewer: access.Viewer) -> str:
    mine = roster.of_participant(viewer.participant) if viewer.participant else ()
    return render_template("camp/own_shifts.html", shifts=mine, tasks=roster.TASKS,
                           way=url_for("roster.show") if viewer.may("helper") else "") if mine else ""
