"""Doors: organisers pair and revoke phones, a paired phone scans."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from badges import arrivals, door, pairing, rescue
from badges.forms import STATION_LABELS, CheckInForm, DoorForm, PairForm, RescueForm
from badges.views import phones, told
from badges.views.phones import this_phone
from camp import access, clock, codes, roster
from camp.access import allow
from camp.config import is_loopback
from camp.db import db
from camp.errors import N_, BadInput, CampError
from camp.forms import refuse
from camp.pages import external

bp = Blueprint("doors", __name__)


@bp.route("/<camp>/organise/doors", methods=["GET", "POST"])
@allow("organiser")
def index() -> ResponseReturnValue:
    """The paired phones; a name sent here gives a pairing code, which is shown in the answer and nowhere again."""
    camp, form = access.the_camp(), DoorForm()
    if form.validate_on_submit():
        person = access.viewer().person
        try:
            code = pairing.offer(camp, form.door.data or "", station=form.station.data, once=form.once.data,
                                 drill=form.drill.data, person_id=person.id if person else None)
        except CampError as error:
            refuse(form, error)
        else:
            db.session.commit()
            address = f"{external('doors.show')}#{code}"
            return render_template("badges/door_code.html", door=form.door.data, code=code, address=address,
                                   picture=codes.picture(address), secure=_base_is_secure())
    return _list(form, RescueForm(formdata=None))


@bp.post("/<camp>/organise/doors/rescue")
@allow("organiser")
def rescued() -> ResponseReturnValue:
    """Take in what a phone could not send, from its text."""
    form = RescueForm()
    if not form.validate_on_submit():
        return _list(DoorForm(formdata=None), form)
    try:
        number = rescue.take(access.the_camp(), form.text.data or "", host=current_app.config["CAMP"].host,
                             person_id=access.viewer().person_id)
    except CampError as error:
        refuse(form, error)
        db.session.rollback()
        return _list(DoorForm(formdata=None), form)
    db.session.commit()
    flash(ngettext("One scan came in.", "%(num)s scans came in.", number), "ok")
    return redirect(url_for("doors.index"), 303)


def _list(form: DoorForm, rescue_form: RescueForm) -> ResponseReturnValue:
    camp = access.the_camp()
    return render_template("badges/doors.html", form=form, rescue_form=rescue_form, doors=pairing.doors(camp),
                           count=arrivals.head_count(camp), secure=_base_is_secure(),
                           stations=STATION_LABELS), 422 if form.errors or rescue_form.errors else 200


@bp.post("/<camp>/organise/doors/<int:device_id>/revoke")
@allow("organiser")
def revoke(device_id: int) -> ResponseReturnValue:
    """End a phone's pairing."""
    person = access.viewer().person
    device = pairing.revoke(access.the_camp(), device_id, person_id=person.id if person else None)
    db.session.commit()
    flash(_("The phone at the door “%(door)s” is locked out.", door=device.door), "ok")
    return redirect(url_for("doors.index"), 303)


@bp.get("/<camp>/door")
@allow("public")
def show() -> ResponseReturnValue:
    """The door on a phone: the scanner once it is paired, else the field for the code."""
    return _page(PairForm(formdata=None), CheckInForm(formdata=None))


@bp.post("/<camp>/door/pair")
@allow("public")
def pair() -> ResponseReturnValue:
    """Turn this phone into a door: spends the code, gives the phone its token as a cookie for the door's addresses."""
    form = PairForm()
    if not form.validate_on_submit():
        return _page(form, CheckInForm(formdata=None), 422)
    try:
        if not _keeps_cookies():
            raise BadInput(N_("This address is not encrypted, so the browser would not keep the pairing."),
                           N_("Open the address that begins with https."))
        token, device = pairing.pair(access.the_camp(), form.code.data or "")
    except CampError as error:
        refuse(form, error)
        return _page(form, CheckInForm(formdata=None), 422)
    db.session.commit()
    response = make_response(redirect(url_for("doors.show"), 303))
    phones.keep(response, token, device)
    return response


@bp.post("/<camp>/door/check-in")
@allow("door")
def check_in() -> ResponseReturnValue:
    """One attempt at the door by a form, where scripts do not run; with them, see `badges.views.phones`."""
    form = CheckInForm()
    if not form.validate_on_submit():
        return _page(PairForm(formdata=None), form, 422)
    camp, device = access.the_camp(), this_phone()
    found = door.Answer("not-paired")
    if device is not None:
        found = door.check_in(camp, device, form.nonce.data or "", form.text.data or "",
                              host=current_app.config["CAMP"].host)
    db.session.commit()
    page = render_template("badges/door_answer.html", told=told.answer(camp, found), door=found.door)
    return _private(make_response(page)), told.STATUS.get(found.verdict, 200)


def _page(pair_form: PairForm, check_form: CheckInForm, status: int = 200) -> ResponseReturnValue:
    camp, device = access.the_camp(), this_phone()
    standing = pairing.standing(device) if device else "not-paired"
    ended = told.answer(camp, door.Answer(standing)) if device and standing != "paired" else None
    count = told.count(arrivals.head_count(camp)) if standing == "paired" else ""
    check_form.nonce.data = check_form.nonce.data or secrets.token_urlsafe(16)
    given = phones.given(camp, device) if device and standing == "paired" else {}
    watch = roster.in_charge(camp, clock.now()) if given and device and not device.drill else None
    page = render_template("badges/door.html", device=device, standing=standing, count=count, trouble=ended,
                           watch=watch, given=given, pair_form=pair_form, form=check_form, safe=_keeps_cookies(),
                           base=current_app.config["CAMP"].base_url.rstrip("/"))
    response = _private(make_response(page))
    response.headers["X-Camp-Door"] = standing  # for the script that keeps the page on the phone
    return response, status


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _base_is_secure() -> bool:
    return urlsplit(current_app.config["CAMP"].base_url).scheme == "https"


def _keeps_cookies() -> bool:
    """Whether the browser sees a secure context: https, also behind a proxy of ours, or this very machine."""
    base = urlsplit(current_app.config["CAMP"].base_url)
    behind_proxy = base.scheme == "https" and base.netloc.lower() == request.host.lower()
    return request.is_secure or behind_proxy or is_loopback(urlsplit(f"//{request.host}").hostname or "")
