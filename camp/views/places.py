"""Places, for organisers: the rules, the adviser on overbooking, and those who wait, admitted singly or by filter."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from werkzeug.exceptions import NotFound

from camp import access, people, place_rules, places, registration
from camp import waiting as adviser
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput, Conflict
from camp.models import KINDS
from camp.registration_forms import RulesForm
from camp.views.saving import locked, went_through

bp = Blueprint("places", __name__)


@bp.route("/<camp>/organise/places", methods=["GET", "POST"])
@allow("organiser")
def rules() -> ResponseReturnValue:
    """How places are given, and how many people to admit."""
    camp = access.the_camp()
    form = locked(RulesForm(obj=places.rules(camp)), "places")
    if form.validate_on_submit() and went_through(form, lambda: place_rules.change(camp, **form.values())):
        db.session.commit()
        flash(ngettext("Saved. %(num)d place is free.", "Saved. %(num)d places are free.",
                       max(0, min(places.free(camp).values()))), "ok")
        return redirect(url_for("places.rules"), 303)
    past = place_rules.past(camp)
    seats = min((places.seats(camp, day) for day in camp.days), default=camp.capacity)
    rate = _rate(adviser.show_rate([(one.admitted, one.arrived) for one in past]))
    points = adviser.curve(seats, rate) if rate else []
    return render_template("camp/places.html", form=form, past=past, seats=seats, rate=rate, points=points, limit=0.05,
                           best=adviser.most_to_admit(seats, rate) if rate else seats), 422 if form.errors else 200


def _rate(known: float | None) -> float | None:
    """The show rate to reckon with: typed as per cent, else that of past camps."""
    typed = request.args.get("rate", type=float)
    return typed / 100 if typed and 1 <= typed <= 100 else known


@bp.get("/<camp>/organise/waiting")
@allow("organiser")
def waiting() -> ResponseReturnValue:
    """Who waits, by filter."""
    camp, wanted = access.the_camp(), _filter(request.args.get)
    return render_template("camp/waiting.html", rows=place_rules.waiting(camp, wanted), wanted=wanted, kinds=KINDS,
                           free=max(0, min(places.free(camp).values())), rules=places.rules(camp))


@bp.post("/<camp>/organise/waiting")
@allow("organiser")
def admit() -> ResponseReturnValue:
    """Give a place to one person, or to all whom the filter shows, if they are still as many as were shown."""
    camp, wanted = access.the_camp(), _filter(request.form.get)
    one = request.form.get("who", type=int)
    if one and people.of(camp, one) is None:
        raise NotFound
    ids = [one] if one else [who.id for who in place_rules.waiting(camp, wanted)]
    if not one and request.form.get("number", type=int) != len(ids):
        raise Conflict(N_("Others wait now than this page showed."), N_("Look again, then admit them."))
    if not ids:
        raise BadInput(N_("Nobody is meant."), N_("Use the buttons of the page."))
    done = registration.admit(camp, ids)
    db.session.commit()
    flash(ngettext("%(num)d person has a place now and gets a mail.", "%(num)d people have a place now and get a mail.",
                   done), "ok")
    return redirect(url_for("places.waiting", kind=wanted.kind or None, first="1" if wanted.first_time else None,
                            q=wanted.words or None), 303)


def _filter(get: object) -> place_rules.Filter:
    assert callable(get)
    kind = get("kind", "")
    return place_rules.Filter(kind if kind in KINDS else "", get("first", "") == "1", get("q", "").strip()[:100])
