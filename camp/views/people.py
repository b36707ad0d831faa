"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from camp import access, signing_in
from camp.access import allow
from camp.camps import by_slug
from camp.db import db
from camp.errors import CampError
from camp.forms import CodeForm, SignInForm, refuse

bp = Blueprint("people", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@allow("public")
def sign_in() -> ResponseReturnValue:
    """Ask for a link; the answer is the same whether the address is known or not."""
    form = SignInForm()
    slug = request.args.get("at", "")
    home = url_for("public.home", camp=slug) if slug else url_for("public.camps")
    if not form.validate_on_submit():
        return render_template("camp/sign_in.html", form=form, at=slug or None), 422 if form.errors else 200
    response = make_response(redirect(url_for("people.wait", at=slug or None), 303))
    camp = by_slug(slug) if slug else None
    try:
        signing_in.ask(form.email.data or "", browser=access.set_browser(response),
                       key=current_app.config["CAMP"].secret_key, language=str(get_locale()),
                       then=access.own_path(request.args.get("then"), home), camp_id=camp.id if camp else None)
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
            token, then = signing_in.enter_by_code(form.code.data or "", access.browser_secret())
        except CampError as error:
            db.session.commit()
            refuse(form, error)
        else:
            db.session.commit()
            return _enter(token, then)
    return render_template("camp/sign_in_wait.html", form=form, at=request.args.get("at")), 422 if form.errors else 200


@bp.route("/sign-in/<token>", methods=["GET", "POST"])
@allow("public")
def link(token: str) -> ResponseReturnValue:
    """The page behind a link: one button, pressed by a person. Looking at it changes nothing."""
    secret = access.browser_secret()
    if request.method == "POST":
        entered = signing_in.enter(token, secret)
        db.session.commit()
        return _enter(*entered)
    opened = signing_in.look(token, secret, current_app.config["CAMP"].secret_key)
    return render_template("camp/sign_in_link.html", opened=opened)


@bp.post("/sign-out")
@allow("signed-in")
def sign_out() -> ResponseReturnValue:
    """End the sign-in of this browser."""
    response = make_response(redirect(url_for("public.camps"), 303))
    access.sign_out(response)
    db.session.commit()
    flash(_("You are signed out."), "ok")
    return response


def _enter(token: str, then: str) -> ResponseReturnValue:
    response = make_response(redirect(access.own_path(then, url_for("public.camps")), 303))
    access.sign_in(response, token)
    return response
