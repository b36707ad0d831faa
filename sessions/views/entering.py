"""Staff enters a proposal for somebody else, with all that a host could say."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, venue
from camp.access import allow
from camp.db import db
from camp.views.saving import saved, went_through
from sessions import entering, named, offers
from sessions.guest_forms import EnteredForm
from sessions.models import Session

bp = Blueprint("entering", __name__)


@bp.route("/<camp>/organise/proposals/new", methods=["GET", "POST"])
@allow("helper")
def new() -> ResponseReturnValue:
    """Title and host are enough; a host with an account gets a mail."""
    camp, made = access.the_camp(), list[Session]()
    form = EnteredForm()
    form.offer(offers.features(camp), venue.grid(camp).session_slots)

    def verb() -> None:
        made.append(entering.enter(camp, form.draft(), form.host.data or "", person_id=access.viewer().person_id))

    if form.validate_on_submit() and went_through(form, verb):
        db.session.flush()
        return saved("proposals.show", _("It is on the wall."), session_id=made[0].id)
    people = named.people(camp) if access.viewer().may("organiser") else []  # others type the name
    page = render_template("sessions/entered.html", form=form, tags=offers.tags(camp),
                           names=people)
    return page, 422 if form.errors else 200
