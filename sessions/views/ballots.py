"""For organisers: how the camp votes, and the figures of its votes."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from camp import access, mailboxes, pages
from camp.access import allow
from camp.views.saving import locked, saved, went_through
from sessions import ballot_figures, proposals, voting
from sessions.ballot_forms import of as form_of
from sessions.views.voting import vote_key

bp = Blueprint("ballots", __name__)


@bp.route("/<camp>/organise/voting", methods=["GET", "POST"])
@allow("organiser")
def rules() -> ResponseReturnValue:
    """Budget, hidden counts, order."""
    camp, form = access.the_camp(), locked(form_of(voting.rules(access.the_camp())), "voting")
    if form.validate_on_submit() and went_through(form, lambda: voting.change_rules(
            camp, **form.values(), person_id=access.viewer().person_id)):
        return saved("ballots.figures")
    pages.belongs_to("organise.desk")
    return render_template("sessions/voting_rules.html", form=form), 422 if form.errors else 200


@bp.get("/<camp>/organise/votes")
@allow("organiser")
def figures() -> ResponseReturnValue:
    """Votes over time, their spread, what is wanted together, and what only one kind of organisation wants."""
    camp, args = access.the_camp(), request.args
    rows = {row.id: row for row in proposals.open_proposals(camp)}
    one, other = args.get("one", 0, type=int), args.get("other", 0, type=int)
    pages.belongs_to("organise.desk")
    return render_template(
        "sessions/vote_figures.html", sessions=rows, hours=ballot_figures.by_hour(camp),
        spread=ballot_figures.spread(camp), pairs=ballot_figures.wanted_together(camp),
        one_kind=ballot_figures.of_one_kind(camp, vote_key()), one=one, other=other,
        both=ballot_figures.together(camp, one, other) if one in rows and other in rows and one != other else None,
        turnout=voting.turnout(camp, vote_key()), shared=mailboxes.shared(camp))
