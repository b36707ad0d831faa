"""Similar proposals: hosts ask one another and answer, the moderator merges with one button and parts with another."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from camp import access, pages, ways
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput
from sessions import merging, proposals
from sessions.models import Session

bp = Blueprint("merging", __name__)


@bp.get("/<camp>/organise/similar")
@allow("moderator")
def index() -> ResponseReturnValue:
    """What is similar, any two to merge, and what was merged."""
    camp = access.the_camp()
    pages.belongs_to("planning.show")
    rows = merging.merged(camp)
    return render_template("sessions/similar.html", pairs=merging.similar_pairs(camp), merged=rows,
                           kept={row.id: proposals.of(camp, row.merged_into or 0) for row in rows},
                           sessions=proposals.open_proposals(camp), may_merge=merging.may_merge(camp))


@bp.post("/<camp>/organise/similar/merge")
@allow("moderator")
def merge() -> ResponseReturnValue:
    """Merge two proposals on the stage; the answer offers to undo it."""
    camp = access.the_camp()
    one, other = (proposals.of(camp, request.form.get(name, 0, type=int)) for name in ("one", "other"))
    kept = merging.merge(camp, one, other, access.viewer().person_id)
    gone = one if kept.id == other.id else other
    db.session.commit()
    _flash_merged(kept, url_for("merging.part", session_id=gone.id))
    return redirect(ways.own_referrer() or url_for("merging.index"), 303)


@bp.post("/<camp>/organise/similar/<int:session_id>/part")
@allow("moderator")
def part(session_id: int) -> ResponseReturnValue:
    """Part two proposals again as the moderator."""
    camp = access.the_camp()
    fallen = merging.part(camp, proposals.of(camp, session_id), access.viewer().person_id)
    db.session.commit()
    _flash_parted(fallen)
    return redirect(ways.own_referrer() or url_for("merging.index"), 303)


@bp.post("/<camp>/proposals/<int:session_id>/merge")
@allow("participant")
def wish(session_id: int) -> ResponseReturnValue:
    """Ask the other hosts, say yes to them, or no."""
    camp, me, answer = access.the_camp(), access.me(), request.form.get("answer")
    session, other = proposals.of(camp, session_id), proposals.of(camp, request.form.get("other", 0, type=int))
    if answer not in ("yes", "no"):
        raise BadInput(N_("This says neither yes nor no."), N_("Use the button on the page."))
    if answer == "no":
        merging.decline(camp, session, other, me)
        db.session.commit()
        flash(_("Both stay as they are."), "ok")
        return redirect(url_for("proposals.show", session_id=session_id), 303)
    kept = merging.ask(camp, session, other, me)
    db.session.commit()
    if kept is None:
        flash(_("The other hosts have a mail; when they say yes, it becomes one session."), "ok")
    else:
        gone = session if kept.id == other.id else other
        _flash_merged(kept, url_for("merging.leave", session_id=gone.id) if gone is session else "")
    return redirect(url_for("proposals.show", session_id=kept.id if kept else session_id), 303)


@bp.post("/<camp>/proposals/<int:session_id>/part")
@allow("participant")
def leave(session_id: int) -> ResponseReturnValue:
    """Part two proposals again as a host of the one that went into the other."""
    camp = access.the_camp()
    fallen = merging.part_as_host(camp, proposals.of(camp, session_id), access.me())
    db.session.commit()
    _flash_parted(fallen)
    return redirect(url_for("proposals.show", session_id=session_id), 303)


def _flash_parted(fallen: int) -> None:
    said = _("Both are on the wall again, with their own votes.")
    if fallen:
        said += " " + ngettext(
            "One person had spent the vote meanwhile and keeps the one for the proposal that stayed.",
            "%(num)d people had spent the vote meanwhile and keep the one for the proposal that stayed.", fallen)
    flash(said, "ok")


def _flash_merged(kept: Session, undo: str) -> None:
    message = _("It is one session now: “%(title)s”. Its hosts have a mail.", title=kept.title)
    shown: Any = {"text": message, "undo": undo} if undo else message
    flash(shown, "ok")
