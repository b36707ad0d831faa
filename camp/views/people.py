"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from camp import access, mail_limits, signing_in, ways
from camp.access import allow
from camp.camps import by_slug
from camp.db import db
from camp.errors import CampError
from camp.forms import CodeForm, SignInForm, refuse

bp = Blueprint("people", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@allow("public")
def sign_in() -> ResponseReturnValue:
    """Ask for a link; the answer is the same whether the address is known or not, and whether a mail goes out."""
    form = SignInForm()
    slug = request.args.get("at", "")
    home = url_for("public.home", camp=slug) if slug else url_for("public.camps")
    if not form.validate_on_submit():
        return render_template("camp/sign_in.html", form=form, at=slug or None), 422 if form.errors else 200
    response = make_response(redirect(url_for("people.wait", at=slug or None), 303))
    camp, config = by_slug(slug) if slug else None, current_app.config["CAMP"]
    try:
        signing_in.ask(form.email.data or "", browser=access.set_browser(response), key=config.secret_key,
                       language=str(get_locale()), then=ways.own_path(request.args.get("then"), home),
                       camp_id=camp.id if camp else None, remote=request.remote_addr,
                       ceilings=mail_limits.Ceilings(config.mails_per_network, config.mails_per_hour))
    except CampError as error:
        refuse(form, error)
        return render_template("camp/sign_in.html", form=form, at=slug or None), 422
    db.session.commit()
    return response


@bp.route("/sign-in/wait", methods=["GET", "POST"])
@allow("public")
def wait() -> ResponseReturnValue:
    """The mail is under way; here goes the code, if the link was opened in another browser."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            return _enter(signing_in.enter_by_code(form.code.data or "", access.browser_secret()))
        except CampError as error:
            db.session.commit()
            refuse(form, error)
    return render_template("camp/sign_in_wait.html", form=form, at=request.args.get("at"), few=mail_limits.FEW,
                           many=mail_limits.MANY), 422 if form.errors else 200


@bp.route("/sign-in/<token>", methods=["GET", "POST"])
@allow("public")
def link(token: str) -> ResponseReturnValue:
    """The page behind a link: one button, pressed by a person. Looking at it changes nothing."""
    secret = access.browser_secret()
    if request.method == "POST":
        return _enter(signing_in.enter(token, secret))
    opened = signing_in.look(token, secret, current_app.config["CAMP"].secret_key)
    return _kept_nowhere(render_template("camp/sign_in_link.html", opened=opened))


@bp.route("/sign-in/second-factor", methods=["GET", "POST"])
@allow("public")
def second_factor() -> ResponseReturnValue:
    """The code of the authenticator app, after the link and before anything else."""
    form, half_open = CodeForm(), access.half_open()
    then = ways.own_path(request.args.get("then"), url_for("public.camps"))
    if half_open is None:
        return redirect(then if access.viewer().signed_in else url_for("people.sign_in", then=then), 303)
    if form.validate_on_submit():
        try:
            token = signing_in.pass_second_factor(half_open, form.code.data or "",
                                                  current_app.config["CAMP"].secret_key)
        except CampError as error:
            db.session.commit()
            refuse(form, error)
        else:
            return _enter(signing_in.Entered(token, then, half_open=False))
    page = render_template("camp/sign_in_second_factor.html", form=form, over=half_open.ended_at is not None)
    return _kept_nowhere(page), 422 if form.errors else 200


@bp.post("/sign-out")
@allow("signed-in")
def sign_out() -> ResponseReturnValue:
    """End the sign-in of this browser."""
    response = make_response(redirect(url_for("public.camps"), 303))
    access.sign_out(response)
    db.session.commit()
    flash(_("You are signed out."), "ok")
    return response


def _enter(entered: signing_in.Entered) -> ResponseReturnValue:
    then = ways.own_path(entered.then, url_for("public.camps"))
    way = url_for("people.second_factor", then=then) if entered.half_open else then
    response = make_response(redirect(way, 303))
    access.sign_in(response, entered.token)
    db.session.commit()
    return response


def _kept_nowhere(page: str) -> Response:
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
