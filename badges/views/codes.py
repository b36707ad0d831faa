"""What a scanned code opens in any phone: a public card, empty unless its owner wants it; a private code signs in."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from badges import blanks, guesses, private_codes, public_cards, revoking
from badges.code_models import PublicCard
from badges.models import Badge
from camp import access, clock
from camp.access import allow
from camp.db import db
from camp.errors import NotFound
from camp.mail_limits import network_of
from camp.models import Camp

bp = Blueprint("codes", __name__)
BROWSER = "__Host-camp-badge"
_DAYS = 30  # that a browser remembers that a private code is bound to it


@bp.get("/b/<code>")
@bp.get("/B/<code>")
@allow("public")
def badge(code: str) -> ResponseReturnValue:
    """The card behind a badge's code: which camp it is for, and of its owner what they want to be seen."""
    with _counting():
        found = revoking.badge_of(code) or blanks.of_code(code)
        if found is None or revoking.is_revoked(found.camp_id, code):
            raise _Unknown
        card = _card(found) if isinstance(found, Badge) else None
        _at(db.session.get_one(Camp, found.camp_id))  # the address has no slug; the page is the camp's all the same
        who = found.participant if card is not None and isinstance(found, Badge) else None
        return render_template("badges/code.html", known=True, who=who, card=card)
    return render_template("badges/code.html", known=False), 404


@bp.route("/p/<code>", methods=["GET", "POST"])
@bp.route("/P/<code>", methods=["GET", "POST"])
@allow("public")
def private(code: str) -> ResponseReturnValue:
    """A private code: its page has a button, and the button signs in. Looking at it changes nothing."""
    browser = request.cookies.get(BROWSER)
    with _counting(refuse=True):
        if request.method == "POST":
            return _enter(code, browser or secrets.token_urlsafe(24))
        _at(private_codes.look(code, browser))
        response = make_response(render_template("badges/private.html"))
        response.headers["Cache-Control"] = "no-store"
        return response


def _enter(code: str, browser: str) -> Response:
    entered = private_codes.enter(code, browser)
    then = url_for("me.show", camp=entered.camp.slug)
    response = make_response(redirect(url_for("people.second_factor", then=then) if entered.half_open else then, 303))
    access.sign_in(response, entered.token)
    response.set_cookie(BROWSER, browser, max_age=_DAYS * 86400, secure=True, httponly=True, samesite="Lax", path="/")
    db.session.commit()
    return response


class _Unknown(Exception):
    """No badge has this code."""


@contextmanager
def _counting(refuse: bool = False) -> Iterator[None]:
    """Refuse a network that has tried too many wrong codes, and count a wrong one; `refuse`: it is an error page."""
    wrong: guesses.Wrong = current_app.extensions.setdefault("camp_guesses", {})
    network = network_of(request.remote_addr)
    guesses.check(wrong, network, clock.now())
    try:
        yield
    except (NotFound, _Unknown):
        guesses.count(wrong, network, clock.now())
        if refuse:
            raise


def _card(found: Badge) -> PublicCard | None:
    return public_cards.of(found.participant) if found.participant.state == "admitted" else None


def _at(camp: Camp) -> None:
    """Let the page be the camp's, although its address has no slug."""
    g.camp = camp
    g.viewer = access.Viewer(access.viewer().person, camp)
