"""Setting up a camp: its settings, days and phases, and the style sheet of its colour."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from camp import access, camps, clock, colours, pages, phases, settings
from camp.access import allow
from camp.setup_forms import DayForm, PlacesForm, phase_of, settings_of
from camp.views.saving import locked, saved, went_through

bp = Blueprint("setup", __name__)


@bp.route("/<camp>/organise/settings", methods=["GET", "POST"])
@allow("organiser")
def change() -> ResponseReturnValue:
    """Title, address, place, zone, languages and hashtag."""
    camp, form = access.the_camp(), locked(settings_of(access.the_camp()), "settings")
    if form.validate_on_submit() and went_through(form, lambda: settings.change(
            camp, **form.values(), person_id=access.viewer().person_id)):
        return saved("opening.checklist", camp=camp.slug)
    return render_template("camp/settings.html", form=form), 422 if form.errors else 200


@bp.route("/<camp>/organise/days", methods=["GET", "POST"])
@allow("organiser")
def days() -> ResponseReturnValue:
    """The days of the camp, each with its places; a form for one more."""
    camp, form = access.the_camp(), DayForm()
    day = form.date.data
    if form.validate_on_submit() and day is not None and went_through(form, lambda: settings.add_day(
            camp, day, form.capacity.data, person_id=access.viewer().person_id)):
        return saved("setup.days")
    return render_template("camp/days.html", form=form, today=camps.today(camp)), 422 if form.errors else 200


@bp.post("/<camp>/organise/days/<int:day_id>")
@allow("organiser")
def places(day_id: int) -> ResponseReturnValue:
    """Give a day its own number of places; an empty field gives it the camp's."""
    form = PlacesForm()
    if not form.validate():
        return render_template("camp/days.html", form=DayForm(formdata=None), today=camps.today(access.the_camp()),
                               wrong=form, wrong_id=day_id), 422
    settings.change_day(access.the_camp(), day_id, form.capacity.data, person_id=access.viewer().person_id)
    return saved("setup.days")


@bp.post("/<camp>/organise/days/<int:day_id>/remove")
@allow("organiser")
def remove_day(day_id: int) -> ResponseReturnValue:
    """Take a day away."""
    settings.remove_day(access.the_camp(), day_id, person_id=access.viewer().person_id)
    return saved("setup.days")


@bp.get("/<camp>/organise/phases")
@allow("organiser")
def phase_list() -> ResponseReturnValue:
    """Which phases are open, and the buttons that open and close them at once."""
    spans, now = camps.spans(access.the_camp()), clock.now()
    return render_template("camp/phases.html", rows=phases.states(spans, now), spans=spans,
                           after=phases.next_to_open(spans, now), by_default=not spans)


@bp.route("/<camp>/organise/phases/<phase>", methods=["GET", "POST"])
@allow("organiser")
def phase(phase: str) -> ResponseReturnValue:
    """When a phase opens and closes."""
    camp = access.the_camp()
    if phase not in phases.NAMES:
        raise NotFound
    form = locked(phase_of(camps.spans(camp).get(phase), camp.timezone), f"phase {phase}")
    if form.validate_on_submit() and went_through(form, lambda: settings.plan_phase(
            camp, phase, form.mode.data, form.span(camp.timezone), person_id=access.viewer().person_id)):
        return saved("setup.phase_list")
    pages.belongs_to("organise.desk")
    return render_template("camp/phase.html", form=form, name=phase), 422 if form.errors else 200


@bp.post("/<camp>/organise/phases/<phase>/<any(open, close):act>")
@allow("organiser")
def turn(phase: str, act: str) -> ResponseReturnValue:
    """Open or close a phase at once."""
    verb = settings.open_phase if act == "open" else settings.close_phase
    verb(access.the_camp(), phase, person_id=access.viewer().person_id)
    return saved("setup.phase_list")


@bp.get("/<camp>/accent.css")
@allow("public")
def accent() -> ResponseReturnValue:
    """The camp's colour in both themes."""
    colour = access.the_camp().accent
    if not colour:
        raise NotFound
    return Response(colours.style_sheet(colour), content_type="text/css; charset=utf-8")
