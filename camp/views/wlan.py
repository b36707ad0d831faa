"""One-person WLAN codes: how many there are and whom they reach; more are added, the free ones thrown away."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from camp import access, wlan
from camp.access import allow
from camp.setup_forms import CodesForm
from camp.views.saving import saved, went_through

bp = Blueprint("wlan", __name__)


@bp.route("/<camp>/organise/wlan", methods=["GET", "POST"])
@allow("organiser")
def index() -> ResponseReturnValue:
    """How the codes stand, and a form for more."""
    camp, form, new = access.the_camp(), CodesForm(), [0]

    def add() -> None:
        new[0] = wlan.add(camp, form.codes.data or "", person_id=access.viewer().person_id)

    if form.validate_on_submit() and went_through(form, add):
        return saved("wlan.index", ngettext("One new code.", "%(num)d new codes.", new[0]))
    return render_template("camp/wlan.html", form=form, stock=wlan.stock(camp)), 422 if form.errors else 200


@bp.post("/<camp>/organise/wlan/drop")
@allow("organiser")
def drop() -> ResponseReturnValue:
    """Throw the codes away that nobody has."""
    wlan.drop_free(access.the_camp(), person_id=access.viewer().person_id)
    return saved("wlan.index")
