"""My registration: change it, see what is stored, take it along, erase it; and the list of who wants to be seen."""

from __future__ import annotations

import json

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from camp import access, erasers, forgetting, own_data, profile, questions, retention
from camp.access import allow
from camp.config import Config
from camp.db import db
from camp.erasure import Means
from camp.errors import N_, BadInput, Full
from camp.forms import SignInForm, refuse
from camp.models import Participant
from camp.question_forms import extended, name
from camp.registration_forms import PersonForm
from camp.text import line

bp = Blueprint("profile", __name__)


@bp.route("/<camp>/me/edit", methods=["GET", "POST"])
@allow("participant")
def edit() -> ResponseReturnValue:
    """Change what I wrote when registering."""
    camp, me = access.the_camp(), access.me()
    asked = questions.of(camp)
    form = extended(PersonForm, camp, asked, questions.answers(me))(data=profile.written(camp, me))
    form.set_days(camp)
    if form.validate_on_submit():
        try:
            profile.change(camp, me, form.entry(camp, asked))
        except Full as error:
            refuse(form, error)
        else:
            db.session.commit()
            flash(_("Saved."), "ok")
            return redirect(url_for("me.show"), 303)
    return render_template("camp/profile.html", form=form,
                           fields=[form[name(question)] for question in asked]), 422 if form.errors else 200


@bp.get("/<camp>/me/data")
@allow("signed-in")
def data() -> ResponseReturnValue:
    """What is stored about me, in figures, and for how long."""
    camp, me = access.the_camp(), access.viewer().participant
    stored = _gathered(me) if me is not None else {}
    return render_template("camp/own_data.html", me=me, labels=own_data.LABELS, until=retention.erased_on(camp),
                           rows=[(name, len(rows)) for name, rows in stored.items() if rows])


@bp.get("/<camp>/me/data.json")
@allow("signed-in")
def download() -> ResponseReturnValue:
    """Everything that is stored about me, as a file that people and programs can read."""
    me = access.viewer().participant
    text = json.dumps(_gathered(me) if me is not None else {}, ensure_ascii=False, indent=2)
    response = Response(text + "\n", content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{access.the_camp().slug}-me.json"'
    return response


@bp.route("/<camp>/me/erase", methods=["GET", "POST"])
@allow("signed-in")
def erase() -> ResponseReturnValue:
    """Erase me at this camp; asked for by typing my address again."""
    camp, me, form = access.the_camp(), access.viewer().participant, SignInForm()
    if me is not None and not me.person.address:  # whoever came to the door and gave none types the name
        form.email.label.text, form.email.render_kw = _("Your name"), {}
    if me is None and request.method != "POST":
        return data()
    if me is None:
        raise BadInput(N_("Nothing of you is stored at this camp."), N_("Your account has a page of its own."))
    if request.method == "POST" and not _is_mine(me, form.email.data or ""):
        form.validate()
        form.email.errors = [_("This is not your address; nothing was erased.") if me.person.address
                             else _("This is not your name; nothing was erased.")]
        return render_template("camp/erase.html", form=form, me=me), 422
    if not form.validate_on_submit():
        return render_template("camp/erase.html", form=form, me=me)
    stale = forgetting.at_own_wish(_config(), _means(), camp, me)
    response = make_response(redirect(url_for("public.home"), 303))
    access.sign_out(response)
    db.session.commit()
    forgetting.clean_up(_config(), stale)
    flash(_("You are erased at this camp."), "ok")
    return response


@bp.get("/<camp>/people")
@allow("public")
def people() -> ResponseReturnValue:
    """Those who have a place and want to be seen."""
    camp = access.the_camp()
    return render_template("camp/public_list.html", rows=profile.public_list(camp), until=retention.erased_on(camp),
                           told=retention.told(camp))


def _is_mine(me: Participant, typed: str) -> bool:
    """Whether somebody has typed their address, or without one the name."""
    return line(typed).casefold() == (me.person.address or line(me.name)).casefold()


def _gathered(me: Participant) -> dict[str, list[dict[str, object]]]:
    tellers = [eraser.tell for eraser in erasers.of(current_app)]
    return own_data.gather(access.the_camp(), me, _config().vote_key, tellers)


def _means() -> Means:
    return Means(_config().vote_key, erasers.of(current_app))


def _config() -> Config:
    config: Config = current_app.config["CAMP"]
    return config
