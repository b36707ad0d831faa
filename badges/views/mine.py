"""My badge: how it will look, and what whoever scans it learns about me."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from badges import jobs, look, printing, private_codes, public_cards, revoking
from badges.forms import CardForm
from badges.views import pictures
from camp import access
from camp.access import Viewer, allow
from camp.models import Camp, Participant
from camp.views.saving import saved

bp = Blueprint("mine", __name__)


@bp.route("/<camp>/me/badge", methods=["GET", "POST"])
@allow("participant")
def show() -> ResponseReturnValue:
    """My badge as it will be printed, and the wish to be named to those who scan it."""
    camp, me = access.the_camp(), access.me()
    card = public_cards.of(me)
    form = CardForm(data={"shown": card is not None, "contact": card.contact if card else ""})
    if form.validate_on_submit():
        public_cards.put(camp, me, bool(form.shown.data), form.contact.data or "")
        return saved("mine.show")
    return render_template("badges/mine.html", form=form, shown=picture(camp, me),
                           made=revoking.badge_for(me) is not None,
                           private=private_codes.of(me)), 422 if form.errors else 200


@bp.post("/<camp>/me/badge/revoke-private")
@allow("participant")
def revoke_private() -> ResponseReturnValue:
    """End my own private code, and the sign-in that it made."""
    private_codes.revoke(access.the_camp(), access.me(), person_id=access.viewer().person_id)
    return saved("mine.show", _("The private code signs nobody in any more."))


def panel(camp: Camp, viewer: Viewer) -> str:
    """The badge on my page, for everybody who has a place or waits for one."""
    if not viewer.is_participant or viewer.participant is None:
        return ""
    return render_template("badges/my_panel.html", shown=picture(camp, viewer.participant))


def picture(camp: Camp, who: Participant) -> pictures.Shown:
    """The badge of somebody as it would be printed now; without a code as long as it has none."""
    config, chosen, badge = current_app.config["CAMP"], look.of(camp), revoking.badge_for(who)
    address = ""
    if badge is not None and revoking.counts(badge):
        address = printing.address_of(badge, config.badge_key, config.host)
    card = printing.card_of(who, address, jobs.words(camp), chosen.fields, printing.role_of(camp, who))
    return pictures.of(camp, card, look.common(camp), chosen.layout)
