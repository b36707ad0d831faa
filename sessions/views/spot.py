"""A session made right in a free cell of the board."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, camps
from camp.access import allow
from camp.models import Camp
from camp.views.saving import saved, went_through
from sessions import agenda, board_words, named, planning, spot, words
from sessions.plan_forms import SpotForm, cell_of
from sessions.standing import standing_of

bp = Blueprint("spot", __name__)


@bp.route("/<camp>/organise/plan/new", methods=["GET", "POST"])
@allow("moderator")
def new() -> ResponseReturnValue:
    """Title and host for a free cell; on the day it is public at once."""
    camp, form = access.the_camp(), SpotForm(cell=request.args.get("cell", ""))
    room, slot = cell_of(form.cell.data)
    if form.validate_on_submit() and _laid(camp, form, room, slot):
        return saved("planning.show", _("“%(title)s” has its cell.", title=form.title.data))
    out = agenda.current(camp) is not None
    if not form.is_submitted():
        form.public.data = out and camps.open_now(camp, "camp")
    people = named.people(camp) if access.viewer().may("organiser") else []  # moderators type it
    page = render_template("sessions/spot.html", form=form, place=board_words.place(standing_of(camp), room, slot),
                           names=people, out=out)
    return page, 422 if form.errors else 200


def _laid(camp: Camp, form: SpotForm, room: int, slot: int) -> bool:
    person_id = access.viewer().person_id

    def verb() -> None:
        try:
            spot.make(camp, form.title.data or "", form.host.data or "", room, slot, public=form.public.data,
                      person_id=person_id)
        except planning.Blocked as error:
            error.field = "cell"
            error.text, error.values = words.told_all(error.breaches, words.names_of(standing_of(camp))), {}
            raise

    return went_through(form, verb)
