"""One person's badge as organisers see it: whether its code counts, print it, renew it, revoke it."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from badges import look, private_codes, revoking
from badges.views import mine
from camp import access, people
from camp.access import allow
from camp.models import Participant
from camp.views.saving import saved

bp = Blueprint("badge", __name__)


@bp.get("/<camp>/organise/people/<int:participant_id>/badge")
@allow("organiser")
def show(participant_id: int) -> ResponseReturnValue:
    """The badge of a person."""
    who = _who(participant_id)
    badge = revoking.badge_for(who)
    counts = badge is not None and revoking.counts(badge)
    return render_template("badges/badge.html", who=who, badge=badge, counts=counts, private=private_codes.of(who),
                           shown=mine.picture(access.the_camp(), who), layout=look.of(access.the_camp()).layout)


@bp.post("/<camp>/organise/people/<int:participant_id>/badge/renew")
@allow("organiser")
def renew(participant_id: int) -> ResponseReturnValue:
    """Give the badge another code; the one before counts no more."""
    camp, who = access.the_camp(), _who(participant_id)
    revoking.renew(camp, revoking.of_participant(who), current_app.config["CAMP"].badge_key,
                   person_id=access.viewer().person_id)
    return saved("badge.show", _("The badge has a new code. Print it and hand it out."), participant_id=who.id)


@bp.post("/<camp>/organise/people/<int:participant_id>/badge/revoke")
@allow("organiser")
def revoke(participant_id: int) -> ResponseReturnValue:
    """Take the code out of use."""
    camp, who = access.the_camp(), _who(participant_id)
    revoking.revoke(camp, revoking.of_participant(who), person_id=access.viewer().person_id)
    return saved("badge.show", _("The code of this badge opens no door any more."), participant_id=who.id)


@bp.post("/<camp>/organise/people/<int:participant_id>/badge/revoke-private")
@allow("organiser")
def revoke_private(participant_id: int) -> ResponseReturnValue:
    """End the private code, and the sign-in that it made."""
    camp, who = access.the_camp(), _who(participant_id)
    private_codes.revoke(camp, who, person_id=access.viewer().person_id)
    return saved("badge.show", _("The private code signs nobody in any more."), participant_id=who.id)


def _who(participant_id: int) -> Participant:
    who = people.of(access.the_camp(), participant_id)
    if who is None:
        raise NotFound
    return who
