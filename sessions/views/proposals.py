"""Proposals: the wall, one proposal, the form with its preview, and what hosts may do; panels for home and my page."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, camps, editions, people, venue
from camp.access import Viewer, allow
from camp.db import db
from camp.errors import N_, CampError, NotAllowed, NotFound
from camp.forms import refuse
from camp.models import Camp
from camp.views.saving import show_theirs
from sessions import (
    agenda,
    begun,
    cards,
    forms,
    inviting,
    merging,
    newcomers,
    offers,
    overflow,
    picks,
    proposals,
    voting,
)
from sessions.forms import FORMAT_LABELS, ProposalForm
from sessions.models import Session
from sessions.proposal_models import Begun
from sessions.views.voting import ballot, seed, vote_key

bp = Blueprint("proposals", __name__)
PAGE = 100
FRESH = 5
KEPT = "kept"  # by this end of an address a browser knows that what it holds of the text is on the wall


@bp.get("/<camp>/proposals")
@allow("public")
def index() -> ResponseReturnValue:
    """The wall: every proposal, to search, to filter and to vote on."""
    camp, args = access.the_camp(), request.args
    words, tag, form = args.get("q", "")[:100], args.get("tag", ""), args.get("format", "")
    host = args.get("host", 0, type=int)
    everything = proposals.open_proposals(camp)
    found = cards.ordered(camp, proposals.matching(everything, words, tag, form, host), seed())
    pages = max(1, ceil(len(found) / PAGE))
    page = min(max(1, args.get("page", 1, type=int)), pages)
    kept: dict[str, Any] = {"q": words or None, "tag": tag or None, "format": form or None, "host": host or None}
    return render_template(
        "sessions/proposal_list.html", rows=found[(page - 1) * PAGE:page * PAGE], found=len(found),
        total=len(everything), tags=offers.tags_of(everything), words=words, tag=tag, form=form, host=host, page=page,
        formats=[(name, label) for name, label in FORMAT_LABELS.items() if name in {row.format for row in everything}],
        hosts=proposals.hosts_of(everything),
        hidden=proposals.hidden(camp) if access.viewer().may("organiser") else (), pages=pages,
        filtered=any(kept.values()),
        url_of=lambda number: url_for("proposals.index", **kept, page=number),
        with_tag=lambda name: url_for("proposals.index", **kept | {"tag": name}), **_state(camp))


@bp.get("/<camp>/proposals/<int:session_id>")
@allow("public")
def show(session_id: int) -> ResponseReturnValue:
    """One proposal, and after publishing where and when it is held."""
    camp = access.the_camp()
    session = proposals.of(camp, session_id)
    entry, me = agenda.where_is(camp, session.id), access.viewer().participant
    if session.hidden_because and not (access.viewer().may("organiser") or proposals.is_host(session, me)):
        raise NotFound(N_("There is no such proposal at this camp."), N_("Look for it in the list of proposals."))
    readable = proposals.may_read(session, me, access.viewer().may("organiser"))
    picked = entry is not None and me is not None and session.id in picks.of(me)
    fallen = None if entry else next(iter(agenda.fallen(camp, session.id)), None)
    return render_template("sessions/proposal.html", session=session, readable=readable, entry=entry, picked=picked,
                           fallen=fallen, reply=overflow.reply_to(session.id), offers=overflow.OFFERS,
                           may_change=proposals.may_change(camp), labels=forms.LABELS,
                           for_newcomers=newcomers.of(camp) is session, **_merging(camp, session),
                           **_state(camp))


@bp.route("/<camp>/proposals/new", methods=["GET", "POST"])
@allow("participant")
def new() -> ResponseReturnValue:
    """Propose a session."""
    camp, draft = access.the_camp(), begun.of(access.me()) if request.method == "GET" else None
    form = forms.new(camp, venue.grid(camp).session_slots, draft.fields if draft else None)
    if "preview" not in request.form and form.validate_on_submit():
        try:
            session = proposals.propose(camp, access.me(), form.draft())
        except CampError as error:
            refuse(form, error)
        else:
            db.session.commit()
            flash(_("It is on the wall. You can change it until voting ends."), "ok")
            return redirect(url_for("proposals.show", session_id=session.id, _anchor=KEPT), 303)
    return _form_page(form, camps.open_now(camp, "call"), begun=draft)


@bp.route("/<camp>/proposals/<int:session_id>/edit", methods=["GET", "POST"])
@allow("participant")
def edit(session_id: int) -> ResponseReturnValue:
    """Change a proposal as one of its hosts."""
    camp, me = access.the_camp(), access.me()
    session = proposals.of(camp, session_id)
    if not proposals.is_host(session, me):
        raise NotAllowed(N_("Only its hosts can change this proposal."), N_("Ask them or the organisers."))
    form = forms.of(camp, session, venue.grid(camp).session_slots, me.id)
    if "preview" not in request.form and form.validate_on_submit():
        try:
            proposals.edit(camp, session, me, form.draft(), form.edit_number.data or 0)
        except CampError as error:
            refuse(form, error)
            if isinstance(error, editions.Overtaken):
                show_theirs(form)
            form.renew_lock(session)
        else:
            db.session.commit()
            flash(_("Your change is on the wall."), "ok")
            return redirect(url_for("proposals.show", session_id=session.id, _anchor=KEPT), 303)
    return _form_page(form, proposals.may_change(camp), session)


@bp.post("/<camp>/proposals/preview")
@allow("participant")
def preview() -> ResponseReturnValue:
    """What the text will look like, for the form to show beside itself."""
    form = ProposalForm()
    shown = (form.description, form.who_comes, form.offers, form.how)
    errors = [words for field in shown if not field.validate(form) for words in field.errors]
    return render_template("sessions/preview.html", form=form, errors=errors), 422 if errors else 200


@bp.post("/<camp>/proposals/<int:session_id>/withdraw")
@allow("participant")
def withdraw(session_id: int) -> ResponseReturnValue:
    """Take a proposal back."""
    camp = access.the_camp()
    proposals.withdraw(camp, proposals.of(camp, session_id), access.me())
    db.session.commit()
    message: Any = {"text": _("It is off the wall. Its votes wait in case you bring it back."),
                    "undo": url_for("proposals.restore", session_id=session_id)}
    flash(message, "ok")
    return redirect(url_for("proposals.show", session_id=session_id), 303)


@bp.post("/<camp>/proposals/<int:session_id>/restore")
@allow("participant")
def restore(session_id: int) -> ResponseReturnValue:
    """Bring a proposal back."""
    camp = access.the_camp()
    proposals.restore(camp, proposals.of(camp, session_id), access.me())
    db.session.commit()
    flash(_("It is on the wall again."), "ok")
    return redirect(url_for("proposals.show", session_id=session_id), 303)


@bp.post("/<camp>/proposals/<int:session_id>/hide")
@allow("organiser")
def hide(session_id: int) -> ResponseReturnValue:
    """Hide a proposal with a reason; the answer offers to undo it."""
    camp = access.the_camp()
    proposals.hide(camp, proposals.of(camp, session_id), request.form.get("reason", ""), access.viewer().person_id)
    db.session.commit()
    message: Any = {"text": _("It is hidden. Its hosts see your reason."),
                    "undo": url_for("proposals.unhide", session_id=session_id)}
    flash(message, "ok")
    return redirect(url_for("proposals.show", session_id=session_id), 303)


@bp.post("/<camp>/proposals/<int:session_id>/unhide")
@allow("organiser")
def unhide(session_id: int) -> ResponseReturnValue:
    """Show a hidden proposal again."""
    camp = access.the_camp()
    proposals.unhide(camp, proposals.of(camp, session_id), access.viewer().person_id)
    db.session.commit()
    flash(_("It is on the wall again."), "ok")
    return redirect(url_for("proposals.show", session_id=session_id), 303)


def fresh_panel(camp: Camp, viewer: Viewer) -> str:
    """The newest proposals for the camp's first page, as long as the call or the voting is open."""
    if not proposals.may_change(camp):
        return ""
    return render_template("sessions/fresh_panel.html", rows=proposals.fresh(camp, FRESH), total=proposals.count(camp),
                           call_open=camps.open_now(camp, "call"))


