"""Pages for everybody: the camps, a camp's home, its legal texts, and the licences of what the pages carry."""

from __future__ import annotations

import json
from functools import cache

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from camp import access, camps, pages, panels, venue
from camp.access import allow
from camp.db import db
from camp.errors import CampError
from camp.forms import CampForm, refuse
from camp.paths import VENDOR

bp = Blueprint("public", __name__)


@bp.get("/", endpoint="camps")
@allow("public")
def all_camps() -> ResponseReturnValue:
    """The camps of this installation."""
    return render_template("camp/camps.html", camps=camps.all_camps())


@bp.route("/camps/new", methods=["GET", "POST"])
@allow("administrator")
def new_camp() -> ResponseReturnValue:
    """Make a camp; whoever makes it organises it."""
    form = CampForm()
    person = access.viewer().person
    if form.validate_on_submit() and person is not None:
        try:
            made = camps.make(**form.values(), organiser_id=person.id)
        except CampError as error:
            refuse(form, error)
        else:
            response = redirect(url_for("organise.desk", camp=made.slug), 303)
            access.renew(response)  # the person may do more now
            db.session.commit()
            flash(_("The camp is made. Rooms and slots come from a folder: camp load."), "ok")
            return response
    return render_template("camp/new_camp.html", form=form), 422 if form.errors else 200


@bp.get("/<camp>/")
@allow("public")
def home() -> ResponseReturnValue:
    """The camp's first page."""
    camp = access.the_camp()
    here, stage = access.viewer(), camps.stage(camp)
    pieces = panels.pieces(current_app, "home", camp, here)
    on_top = 1 if stage in ("pitch", "camp") else 0  # on the day people come for what runs now
    return render_template("camp/home.html", path=pages.phase_path(camp), outline=venue.outline(venue.slots(camp)),
                           room_count=len(venue.rooms(camp)), stage=stage, top=pieces[:on_top],
                           hero=panels.pieces(current_app, "hero", camp, here), pieces=pieces[on_top:])


@bp.get("/<camp>/<any(imprint, privacy, accessibility):name>")
@allow("public")
def legal(name: str) -> ResponseReturnValue:
    """A legal text of the camp."""
    text = getattr(access.the_camp(), name)
    if not text:
        raise NotFound
    titles = {"imprint": _("Imprint"), "privacy": _("Privacy"), "accessibility": _("Accessibility")}
    return render_template("camp/legal.html", title=titles[name], text=text)


@bp.get("/licences")
@allow("public")
def licences() -> ResponseReturnValue:
    """The front-end files of others that these pages carry."""
    return render_template("camp/licences.html", packages=_packages())


@cache
def _packages() -> list[dict[str, str]]:
    packages: list[dict[str, str]] = json.loads((VENDOR / "vendor.lock.json").read_text("utf-8"))
    return packages
