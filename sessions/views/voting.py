"""Voting: one tap to say "I will come", one to take it back, with and without scripts."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from camp import access, camps, ways
from camp.access import Viewer, allow
from camp.db import db
from camp.errors import N_, BadInput, CampError
from camp.i18n import told
from camp.models import Camp
from sessions import kinds, proposals, voting

bp = Blueprint("voting", __name__)


@bp.post("/<camp>/proposals/<int:session_id>/vote")
@allow("participant")
def cast(session_id: int) -> ResponseReturnValue:
    """Take a wish or its end; with htmx only the button comes back, else the page it stood on."""
    camp, me = access.the_camp(), access.me()
    wanted = request.form.get("wanted")
    try:
        session = proposals.of(camp, session_id)
        if wanted not in ("yes", "no"):
            raise BadInput(N_("This vote says neither yes nor no."), N_("Use the button on the page."))
        voting.cast(camp, session, me, wanted == "yes", vote_key())
    except CampError as error:
        if not by_htmx():
            raise
        return render_template("sessions/vote.html", session_id=session_id, refusal=" ".join(told(error))), 422
    db.session.commit()
    if by_htmx():
        return render_template("sessions/vote.html", session=session, ballot=ballot(), budget=voting.rules(camp).budget)
    back = ways.own_referrer() or url_for("proposals.index")
    return redirect(f"{back}#session-{session_id}", 303)


def vote_key() -> str:
    """The key that links votes to people; only handed on."""
    key: str = current_app.config["CAMP"].vote_key
    return key


def ballot() -> frozenset[int]:
    """The ids of the proposals to which the viewer said yes; none for who takes no part."""
    viewer = access.viewer()
    if not viewer.is_participant or viewer.participant is None:
        return frozenset()
    return voting.ballot_of(access.the_camp(), viewer.participant, vote_key())


def by_htmx() -> bool:
    """Whether a part of the page is asked for."""
    return request.headers.get("HX-Request") == "true"


def seed() -> str:
    """What draws the order: a participant keeps one for the whole camp; for everybody else the day draws it."""
    camp, viewer = access.the_camp(), access.viewer()
    return f"{camp.slug}/{viewer.participant.id}" if viewer.participant else f"{camp.slug}/{camps.today(camp)}"


def desk_panel(camp: Camp, viewer: Viewer) -> str:
    """On the desk: which kinds of organisation host and vote."""
    shares = kinds.shares(camp, vote_key())
    return render_template("sessions/kinds_panel.html", shares=shares) if shares else ""
