"""On the day: a room is lost or a session called off, and an organiser takes one of the plans that are offered."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, clock
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput
from sessions import mending, words
from sessions.mend_forms import DamageForm, TakeForm
from sessions.planner import NoPlan
from sessions.planner.replan import KINDS, Offer
from sessions.standing import standing_of
from sessions.views.voting import vote_key

bp = Blueprint("mending", __name__)


@bp.get("/<camp>/organise/plan/mend")
@allow("organiser")
def show() -> ResponseReturnValue:
    """What happened, and the plans that mend it; nothing is written by looking."""
    camp, now = access.the_camp(), clock.now()
    standing = standing_of(camp, vote_key())
    form = DamageForm(request.args).offer(standing, mending.begun_of(standing, now, camp.timezone))
    names, stuck, lost = words.names_of(standing), "", 0
    offers: tuple[Offer, ...] = ()
    if form.validate():
        try:
            found = mending.offers(standing, form.damage(), now, camp.timezone)
            offers, lost = found.offers, len(found.lost)
        except NoPlan as error:
            stuck = words.told_all(error.breaches, names)
    told = [(offer, KINDS[offer.kind], [words.told_move(move, names) for move in offer.moves]) for offer in offers]
    return render_template("sessions/mend.html", form=form, offers=told, lost=lost, stuck=stuck,
                           version=mending.version_of(camp), asked=any(form.data.values())), 422 if form.errors else 200


@bp.post("/<camp>/organise/plan/mend")
@allow("organiser")
def take() -> ResponseReturnValue:
    """Put the plan of an offer in, with the damage that it mends."""
    form, person = TakeForm(), access.viewer().person
    if not form.validate():
        raise BadInput(N_("This is no offer."), N_("Look at the offers again."))
    mending.take(access.the_camp(), form.damage(), form.kind.data or "", int(form.version.data or 0), key=vote_key(),
                 person_id=person.id if person else None)
    db.session.commit()
    flash(_("The plan is mended. Publish it, so that everybody sees it."), "ok")
    return redirect(url_for("planning.show"), 303)
