"""Pages for everybody: the camps, a camp's home, its legal texts, and the licences of what the pages carry."""

from __future__ import annotations

import json
from functools import cache

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from camp import access, camps, pages, panels, papers, settings, texts, venue
from camp.access import allow
from camp.db import db
from camp.errors import CampError
from camp.forms import refuse
from camp.models import Camp
from camp.paths import VENDOR
from camp.setup_forms import CampForm
from camp.setup_forms import new_camp as new_camp_form
from camp.views import cloning, guide

bp = Blueprint("public", __name__)


@bp.get("/", endpoint="camps")
@allow("public")
def all_camps() -> ResponseReturnValue:
    """The camps of this installation that this viewer may know of."""
    person = access.viewer().person
    return render_template("camp/camps.html", camps=camps.listed(person.id if person else None))


@bp.route("/camps/new", methods=["GET", "POST"])
@allow("administrator")
def new_camp() -> ResponseReturnValue:
    """Make a camp; whoever makes it organises it."""
    form = new_camp_form()
    person = access.viewer().person
    if form.validate_on_submit() and person is not None:
        try:
            made = _made(form, person.id)
        except CampError as error:
            refuse(form, error)
        else:
            response = redirect(url_for("setup.days", camp=made.slug, guide=1), 303)
            access.renew(response)  # the person may do more now
            db.session.commit()
            flash(_("The camp is made. Only you see it until you open it."), "ok")
            return response
        db.session.rollback()
    return render_template("camp/new_camp.html", form=form, guide=guide.first(),
                           patterns=cloning.patterns(access.viewer())), 422 if form.errors else 200


def _made(form: CampForm, person_id: int) -> Camp:
    values, day = form.values(), form.date.data
    assert day is not None  # the form has been validated
    made = camps.make(values["slug"], values["title"], values["capacity"], [], organiser_id=person_id)
    settings.change(made, **values | {"slug": made.slug}, person_id=person_id)
    settings.add_day(made, day, None, person_id=person_id)
    return made


@bp.get("/<camp>/")
@allow("public")
def home() -> ResponseReturnValue:
    """The camp's first page."""
    camp = access.the_camp()
    here, stage = access.viewer(), camps.stage(camp)
    pieces = panels.pieces(current_app, "home", camp, here)
    on_top = 1 if stage in ("pitch", "camp") else 0  # on the day people come for what runs now
    rooms = venue.rooms(camp)
    welcome, language = texts.read(camp, "welcome", str(get_locale()))
    return render_template(
        "camp/home.html", welcome=welcome, welcome_language=language, path=pages.phase_path(camp),
        outline=venue.outline(venue.slots(camp)), room_count=len(rooms), stage=stage,
        on_site=_on_site(camp), ways=[room for room in rooms if room.way or room.picture_id], top=pieces[:on_top],
        pieces=pieces[on_top:],
        hero=panels.pieces(current_app, "hero", camp, here),
        registering=not here.is_participant and camps.open_now(camp, "registration"))


def _on_site(camp: Camp) -> list[tuple[str, str, str]]:
    """WLAN and emergency contact for those who are registered: title, text, language."""
    found = ((name, *texts.read(camp, name, str(get_locale()))) for name in ("wlan", "emergency"))
    return [(_(papers.LABELS[name]), text, language) for name, text, language in found if text]


@bp.get("/<camp>/<any(imprint, privacy, terms, accessibility, simple, rules):name>")
@allow("public")
def legal(name: str) -> ResponseReturnValue:
    """One of the camp's texts that have a page of their own, in the reader's language if it is there."""
    text, language = texts.read(access.the_camp(), name, str(get_locale()))
    if not text:
        raise NotFound
    return render_template("camp/legal.html", title=_(papers.LABELS[name]), text=text, language=language)


@bp.get("/licences")
@allow("public")
def licences() -> ResponseReturnValue:
    """The front-end files of others that these pages carry."""
    return render_template("camp/licences.html", packages=_packages())


@cache
def _packages() -> list[dict[str, str]]:
    packages: list[dict[str, str]] = json.loads((VENDOR / "vendor.lock.json").read_text("utf-8"))
    return packages
