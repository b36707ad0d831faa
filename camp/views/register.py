"""Registering without a password, and the pages behind the links of mails: confirm, accept, decline, cannot come."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from camp import access, camps, mail_limits, places, questions, registration, retention
from camp.access import allow
from camp.config import Config
from camp.db import db
from camp.errors import CampError, NotOpen
from camp.forms import refuse
from camp.models import Camp
from camp.question_forms import extended, name
from camp.registration_forms import RegistrationForm
from camp.registration_models import Question

bp = Blueprint("register", __name__)


@bp.route("/<camp>/register", methods=["GET", "POST"])
@allow("public")
def form() -> ResponseReturnValue:
    """Register; the answer is the same whether the address is known or not."""
    camp = access.the_camp()
    asked = questions.of(camp)
    written = extended(RegistrationForm, camp, asked, {})()
    written.set_days(camp)
    if written.validate_on_submit():
        response = make_response(redirect(url_for("register.sent"), 303))
        try:
            registration.register(camp, written.email.data or "", written.entry(camp, asked), _asker(written, response),
                                  str(get_locale()), _ceilings())
        except NotOpen:
            raise
        except CampError as error:
            refuse(written, error)
            return _page(camp, written, asked), error.status
        db.session.commit()
        return response
    return _page(camp, written, asked), 422 if written.errors else 200


def _page(camp: Camp, written: RegistrationForm, asked: Sequence[Question]) -> str:
    span = camps.spans(camp).get("registration")
    return render_template("camp/register.html", form=written, open=camps.open_now(camp, "registration"), span=span,
                           room=places.open_to_newcomers(camp, ()), rules=places.rules(camp),
                           until=retention.erased_on(camp), fields=[written[name(question)] for question in asked])


def _asker(written: RegistrationForm, response: Response) -> mail_limits.Asker:
    """Who asks; counted apart from sign-ins, so that neither keeps the other from its mail."""
    key = _config().secret_key
    return mail_limits.asker(key, f"registration/{(written.email.data or '').strip().lower()}",
                             access.set_browser(response), request.remote_addr)


@bp.get("/<camp>/registered")
@allow("public")
def sent() -> ResponseReturnValue:
    """The mail is under way."""
    return render_template("camp/register_sent.html")


@bp.route("/<camp>/register/<token>", methods=["GET", "POST"])
@allow("public")
def confirm(token: str) -> ResponseReturnValue:
    """The page behind the link: what was written, and one button. Looking at it changes nothing."""
    camp, key = access.the_camp(), _config().secret_key
    if request.method == "POST":
        who = registration.confirm(camp, token, key)
        db.session.commit()
        return redirect(url_for("register.place", token=registration.link_of(who, key)), 303)
    made = registration.reserved(camp, token, key)
    return _kept_nowhere(render_template("camp/register_confirm.html", made=made, written=made.values["participant"]))


@bp.route("/<camp>/place/<token>", methods=["GET", "POST"])
@allow("public")
def place(token: str) -> ResponseReturnValue:
    """Where somebody stands, and one tap to take the place, decline it, leave the line, or say “cannot come”."""
    camp, key = access.the_camp(), _config().secret_key
    who = registration.by_link(camp, token, key)
    if request.method == "POST":
        verbs = {"accept": registration.accept, "again": registration.come_again}
        verbs.get(request.form.get("answer", ""), registration.leave)(camp, who)
        db.session.commit()
        return redirect(url_for("register.place", token=registration.link_of(who, key)), 303)
    ahead = places.ahead_of(camp, who) if who.state == "waiting" else 0
    return _kept_nowhere(render_template("camp/place.html", who=who, ahead=ahead, token=token,
                                        registering=camps.open_now(camp, "registration")))


def _config() -> Config:
    config: Config = current_app.config["CAMP"]
    return config


def _ceilings() -> mail_limits.Ceilings:
    return mail_limits.Ceilings(_config().mails_per_network, _config().mails_per_hour)


def _kept_nowhere(page: str) -> Response:
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
