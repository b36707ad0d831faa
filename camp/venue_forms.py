"""Forms of the venue: rooms, slots one by one and in a row, closed cells, partners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, NumberRange, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from camp import i18n, rooms, slots, venue
from camp.camp_file import FEATURES, TIERS
from camp.forms import Locked, NumberField, StrictForm, at_most, one_line, required
from camp.models import Camp, Room, Slot
from camp.pages import COLOUR_LABELS, FEATURE_LABELS

_EMPTY = _("This is still empty.")
_TIER_WORDS = (_("organises"), _("supports"), _("sponsors"))
_KIND_WORDS = (_("Sessions"), _("Break"), _("Plenary"))
_TRAY = _("Sessions in it may go back to the tray")


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _between(least: int, most: int) -> list[Any]:
    return [InputRequired(message=_EMPTY), NumberRange(least, most, message=_(
        "At least %(least)s, at most %(most)s.", least=least, most=most))]


class WallTimeField(TimeField):
    """A time of day as browsers send it or people type it; what is none gets one sentence."""

    def __init__(self, label: str, **values: Any) -> None:
        super().__init__(label, [InputRequired(message=_EMPTY)], format=["%H:%M", "%H:%M:%S", "%H.%M"], **values)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError(str(_("This is no time. For example: 9:30"))) from None

    def pre_validate(self, form: BaseForm) -> None:
        """Stop at the first error."""
        if self.process_errors and any(self.raw_data or []):
            raise StopValidation


class RoomForm(Locked, StrictForm):
    """A room."""

    name = StringField(_("Name"), [required(), at_most(100)], filters=[one_line])
    seats = NumberField(_("Seats"), _between(1, 100_000))
    features = SelectMultipleField(_("What it has"), widget=ListWidget(prefix_label=False),
                                   option_widget=CheckboxInput(), validate_choice=False)
    way = StringField(_("How to get there"), [at_most(500)], filters=[one_line],
                      description=_("For example: up the stairs beside the reception, then left."))
    open_space = BooleanField(_("Open space: filled by hand, the planner leaves it alone"))
    letter = SelectField(_("Letter and colour"), validate_choice=False, description=_(
        "Both stand for the room on the wall, the agenda and the signs. They stay once sessions have rooms."))

    def values(self) -> dict[str, Any]:
        """What `rooms.add` and `rooms.change` ask for."""
        return {name: self._fields[name].data for name in ("name", "seats", "way", "open_space")} | {
            "features": list(self.features.data or ()), "letter": self.letter.data or ""}


def room_form(there: Sequence[Room], room: Room | None = None) -> RoomForm:
    """The form of a room, filled if there is one, with the letters that are free; what was sent goes before."""
    names = ("name", "seats", "features", "way", "open_space", "letter")
    form = RoomForm(data={name: getattr(room, name) for name in names} if room else None)
    form.features.choices = [(name, gettext(FEATURE_LABELS[name])) for name in FEATURES]
    free = rooms.free_letters([other for other in there if other is not room])
    own = {room.letter} if room else set()
    form.letter.choices = [(letter, f"{letter}: {gettext(COLOUR_LABELS[venue.colour(letter)])}")
                           for letter in sorted(own | set(free[:26]), key=lambda letter: (len(letter), letter))]
    return form


class TrayForm(StrictForm):
    """Taking a room or slot away."""

    to_tray = BooleanField(_TRAY)


class SlotForm(Locked, StrictForm):
    """A slot."""

    date = SelectField(_("Day"), coerce=_day)
    starts = WallTimeField(_("From"))
    ends = WallTimeField(_("Until"))
    kind = SelectField(_("For"), choices=list(zip(slots.KINDS, _KIND_WORDS, strict=True)))
    title = StringField(_("Title"), [at_most(150)], filters=[one_line],
                        description=_("What a break or plenary is, for example lunch. Sessions have their own."))
    reason = StringField(_("Why no sessions then"), [at_most(150)], filters=[one_line],
                         description=_("If the title does not say it. For example: the rooms are aired."))
    to_tray = BooleanField(_TRAY)

    def span(self) -> slots.Span:
        """What was typed."""
        starts, ends = self.starts.data, self.ends.data
        assert starts is not None and ends is not None  # the form has been validated
        return slots.Span(self.date.data, starts, ends, self.kind.data, self.title.data or "",
                          self.reason.data or "" if self.kind.data != "session" else "")


def slot_form(camp: Camp, slot: Slot | None = None) -> SlotForm:
    """The form of a slot, filled if there is one; what was sent goes before."""
    names = ("date", "starts", "ends", "kind", "title", "reason")
    form = SlotForm(data={name: getattr(slot, name) for name in names} if slot else None)
    form.date.choices = _days(camp)
    return form


class RowForm(StrictForm):
    """Slots in a row."""

    buttons = ("make",)
    date = SelectField(_("Day"), coerce=_day)
    start = WallTimeField(_("The first begins at"), default=time(10))
    length = NumberField(_("Minutes each"), _between(5, 480), default=45)
    pause = NumberField(_("Minutes between"), _between(0, 240), default=15)
    how_many = NumberField(_("How many"), _between(1, 20), default=3)

    def spans(self) -> list[slots.Span]:
        """The slots that were asked for. Raises BadInput past midnight."""
        start = self.start.data
        assert start is not None  # the form has been validated
        return slots.row(self.date.data, start, self.length.data or 0, self.pause.data or 0, self.how_many.data or 0)


def row_form(camp: Camp) -> RowForm:
    """The form of slots in a row."""
    form = RowForm(prefix="row-")
    form.date.choices = _days(camp)
    return form


class CellForm(StrictForm):
    """A cell that takes no session."""

    room = SelectField(_("Room"), coerce=int, validate_choice=False)
    slot = SelectField(_("Slot"), coerce=int, validate_choice=False)
    reason = StringField(_("Why"), [required(), at_most(150)], filters=[one_line],
                         description=_("For example: the lecture before runs late."))
    to_tray = BooleanField(_TRAY)


def cell_form(rooms: Sequence[Room], session_slots: Sequence[Slot]) -> CellForm:
    """The form that closes a cell."""
    form = CellForm(prefix="cell-")
    form.room.choices = [(room.id, room.name) for room in rooms]
    form.slot.choices = [(slot.id, f"{i18n.long_day(slot.date)}, {i18n.wall(slot.starts)}") for slot in session_slots]
    return form


class PartnerForm(Locked, StrictForm):
    """A partner."""

    name = StringField(_("Name"), [required(), at_most(100)], filters=[one_line])
    tier = SelectField(_("What it does"), choices=list(zip(TIERS, _TIER_WORDS, strict=True)))
    url = StringField(_("Link"), [at_most(500)], filters=[one_line], render_kw={"type": "url"},
                      description=_("For example: https://example.org"))


def _days(camp: Camp) -> list[tuple[date, str]]:
    return [(day.date, i18n.long_day(day.date)) for day in camp.days]
