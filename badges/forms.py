"""Forms of the badges wing: a door's name, a pairing code, a badge's code."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from camp.forms import at_most, required

_TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


STATION_LABELS = {"door": _("People are let in"), "shirt": _("T-shirts are handed out"),
                  "meal": _("Lunch is handed out")}


class DoorForm(FlaskForm):
    """The name of the door at which a phone will stand."""

    door = StringField(_("Name of the door"), [required(), at_most(40)], description=_("For example: main entrance."))
    station = SelectField(_("What happens there"), choices=list(STATION_LABELS.items()), default="door")
    once = SelectField(_("How often"), choices=[("day", _("once a day")), ("camp", _("once at the whole camp"))],
                       default="day", description=_("At a door people count each day anew."))
    drill = BooleanField(_("Drill: with invented people, nothing counts"))


class NoteForm(FlaskForm):
    """What the staff at the door is told about somebody."""

    text = StringField(_("Note to the staff"), [at_most(200)])


class RescueForm(FlaskForm):
    """The text of a phone that could not send its scans."""

    text = TextAreaField(_("Text of the phone"), [required(), at_most(400_000)],
                         render_kw={"rows": 4, "spellcheck": "false"})


class PairForm(FlaskForm):
    """The eight characters from the organiser's screen."""

    code = StringField(_("Code from the organiser's screen"), [required(), at_most(20)], render_kw=_TYPED)


class CheckInForm(FlaskForm):
    """What stands on a badge below its code, or what a hand scanner types; with the attempt's own number."""

    nonce = HiddenField(validators=[required(), at_most(64)])
    text = StringField(_("Code of the badge"), [required(), at_most(300)], render_kw=_TYPED)
