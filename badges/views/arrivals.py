"""The organisers' view of the doors: who is here, by the minute; who did not come; notes to the staff; undoing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from badges import arrivals, namelist_jobs, notes
from badges.forms import NoteForm
from camp import access, camps, people, plots
from camp.access import allow
from camp.db import db
from camp.errors import N_
from camp.forms import sentences
from camp.models import Camp, Participant
from camp.pages import KIND_LABELS

bp = Blueprint("arrivals", __name__)
_MOST = 20  # people found at a time
SOURCE_LABELS = {"registered": N_("Registered themselves"), "imported": N_("Imported from a list"),
                 "curated": N_("Admitted by the organisers"), "walk-in": N_("Without registration"),
                 "": N_("Loaded from files")}


@bp.get("/<camp>/organise/arrivals")
@allow("organiser")
def show() -> ResponseReturnValue:
    """Who is here: asked anew every ten seconds while the page is open."""
    camp = access.the_camp()
    if request.headers.get("HX-Request"):
        return render_template("badges/arrivals_live.html", **_live(camp))
    wanted = request.args.get("q", "")
    found = people.search(camp, wanted)[:_MOST] if wanted.strip() else []
    return render_template("badges/arrivals.html", turnout=arrivals.turnout(camp), kinds=KIND_LABELS, wanted=wanted,
                           sources=SOURCE_LABELS, found=[(who, _form(who)) for who in found],
                           inside=_inside(camp, found), names=namelist_jobs.newest(camp), **_live(camp))


@bp.post("/<camp>/organise/arrivals/<int:participant_id>/note")
@allow("organiser")
def note(participant_id: int) -> ResponseReturnValue:
    """What the staff at the door is told about a participant; an empty text takes it away."""
    who, form = _participant(participant_id), NoteForm()
    if form.validate_on_submit():
        notes.put(access.the_camp(), who, form.text.data or "", person_id=access.viewer().person_id)
        db.session.commit()
        flash(_("Every door knows it at its next contact."), "ok")
    else:
        flash(sentences(form), "bad")
    return redirect(url_for("arrivals.show", q=who.name), 303)


@bp.post("/<camp>/organise/arrivals/<int:participant_id>/undo")
@allow("organiser")
def undo(participant_id: int) -> ResponseReturnValue:
    """Take back that somebody came in today; the scans stay, marked as undone."""
    who = _participant(participant_id)
    arrivals.take_back(access.the_camp(), who, person_id=access.viewer().person_id)
    db.session.commit()
    flash(_("%(name)s counts as not here.", name=who.name), "ok")
    return redirect(url_for("arrivals.show", q=who.name), 303)


def _live(camp: Camp) -> dict[str, object]:
    day = arrivals.shown_day(camp)
    curve = arrivals.curve(camp, day)
    drawn = plots.curves([at for at, _ in curve], {"here": [number for _, number in curve]}) if curve else None
    return {"count": arrivals.head_count(camp), "curve": curve, "plot": drawn, "doubles": arrivals.doubles(camp, day),
            "provisional": arrivals.provisional(camp), "despite": arrivals.despite(camp, day)}


def _inside(camp: Camp, found: list[Participant]) -> frozenset[int]:
    return arrivals.inside(camp, camps.today(camp), [who.id for who in found])


def _form(who: Participant) -> NoteForm:
    return NoteForm(formdata=None, text=notes.of(who))


def _participant(participant_id: int) -> Participant:
    found = people.of(access.the_camp(), participant_id)
    if found is None:
        raise NotFound
    return found