def my_panel(camp: Camp, viewer: Viewer) -> str:
    """What a participant proposed and would come to."""
    if not viewer.is_participant or viewer.participant is None:
        return ""
    return render_template("sessions/my_panel.html", rows=proposals.hosted_by(viewer.participant),
                           wishes=voting.wishes_of(camp, viewer.participant, vote_key()),
                           asked=inviting.asked(viewer.participant),
                           offers=merging.offers_to(viewer.participant) if merging.may_merge(camp) else [],
                           budget=voting.rules(camp).budget,
                           may_change=proposals.may_change(camp), call_open=camps.open_now(camp, "call"),
                           voting_open=camps.open_now(camp, "voting"))


def _form_page(form: ProposalForm, open_now: bool, session: Session | None = None, *,
               begun: Begun | None = None) -> ResponseReturnValue:
    previewed = "preview" in request.form and form.description.validate(form)
    page = render_template("sessions/proposal_form.html", form=form, session=session, open_now=open_now, begun=begun,
                           tags=offers.tags(access.the_camp()), previewed=previewed)
    return page, 422 if form.errors else 200


def _merging(camp: Camp, session: Session) -> dict[str, Any]:
    """Into what it went, what went into it, and for its hosts what sounds alike: (proposal, 'asks', 'asked' or '')."""
    into = proposals.of(camp, session.merged_into) if session.merged_into else None
    alike: dict[int, tuple[Session, str]] = {}
    me = access.viewer().participant
    if me and session.state == "proposed" and merging.may_merge(camp) and proposals.is_host(session, me):
        asked = merging.asked(session)
        alike = {row.id: (row, "asked" if row.id in asked else "") for row in merging.similar_to(session)}
        alike |= {row.id: (row, "asks") for mine, row in merging.offers_to(me) if mine.id == session.id}
    is_asked = me is not None and session.id in {row.id for row in inviting.asked(me)}
    return {"is_asked": is_asked, "invitations": inviting.pending(session), "into": into,
            "parts": merging.merged_into(session), "alike": list(alike.values()),
            "may_merge": merging.may_merge(camp)}


def _state(camp: Camp) -> dict[str, Any]:
    viewer = access.viewer()
    voted = voting.turnout(camp, vote_key())
    mine = proposals.ids_hosted_by(viewer.participant) if viewer.participant else frozenset()
    return {"ballot": ballot(), "mine": mine,
            "call_open": camps.open_now(camp, "call"), "voting_open": camps.open_now(camp, "voting"),
            "voted": voted, "counts": voting.visible_counts(camp, viewer.may("organiser"), voted),
            "people": people.count(camp, "admitted", "waiting"), "budget": voting.rules(camp).budget}
