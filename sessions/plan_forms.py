"""The form that moves a session by hand."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from sessions import drafts
from sessions.drafts import Draft
from sessions.planner.problem import Breach

# Rules that speak of the room; all others speak of the time.
_OF_THE_ROOM = ("feature", "closed", "taken", "unknown_room")


class MoveForm(FlaskForm):
    """Where a session shall lie, and whether it stays there when the plan is made anew."""

    slot = SelectField(_("Time"), [InputRequired(message=_("Choose a time."))], validate_choice=False)
    room = SelectField(_("Room"), [InputRequired(message=_("Choose a room."))], validate_choice=False)
    pinned = BooleanField(_("Pin it: it stays there when a plan is made"))

    def offer(self, draft: Draft) -> MoveForm:
        """Fill in the slots and rooms of the camp; before a choice there is none."""
        slots = draft.grid.session_slots
        self.slot.choices = [("", gettext("Choose …")), *(
            (str(slot.id), drafts.slot_label(slot, slots)) for slot in slots)]
        self.room.choices = [("", gettext("Choose …")), *(
            (str(room.id), gettext("%(letter)s · %(name)s, %(seats)s places", letter=room.letter, name=room.name,
                                   seats=room.seats)) for room in draft.grid.rooms)]
        return self

    def cell(self) -> tuple[int, int]:
        """Room and slot that were chosen; 0, which no row has, for what is no number."""
        room, slot = (int(data) if data.isdecimal() else 0 for data in (self.room.data, self.slot.data))
        return room, slot

    def refuse(self, breach: Breach, sentence: str) -> None:
        """Put a broken rule beside the field that it speaks of."""
        field = self.room if breach.rule in _OF_THE_ROOM else self.slot
        field.errors = [*field.errors, sentence]


def of(draft: Draft, session: int) -> MoveForm:
    """The form filled with where the session lies now; what was sent goes before."""
    name = drafts.session_id(session)
    here = next((row for row in draft.placed if row.session == name), None)
    data: dict[str, object] = {"pinned": name in draft.pinned}
    if here is not None:
        data |= {"slot": str(drafts.row_id(here.slot)), "room": str(drafts.row_id(here.room))}
    return MoveForm(data=data).offer(draft)
