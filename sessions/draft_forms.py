"""The forms of a proposed plan: how long to search, and what of it is taken."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf

from camp.forms import StrictForm
from sessions.drafts import Comparison

SECONDS = {"10": _("10 seconds"), "60": _("1 minute"), "300": _("5 minutes")}


class SearchForm(StrictForm):
    """How long to search for a plan."""

    seconds = SelectField(_("How long to search"), choices=list(SECONDS.items()), default="10", validate_choice=False,
                          validators=[AnyOf(list(SECONDS), message=_("Choose one of the list."))],
                          description=_("For a camp of a day the shortest time is mostly enough. "
                                        "You can stop at any time; the best one so far is kept."))


class TakeForm(StrictForm):
    """Which sessions of the proposal are taken, singly or by slot, and which two plans were looked at."""

    seen = HiddenField()
    do = StringField()
    session = SelectMultipleField(validate_choice=False)
    slot = SelectMultipleField(validate_choice=False)

    def chosen(self, comparison: Comparison) -> set[str]:
        """The sessions that are ticked, or whose slot is; what has no cell any more goes under the empty slot."""
        slots = set(self.slot.data or ())
        return set(self.session.data or ()) | {one.session for one in comparison.changes
                                               if (one.after.slot if one.after else "") in slots}
