"""Forms of the badges wing: a door's name, a pairing code, a badge's code, what is printed, how badges look."""

from __future__ import annotations

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from badges import labels, look
from camp.forms import StrictForm, at_most, number, one_line, required

_SHEETS = [(name, _(label)) for name, label in look.SHEETS.items()]
_TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


STATION_LABELS = {"door": _("People are let in"), "shirt": _("T-shirts are handed out"),
                  "meal": _("Lunch is handed out")}


class DoorForm(StrictForm):
    """The name of the door at which a phone will stand."""

    door = StringField(_("Name of the door"), [required(), at_most(40)], filters=[one_line],
                       description=_("For example: main entrance."))
    station = SelectField(_("What happens there"), choices=list(STATION_LABELS.items()), default="door")
    once = SelectField(_("How often"), choices=[("day", _("once a day")), ("camp", _("once at the whole camp"))],
                       default="day", description=_("At a door people count each day anew."))
    drill = BooleanField(_("Drill: with invented people, nothing counts"))


class NoteForm(StrictForm):
    """What the staff at the door is told about somebody."""

    text = StringField(_("Note to the staff"), [at_most(200)], filters=[one_line])


class RescueForm(StrictForm):
    """The text of a phone that could not send its scans."""

    text = TextAreaField(_("Text of the phone"), [required(), at_most(400_000)],
                         render_kw={"rows": 4, "spellcheck": "false"})


class PairForm(StrictForm):
    """The eight characters from the organiser's screen."""

    code = StringField(_("Code from the organiser's screen"), [required(), at_most(20)], render_kw=_TYPED)


class CheckInForm(StrictForm):
    """What stands on a badge below its code, or what a hand scanner types; with the attempt's own number."""

    nonce = HiddenField(validators=[required(), at_most(64)])
    text = StringField(_("Code of the badge"), [required(), at_most(300)], render_kw=_TYPED)


class _LastChoice(RadioField):
    """A choice that a button of the form may make too; its value comes after that of the list."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the last value."""
        super().process_formdata(valuelist[-1:])


class PrintForm(StrictForm):
    """Whose badges are printed and on which sheet; `who` holds the ids of participants, if they are chosen singly."""

    whose = _LastChoice(_("Which badges"), [required()], default="new", choices=[
        ("new", _("Not printed yet")), ("changed", _("Changed since they were printed")), ("all", _("Everybody's")),
        ("chosen", _("Those chosen below"))])
    layout = SelectField(_("Sheet"), choices=_SHEETS)
    start = number(_("First free place on the sheet"), 1, 10, default=1,
                   description=_("For label stock that is begun: rows from left to right, from the top."))
    again = BooleanField(_("Print those again too that were printed and have not changed"))
    who = SelectMultipleField(coerce=int, validate_choice=False)

    def validate_start(self, field: SelectField) -> None:
        """The sheet has this place."""
        places = labels.SHEETS[self.layout.data].cards if self.layout.data in labels.SHEETS else 1
        if isinstance(field.data, int) and field.data > places:
            raise ValidationError(ngettext("This sheet has one place.", "This sheet has %(num)d places.", places))

    def validate_who(self, field: SelectMultipleField) -> None:
        """Somebody, if they are chosen singly."""
        if self.whose.data == "chosen" and not field.data:
            raise ValidationError(gettext("Choose somebody at least."))


class BlankForm(StrictForm):
    """How many blank badges are made and printed, on which sheet."""

    number = number(_("How many"), 1, 500, default=20, id="blank-number")
    layout = SelectField(_("Sheet"), choices=_SHEETS, id="blank-layout")


class DrillForm(StrictForm):
    """On which sheet the badges of the invented people are printed."""

    layout = SelectField(_("Sheet"), choices=_SHEETS, id="drill-layout")


class LookForm(StrictForm):
    """The sheet that is usual, and what stands on the badges."""

    layout = SelectField(_("Sheet"), choices=_SHEETS)
    fields = SelectMultipleField(_("On the badge beside the name"), widget=ListWidget(prefix_label=False),
                                 option_widget=CheckboxInput(),
                                 choices=[(name, _(label)) for name, label in look.FIELDS.items()])


class CardForm(StrictForm):
    """Whether whoever scans my badge learns who I am, and how to reach me."""

    shown = BooleanField(_("Whoever scans my badge sees my name, organisation and hashtags"))
    contact = StringField(_("How to reach me"), [at_most(200)], filters=[one_line],
                          description=_("A mail address, a profile, a phone number; seen by whoever scans your badge."))
