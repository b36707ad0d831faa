"""What the organisers' forms share: run a verb and keep it, or put its refusal beside the field; then go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from camp.db import db
from camp.errors import CampError
from camp.forms import refuse
from camp.views import guide


def went_through(form: FlaskForm, verb: Callable[[], object], **fields: str) -> bool:
    """Run a verb on a form that is valid; a refusal stands beside its field, and nothing of it is kept.

    `fields`: the topic's name of a field → the form's, where they differ.
    """
    try:
        verb()
    except CampError as error:
        db.session.rollback()
        error.field = fields.get(error.field, error.field)
        refuse(form, error)
        return False
    return True


def saved(endpoint: str, text: str = "", **values: Any) -> ResponseReturnValue:
    """Keep what was done, say so, and go to a page of this camp, or on in the guided set-up."""
    db.session.commit()
    flash(text or gettext("Saved."), "ok")
    return redirect(guide.onward(endpoint, **values) or url_for(endpoint, **values), 303)
