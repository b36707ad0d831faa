"""Organisers say which session is the one for newcomers, and who offers it; newcomers are shown the way to it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, camps, pages
from camp.access import Viewer, allow
from camp.models import Camp
from camp.views.saving import saved, went_through
from sessions import agenda, named, newcomers, proposals
from sessions.guest_forms import OfferForm

bp = Blueprint("newcomers", __name__)


@bp.get("/<camp>/organise/newcomers")
@allow("organiser")
def edit() -> ResponseReturnValue:
    """Which session it is, and the forms to choose another one or to offer a new one."""
    camp = access.the_camp()
    form = OfferForm(formdata=None, data={"title": _("New here? How a barcamp works")})
    return _page(camp, form), 200


@bp.post("/<camp>/organise/newcomers/choose")
@allow("organiser")
def choose() -> ResponseReturnValue:
    """Choose a session of the wall, or none."""
    camp, wanted = access.the_camp(), request.form.get("session", 0, type=int)
    newcomers.choose(camp, proposals.of(camp, wanted) if wanted else None, person_id=access.viewer().person_id)
    return saved("newcomers.edit")


@bp.post("/<camp>/organise/newcomers")
@allow("organiser")
def offer() -> ResponseReturnValue:
    """Put a new one on the wall, with who offers it."""
    camp, form = access.the_camp(), OfferForm()
    if form.validate_on_submit() and went_through(form, lambda: newcomers.offer(
            camp, form.title.data or "", form.host.data or "", person_id=access.viewer().person_id)):
        return saved("newcomers.edit")
    return _page(camp, form), 422


def panel(camp: Camp, viewer: Viewer) -> str:
    """On the first page, and on a newcomer's own: which session is for them, where and when."""
    found = newcomers.of(camp)
    if found is None or camps.stage(camp) == "follow-up":
        return ""
    return render_template("sessions/newcomers_panel.html", session=found, entry=agenda.where_is(camp, found.id))


def my_panel(camp: Camp, viewer: Viewer) -> str:
    """On the page of whoever is here for the first time."""
    new = viewer.is_participant and viewer.participant is not None and viewer.participant.first_time
    return panel(camp, viewer) if new else ""


def _page(camp: Camp, form: OfferForm) -> str:
    pages.belongs_to("planning.show")
    return render_template("sessions/newcomers.html", form=form, session=newcomers.of(camp),
                           sessions=newcomers.choices(camp), names=named.people(camp))
