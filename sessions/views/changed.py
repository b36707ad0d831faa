"""What changed since a version of the agenda, as a page for the printer and the wall."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from camp import access
from camp.access import allow
from sessions import agenda

bp = Blueprint("changed", __name__)


@bp.get("/<camp>/organise/plan/changed")
@allow("moderator")
def show() -> ResponseReturnValue:
    """What is moved, cancelled and new since the version that was chosen; without a choice since the one before."""
    camp = access.the_camp()
    versions = agenda.versions(camp)
    newest = versions[0].number if versions else 0
    since = min(max(1, request.args.get("since", newest - 1, type=int)), max(1, newest))
    old = next((one for one in versions if one.number == since), None)
    return render_template("sessions/what_changed.html", versions=versions, since=since, old=old,
                           found=agenda.between(camp, old) if old else None)
