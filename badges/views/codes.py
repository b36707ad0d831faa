"""What a scanned code opens in any phone: a public card that names nobody."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from badges.door import badge_of
from camp import access
from camp.access import allow
from camp.db import db
from camp.models import Camp

bp = Blueprint("codes", __name__)


@bp.get("/b/<code>")
@bp.get("/B/<code>")
@allow("public")
def badge(code: str) -> ResponseReturnValue:
    """The card behind a badge's code: which camp it is for, and nothing about its owner."""
    found = badge_of(code)
    if found is not None:  # the address has no slug; the page is the camp's all the same
        g.camp = db.session.get_one(Camp, found.camp_id)
        g.viewer = access.Viewer(access.viewer().person, g.camp)
    return render_template("badges/code.html", private=False, known=found is not None), 200 if found else 404


@bp.get("/p/<code>")
@bp.get("/P/<code>")
@allow("public")
def private(code: str) -> ResponseReturnValue:
    """Where a private code will sign its owner in; none are printed yet."""
    return render_template("badges/code.html", private=True, known=False), 404
