"""The forms of a plan mended on the day: what happened, and which offer is taken."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, ValidationError

from camp.forms import StrictForm
from sessions import words
from sessions.mending import Damage
from sessions.standing import Standing


def _listed(_form: Form, field: SelectField) -> None:
    if (field.data or "") not in {choice[0] for choice in field.choices or ()}:
        raise ValidationError(gettext("Choose one of the list."))


def _number(_form: Form, field: HiddenField) -> None:
    if field.data and not (field.data.isascii() and field.data.isdecimal() and len(field.data) < 16):
        raise ValidationError(gettext("Choose one of the list."))


class DamageForm(StrictForm):
    """A room lost, a session called off, a host late, or all of it; asked by GET, for nothing changes by asking."""

    class Meta:
        """No token: the answer is a page, and whoever takes an offer sends another form."""

        csrf = False

    room = SelectField(_("Lost room"), [_listed], validate_choice=False)
    slot = SelectField(_("When"), [_listed], validate_choice=False)
    session = SelectField(_("Session that is called off"), [_listed], validate_choice=False)
    host = SelectField(_("Host who comes late"), [_listed], validate_choice=False)
    arrives = SelectField(_("Is there from"), [_listed], validate_choice=False)

    def offer(self, standing: Standing, begun: int) -> DamageForm:
        """Fill in rooms, slots that have not begun, and sessions in cells that have not begun."""
        slots = standing.grid.session_slots
        ahead = {f"t{slot.id}" for slot in slots[begun:]}
        self.room.choices = [("", gettext("None")), *(
            (str(room.id), f"{room.letter} · {room.name}") for room in standing.grid.rooms)]
        self.slot.choices = [("", gettext("From now on")), *(
            (str(slot.id), words.slot_label(slot, slots)) for slot in slots[begun:])]
        placed = [standing.sessions[row.session] for row in standing.placed if row.slot in ahead]
        self.session.choices = [("", gettext("None")), *(
            (str(one.id), one.title) for one in sorted(placed, key=lambda one: one.title.casefold()))]
        people = {host.participant_id: host.participant.name for one in placed for host in one.hosts
                  if host.participant_id in standing.hosts}
        self.host.choices = [("", gettext("None")), *(
            (str(one), name) for one, name in sorted(people.items(), key=lambda row: row[1].casefold()))]
        self.arrives.choices = [("", gettext("Choose …")), *self.slot.choices[1:]]
        return self

    def validate_arrives(self, field: SelectField) -> None:
        """Who comes late comes at some time."""
        if self.host.data and not field.data:
            raise ValidationError(gettext("Choose a time."))

    def damage(self) -> Damage:
        """What was chosen."""
        return _damage(self)


class TakeForm(StrictForm):
    """The same damage again, the offer that is taken, and the camp's change number when it was made."""

    room = HiddenField(validators=[_number])
    slot = HiddenField(validators=[_number])
    session = HiddenField(validators=[_number])
    host = HiddenField(validators=[_number])
    arrives = HiddenField(validators=[_number])
    version = HiddenField(validators=[InputRequired(), _number])
    kind = StringField()

    def damage(self) -> Damage:
        """The damage that the offers were made for."""
        return _damage(self)


def _damage(form: DamageForm | TakeForm) -> Damage:
    fields = (form.room, form.slot, form.session, form.host, form.arrives)
    room, slot, session, host, arrives = (int(one.data) if one.data else None for one in fields)
    return Damage(room, slot, session, host, arrives if host is not None else None)
