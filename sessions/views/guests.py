"""Proposing without an account: the page behind the code on the wall, the guest's own page, the moderators' list."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, camps, pages, tokens, ways
from camp.access import allow
from camp.db import db
from camp.errors import CampError
from camp.forms import refuse
from camp.mail_limits import network_of
from camp.views.saving import saved
from sessions import guests, live, pitches, proposals
from sessions.guest_forms import GuestForm

bp = Blueprint("guests", __name__)


@bp.route("/<camp>/wall/<code>", methods=["GET", "POST"])
@allow("public")
def propose(code: str) -> ResponseReturnValue:
    """Title and name, and it is on the wall; whoever is signed in proposes as themselves."""
    camp, form, me = access.the_camp(), GuestForm(), access.viewer().participant
    guests.check(camp, _key(), code)
    me = me if access.viewer().is_participant else None
    if me is not None:
        del form.name
    if not live.is_live(camp):
        del form.pitch
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            session = guests.propose(camp, form.title.data or "", form.name.data or "" if form.name else "", _network(),
                                     participant=me, pitch=bool(form.pitch and form.pitch.data))
        except CampError as error:
            db.session.rollback()
            refuse(form, error)
            status = error.status
        else:
            db.session.commit()
            if me is not None:
                flash(_("It is on the wall."), "ok")
                return redirect(url_for("proposals.show", session_id=session.id), 303)
            return redirect(url_for("guests.mine", token=guests.token_of(session, _key())), 303)
    return render_template("sessions/guest.html", form=form, me=me, open=guests.is_open(camp), code=code,
                           call_open=camps.open_now(camp, "call")), status


@bp.get("/<camp>/wall/mine/<token>")
@allow("public")
def mine(token: str) -> ResponseReturnValue:
    """The guest's own page of what they proposed: take it back, or join it to an account."""
    camp = access.the_camp()
    session = guests.of(camp, token, _key())
    return _private(render_template("sessions/guest_mine.html", session=session, token=token,
                                    address=pages.external("guests.mine", token=token), live=live.is_live(camp),
                                    in_line=session.id in pitches.sessions_of(camp)))


@bp.post("/<camp>/wall/mine/<token>/withdraw")
@allow("public")
def withdraw(token: str) -> ResponseReturnValue:
    """Take it off the wall."""
    camp = access.the_camp()
    guests.withdraw(camp, guests.of(camp, token, _key()))
    db.session.commit()
    return redirect(url_for("guests.mine", token=token), 303)


@bp.post("/<camp>/wall/mine/<token>/join")
@allow("participant")
def claim(token: str) -> ResponseReturnValue:
    """Join it to the account that is signed in."""
    camp = access.the_camp()
    session = guests.of(camp, token, _key())
    guests.join(camp, session, access.me(), person_id=access.viewer().person_id)
    return saved("proposals.show", _("It is yours now."), session_id=session.id)


@bp.get("/<camp>/organise/wall")
@allow("moderator")
def index() -> ResponseReturnValue:
    """What came without an account, new ones marked; organisers switch it off and renew the code."""
    camp = access.the_camp()
    fresh = {session.id for session in guests.unseen(camp)}
    return render_template("sessions/guests.html", rows=guests.listed(camp), fresh=fresh, rules=guests.rules(camp),
                           open=guests.is_open(camp), live=live.is_live(camp), taken=pitches.sessions_of(camp),
                           address=pages.external("guests.propose", code=guests.code_of(camp, _key())))


@bp.post("/<camp>/organise/wall/<int:session_id>/<any(seen, line):act>")
@allow("moderator")
def see(session_id: int, act: str) -> ResponseReturnValue:
    """A moderator has seen it; or lets its host stand in line."""
    camp = access.the_camp()
    session = proposals.of(camp, session_id)
    if act == "line":
        pitches.join(camp, session=session, name=session.guest)
    guests.see(session)
    db.session.commit()
    return redirect(ways.own_referrer() or url_for("guests.index"), 303)


@bp.post("/<camp>/organise/wall/<int:session_id>/host")
@allow("moderator")
def join(session_id: int) -> ResponseReturnValue:
    """Make somebody registered the host of what a name stands at."""
    camp = access.the_camp()
    session = proposals.of(camp, session_id)
    who = guests.named_as(camp, request.form.get("who", ""))
    guests.join(camp, session, who, person_id=access.viewer().person_id)
    return saved("proposals.show", _("%(name)s holds it now.", name=who.name), session_id=session.id)


@bp.post("/<camp>/organise/wall/<any(on, off, renew):act>")
@allow("organiser")
def change(act: str) -> ResponseReturnValue:
    """Switch it on or off, or throw the code away that hangs there."""
    opened: Any = {"on": True, "off": False}.get(act)
    guests.change(access.the_camp(), opened=opened, renew=act == "renew", person_id=access.viewer().person_id)
    return saved("guests.index")


def _key() -> str:
    key: str = current_app.config["CAMP"].secret_key
    return key


def _network() -> str:
    return tokens.masked(_key(), "network", network_of(request.remote_addr))


def _private(page: str) -> Response:
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
