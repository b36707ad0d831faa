"""My account: where I am signed in, and my second factor."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from camp import access, codes, second_factor, sign_ins, ways
from camp.access import allow
from camp.config import Config
from camp.db import db
from camp.errors import CampError
from camp.forms import CodeForm, SecondFactorForm, refuse
from camp.models import Person

bp = Blueprint("account", __name__)


@bp.get("/account")
@allow("signed-in")
def show() -> ResponseReturnValue:
    """Where I am signed in."""
    person = _person()
    return render_template("camp/account.html", person=person, rows=sign_ins.of_person(person.id),
                           here=access.this_sign_in().id, guarded=access.viewer().second_factor)


@bp.post("/account/sign-ins/<int:sign_in_id>/end")
@allow("signed-in")
def end(sign_in_id: int) -> ResponseReturnValue:
    """End one of my sign-ins, in another browser or in this one."""
    record = sign_ins.one_of(_person().id, sign_in_id)
    if record is None:
        raise NotFound
    if record.id == access.this_sign_in().id:
        return _left(_("You are signed out."))
    sign_ins.end(record)
    db.session.commit()
    flash(_("That browser is signed out."), "ok")
    return redirect(url_for("account.show"), 303)


@bp.post("/account/sign-ins/end-others")
@allow("signed-in")
def end_others() -> ResponseReturnValue:
    """Sign me out everywhere but here."""
    sign_ins.end_all(_person().id, but=access.this_sign_in().id)
    db.session.commit()
    flash(_("You are signed in here only."), "ok")
    return redirect(url_for("account.show"), 303)


@bp.post("/account/sign-ins/end-all")
@allow("signed-in")
def end_all() -> ResponseReturnValue:
    """Sign me out everywhere."""
    sign_ins.end_all(_person().id)
    return _left(_("You are signed out everywhere."))


@bp.route("/account/second-factor", methods=["GET", "POST"], endpoint="second_factor")
@allow("signed-in")
def second_factor_page() -> ResponseReturnValue:
    """Set up my second factor, or switch it off with one of its codes."""
    return _switch_off() if access.viewer().second_factor else _set_up()


def _set_up() -> ResponseReturnValue:
    form, person = SecondFactorForm(), _person()
    if form.validate_on_submit():
        try:
            recovery = second_factor.set_up(person, form.salt.data or "", form.code.data or "", _config().secret_key)
        except CampError as error:
            refuse(form, error)
        else:
            return _switched_on(recovery)
    if request.method == "GET" or not form.salt.data:
        form.salt.data = second_factor.draw_salt()
    secret = second_factor.secret(_config().secret_key, person.id, form.salt.data)
    address = second_factor.app_address(secret, person.email, _config().host)
    return render_template("camp/second_factor_new.html", form=form, secret=secret, picture=codes.picture(address),
                           demanded=bool(request.args.get("then"))), 422 if form.errors else 200


def _switched_on(recovery: list[str]) -> ResponseReturnValue:
    then = ways.own_path(request.args.get("then"), url_for("account.show"))
    response = make_response(render_template("camp/recovery_codes.html", codes=recovery, then=then))
    access.renew(response)
    db.session.commit()
    return response


def _switch_off() -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        left = sign_ins.take_try(access.this_sign_in())
        try:
            second_factor.turn_off(_person().id, form.code.data or "", _config().secret_key)
        except CampError as error:
            if not left:
                return _left(_("That was the fifth wrong code. You are signed out."))
            db.session.commit()
            refuse(form, error)
        else:
            response = redirect(url_for("account.show"), 303)
            access.renew(response)
            db.session.commit()
            flash(_("The second factor is off."), "ok")
            return response
    return render_template("camp/second_factor.html", form=form), 422 if form.errors else 200


def _left(sentence: str) -> ResponseReturnValue:
    response = make_response(redirect(url_for("public.camps"), 303))
    access.sign_out(response)
    db.session.commit()
    flash(sentence, "ok")
    return response


def _person() -> Person:
    person = access.viewer().person
    assert person is not None
    return person


def _config() -> Config:
    config: Config = current_app.config["CAMP"]
    return config
