"""The form that moves a session by hand."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from sessions import planning, words
from sessions.planner.problem import Breach
from sessions.planner.rules import RULES
from sessions.standing import Standing


class MoveForm(FlaskForm):
    """Where a session shall lie, and whether it stays there when the plan is made anew."""

    slot = SelectField(_("Time"), [InputRequired(message=_("Choose a time."))], validate_choice=False)
    room = SelectField(_("Room"), [InputRequired(message=_("Choose a room."))], validate_choice=False)
    pinned = BooleanField(_("Pin it: it stays there when a plan is made"))

    def offer(self, standing: Standing) -> MoveForm:
        """Fill in the slots and rooms of the camp; before a choice there is none."""
        slots = standing.grid.session_slots
        self.slot.choices = [("", gettext("Choose …")), *(
            (str(slot.id), words.slot_label(slot, slots)) for slot in slots)]
        self.room.choices = [("", gettext("Choose …")), *(
            (str(room.id), gettext("%(letter)s · %(name)s, %(seats)s places", letter=room.letter, name=room.name,
                                   seats=room.seats)) for room in standing.grid.rooms)]
        return self

    def cell(self) -> tuple[int, int]:
        """Room and slot that were chosen; 0, which no row has, for what is no number."""
        room, slot = (int(data) if data.isdecimal() else 0 for data in (self.room.data, self.slot.data))
        return room, slot

    def refuse(self, breach: Breach, sentence: str) -> None:
        """Put a broken rule beside the field that it speaks of."""
        field = self.room if RULES[breach.rule].about == "room" else self.slot
        field.errors = [*field.errors, sentence]


def of(standing: Standing, session: int) -> MoveForm:
    """The form filled with where the session lies now; what was sent goes before."""
    here = next((card for card in planning.cards(standing) if card.session_id == session), None)
    data = {"slot": str(here.slots[0].id), "room": str(here.room_id), "pinned": here.pinned} if here else {}
    return MoveForm(data=data).offer(standing)
