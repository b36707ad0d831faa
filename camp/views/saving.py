"""What the organisers' forms share: run a verb and keep it, or put its refusal beside the field; then go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field

from camp import access, differences, editions
from camp.db import db
from camp.errors import CampError
from camp.forms import Locked, refuse
from camp.views import guide

Form = TypeVar("Form", bound=FlaskForm)
_UNCOMPARED = ("CSRFTokenField", "EditNumberField", "FileField", "HiddenField", "SubmitField")


def locked(form: Form, what: str) -> Form:
    """Let a form (with `camp.forms.Locked`) carry the edit number of what it changes, named as in `camp.editions`.

    The form has to be filled with what stands there now (`data=` or `obj=`), with which the second one is compared.
    """
    assert isinstance(form, Locked)
    form.lock = what
    if request.method == "GET":
        form.edit_number.data = editions.number(access.the_camp(), what)
    return form


def went_through(form: FlaskForm, verb: Callable[[], object], **fields: str) -> bool:
    """Run a verb on a form that is valid; a refusal stands beside its field, and nothing of it is kept.

    `fields`: the topic's name of a field → the form's, where they differ. A form that is `locked` is refused if
    somebody else has saved another text since it was opened; it shows by whom and what differs.
    """
    try:
        if isinstance(form, Locked) and form.lock:
            count(form)
        verb()
    except CampError as error:
        db.session.rollback()
        error.field = fields.get(error.field, error.field)
        refuse(form, error)
        if isinstance(error, editions.Overtaken):
            show_theirs(form)
        return False
    return True


def count(form: Any) -> None:
    """Count the saving of a locked form, for a view that runs its verb itself. Raises editions.Overtaken.

    What says the same as what stands there overtakes nobody, such as a form sent twice; but it has to say its number.
    """
    number = form.edit_number.data
    seen = number if number == editions.NEVER_SEEN or differing(form) else None
    editions.save(access.the_camp(), form.lock, seen, access.viewer().person_id)


def show_theirs(form: FlaskForm) -> None:
    """Let a form that came second show what differs from what stands there, and carry the new edit number."""
    assert isinstance(form, Locked)
    form.theirs = differing(form)
    if form.lock:
        form.edit_number.show(editions.number(access.the_camp(), form.lock))


def differing(form: FlaskForm) -> list[tuple[str, list[differences.Part]]]:
    """The fields in which what was typed differs from what stands there: label, and the parts of both texts."""
    rows = [(field, _said(field, field.object_data), _said(field, field.data)) for field in form
            if field.type not in _UNCOMPARED]
    return [(str(field.label.text), differences.between(theirs, mine)) for field, theirs, mine in rows
            if theirs != mine]


def saved(endpoint: str, text: str = "", **values: Any) -> ResponseReturnValue:
    """Keep what was done, say so, and go to a page of this camp, or on in the guided set-up."""
    db.session.commit()
    flash(text or gettext("Saved."), "ok")
    return redirect(guide.onward(endpoint, **values) or url_for(endpoint, **values), 303)


def _said(field: Field, value: Any) -> str:
    """What a field holds, as people read it."""
    labels = {str(key): str(label) for key, label in getattr(field, "choices", None) or ()}
    if isinstance(value, (list, tuple)):
        return ", ".join(sorted(labels.get(str(one), str(one)) for one in value))
    if isinstance(value, bool) or field.type == "BooleanField":
        return gettext("yes") if value else gettext("no")
    if value is None or value == "":
        return ""
    said = labels.get(str(value), str(value))
    return said.replace("\r\n", "\n").strip()
