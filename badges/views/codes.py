"""What a scanned code opens in any phone: a public card that names nobody."""

from __future__ import annotations

from flask import Blueprint, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from badges import blanks, guesses, revoking
from camp import access, clock
from camp.access import allow
from camp.db import db
from camp.mail_limits import network_of
from camp.models import Camp

bp = Blueprint("codes", __name__)


@bp.get("/b/<code>")
@bp.get("/B/<code>")
@allow("public")
def badge(code: str) -> ResponseReturnValue:
    """The card behind a badge's code: which camp it is for, and nothing about its owner."""
    wrong: guesses.Wrong = current_app.extensions.setdefault("camp_guesses", {})
    network = network_of(request.remote_addr)
    guesses.check(wrong, network, clock.now())
    camp_id = _camp_id(code)
    if camp_id is None:
        guesses.count(wrong, network, clock.now())
    else:  # the address has no slug; the page is the camp's all the same
        g.camp = db.session.get_one(Camp, camp_id)
        g.viewer = access.Viewer(access.viewer().person, g.camp)
    return render_template("badges/code.html", private=False, known=camp_id is not None), 200 if camp_id else 404


@bp.get("/p/<code>")
@bp.get("/P/<code>")
@allow("public")
def private(code: str) -> ResponseReturnValue:
    """Where a private code will sign its owner in; none are printed yet."""
    return render_template("badges/code.html", private=True, known=False), 404


def _camp_id(code: str) -> int | None:
    """The camp of a code that counts, somebody's or on a blank badge."""
    found = revoking.badge_of(code) or blanks.of_code(code)
    return found.camp_id if found and not revoking.is_revoked(found.camp_id, code) else None
