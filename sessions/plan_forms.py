"""What comes from the board: a session for a cell, a pin, a step to take back; the same from drag, dialog and keys."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from camp.errors import N_, BadInput

TRAY = "tray"


class MoveForm(FlaskForm):
    """Where a session shall lie ("12-7": room and slot, or "tray"), whether it stays there, and the board's number."""

    cell = StringField(widget=HiddenInput())
    pinned = BooleanField()
    seen = IntegerField(validators=[Optional()], widget=HiddenInput())

    def to_tray(self) -> bool:
        """Whether it shall lose its cell."""
        return self.cell.data == TRAY

    def room_and_slot(self) -> tuple[int, int]:
        """The cell that was chosen. Raises BadInput for what is none."""
        room, _, slot = (self.cell.data or "").partition("-")
        if not (room.isdecimal() and slot.isdecimal()):
            raise BadInput(N_("Choose a cell."), N_("Free ones come first."), field="cell")
        return int(room), int(slot)


class PinForm(FlaskForm):
    """Whether a session stays in its cell, and the board's number."""

    wanted = StringField(widget=HiddenInput())
    seen = IntegerField(validators=[Optional()], widget=HiddenInput())


class StepForm(FlaskForm):
    """The number of a step."""

    step = IntegerField(validators=[Optional()], widget=HiddenInput())
