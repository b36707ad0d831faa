"""A new camp after the pattern of one that somebody has organised."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from camp import access, camps, cloners, cloning
from camp.access import Viewer, allow
from camp.db import db
from camp.errors import CampError
from camp.forms import refuse
from camp.models import Camp
from camp.setup_forms import clone_of

bp = Blueprint("cloning", __name__)


@bp.route("/camps/new/from/<source>", methods=["GET", "POST"])
@allow("administrator")
def begin(source: str) -> ResponseReturnValue:
    """Make a camp with all that was set up at another one; whoever makes it organises it."""
    viewer = access.viewer()
    found = next((camp for camp in patterns(viewer) if camp.slug == source), None)
    if found is None:
        raise NotFound
    form = clone_of(cloning.proposed(found))
    if form.validate_on_submit():
        try:
            made = cloning.clone(found, form.new(), cloners.of(current_app), person_id=viewer.person_id)
        except CampError as error:
            db.session.rollback()
            refuse(form, error)
        else:
            response = redirect(url_for("opening.checklist", camp=made.slug), 303)
            access.renew(response)  # the person may do more now
            db.session.commit()
            flash(gettext("The camp is made. Only you see it until you open it; look through its texts first."), "ok")
            return response
    return render_template("camp/clone.html", form=form, source=found), 422 if form.errors else 200


def patterns(viewer: Viewer) -> list[Camp]:
    """The camps after whose pattern this viewer may make another one: those they organise."""
    mine = camps.organised_by(viewer.person_id) if viewer.person_id else ()
    return [camp for camp in mine if Viewer(viewer.person, camp, viewer.second_factor).may("organiser")]
