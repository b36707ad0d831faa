"""The page on which organisers say what the camp wants of its plan beside the wishes."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from camp import access
from camp.access import allow
from camp.views.saving import locked, saved, went_through
from sessions import wants, wants_forms

bp = Blueprint("wants", __name__)


@bp.route("/<camp>/organise/plan/wants", methods=["GET", "POST"])
@allow("organiser")
def edit() -> ResponseReturnValue:
    """What the camp wants; a plan that stands is not changed by it."""
    camp = access.the_camp()
    form = locked(wants_forms.of(wants.of(camp)), "plan wishes")
    if form.validate_on_submit() and went_through(form, lambda: wants.change(
            camp, form.wants(), person_id=access.viewer().person_id)):
        return saved("drafts.show")
    return render_template("sessions/wants.html", form=form), 422 if form.errors else 200
