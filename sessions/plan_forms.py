"""What comes from the board: a session for a cell, a pin, a step to take back; the same from drag, dialog and keys."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from camp.errors import N_, BadInput
from camp.forms import MomentField, StrictForm, at_most, one_line, required
from sessions import named, offers

TRAY = "tray"


def cell_of(text: str | None) -> tuple[int, int]:
    """Room and slot of a cell as the board names it. Raises BadInput for what is none."""
    room, _dash, slot = (text or "").partition("-")
    if not (room.isdecimal() and slot.isdecimal()):
        raise BadInput(N_("Choose a cell."), N_("Free ones come first."), field="cell")
    return int(room), int(slot)


def _number(text: object) -> int:
    """A version as an address names it; 0 for what is none."""
    return int(str(text)) if str(text).isdecimal() and len(str(text)) < 10 else 0


class MoveForm(StrictForm):
    """Where a session shall lie ("12-7": room and slot, or "tray"), whether it stays there, and the board's number."""

    cell = StringField(widget=HiddenInput())
    pinned = BooleanField()
    seen = IntegerField(validators=[Optional()], widget=HiddenInput())

    def to_tray(self) -> bool:
        """Whether it shall lose its cell."""
        return self.cell.data == TRAY

    def room_and_slot(self) -> tuple[int, int]:
        """The cell that was chosen. Raises BadInput for what is none."""
        return cell_of(self.cell.data)


class ReplyForm(StrictForm):
    """What the hosts of a session without a cell are offered, and where; the topic says what can be used."""

    kind = StringField(widget=HiddenInput())
    place = StringField()


class SpotForm(StrictForm):
    """A session for a free cell."""

    title = StringField(_("Title or question"), [required(), at_most(offers.TITLE)], filters=[one_line])
    host = StringField(_("Who holds it"), [required(), at_most(named.NAME)], filters=[one_line],
                       description=_("Somebody on the list or any name."))
    public = BooleanField(_("In the agenda at once"))
    cell = StringField(widget=HiddenInput())


class ChangedForm(StrictForm):
    """Which changes: since a version, or published in a time range; and of sessions in which range of times."""

    since = SelectField(_("Since when"), coerce=_number, validate_choice=False)
    changed_from = MomentField(_("Changed from"), [Optional()])
    changed_until = MomentField(_("Changed until"), [Optional()], description=_("Empty: until now."))
    begins = MomentField(_("Sessions from"), [Optional()])
    ends = MomentField(_("Sessions until"), [Optional()])


class PinForm(StrictForm):
    """Whether a session stays in its cell, and the board's number."""

    wanted = StringField(widget=HiddenInput())
    seen = IntegerField(validators=[Optional()], widget=HiddenInput())


class StepForm(StrictForm):
    """The number of a step."""

    step = IntegerField(validators=[Optional()], widget=HiddenInput())
