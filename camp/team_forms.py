"""Forms of the team: inviting somebody to a role, shifts of the roster, and when meals are ordered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from camp import i18n
from camp.forms import Locked, MomentField, NumberField, StrictForm, at_most, one_line, required
from camp.models import Camp
from camp.people import ROLES
from camp.roster import TASKS, Duty
from camp.venue_forms import WallTimeField

_ROLE_WORDS = (_("Organiser: may do everything at this camp"), _("Moderator: leads the pitch round, moves sessions"),
               _("Helper: sees who is in charge and on duty"), _("Catering: sees the sheet of meals, nothing else"))


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


class InvitationForm(StrictForm):
    """Who is invited to which role."""

    email = StringField(_("Mail address"), [required(), at_most(254)], filters=[one_line],
                        render_kw={"type": "email", "autocomplete": "off"})
    role = RadioField(_("Role"), choices=list(zip(ROLES, _ROLE_WORDS, strict=True)),
                      validators=[InputRequired(message=_("Choose a role."))])
    language = SelectField(_("Language of the mail"), choices=[("de", "Deutsch"), ("en", "English")])


class OrderForm(Locked, StrictForm):
    """Until when meals are ordered, and how many of those with a place come."""

    order_by = MomentField(_("Ordered by"), [Optional()],
                           description=_("From then on the numbers stay, and the difference to today is shown."))
    percent = NumberField(_("Of those with a place come, in percent"), [Optional(), NumberRange(
        1, 100, message=_("From %(min)s to %(max)s."))], description=_("Empty: as at past camps."))

    def moment(self, zone: str) -> datetime | None:
        """The deadline in the camp's zone."""
        wall = self.order_by.data
        return wall.replace(tzinfo=ZoneInfo(zone)) if wall else None


class ShiftForm(Locked, StrictForm):
    """A shift of the roster."""

    buttons = ("more",)
    task = SelectField(_("Task"), choices=[(name, _(label)) for name, label in TASKS.items()])
    title = StringField(_("More exactly"), [at_most(100)], filters=[one_line],
                        description=_("For example: main entrance."))
    date = SelectField(_("Day"), coerce=_day, validators=[InputRequired(message=_("This is still empty."))])
    starts = WallTimeField(_("Begins at"))
    ends = WallTimeField(_("Ends at"))
    who = StringField(_("Who"), [at_most(100)], filters=[one_line], render_kw={"list": "names", "autocomplete": "off"},
                      description=_("Somebody who is registered, or any name. Empty: the shift is open."))
    phone = StringField(_("Telephone"), [at_most(40)], filters=[one_line], render_kw={"type": "tel"},
                        description=_("Only the team sees it; it is erased with the people."))

    def set_days(self, camp: Camp) -> None:
        """Offer the days of the camp, the one before for setting up and the one after for clearing away."""
        days = sorted(day.date for day in camp.days)
        around = [days[0] - timedelta(days=1), *days, days[-1] + timedelta(days=1)] if days else []
        self.date.choices = [(day, i18n.long_day(day)) for day in around]

    def duty(self) -> Duty:
        """The shift as it is written."""
        assert self.starts.data and self.ends.data
        return Duty(self.task.data, self.title.data or "", self.date.data, self.starts.data, self.ends.data,
                    self.who.data or "", self.phone.data or "")
