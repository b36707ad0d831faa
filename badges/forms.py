"""Forms of the badges wing: a door's name, a pairing code, a badge's code."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from camp.forms import at_most, required

_TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class DoorForm(FlaskForm):
    """The name of the door at which a phone will stand."""

    door = StringField(_("Name of the door"), [required(), at_most(40)], description=_("For example: main entrance."))


class PairForm(FlaskForm):
    """The eight characters from the organiser's screen."""

    code = StringField(_("Code from the organiser's screen"), [required(), at_most(20)], render_kw=_TYPED)


class CheckInForm(FlaskForm):
    """What stands on a badge below its code, or what a hand scanner types; with the attempt's own number."""

    nonce = HiddenField(validators=[required(), at_most(64)])
    text = StringField(_("Code of the badge"), [required(), at_most(300)], render_kw=_TYPED)
