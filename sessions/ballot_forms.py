"""The form in which organisers say how the camp votes."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional

from camp.forms import Locked, NumberField, StrictForm
from sessions.vote_models import VotingRules
from sessions.voting import MOST_BUDGET


class VotingForm(Locked, StrictForm):
    """Unlimited interest or a budget, hidden counts or not, by lot or least seen first."""

    mode = RadioField(_("How many votes each person has"), choices=[
        ("free", _("As many as they like: each says where they would come")), ("budget", _("A number of their own"))],
        validators=[InputRequired(message=_("This is still empty."))])
    budget = NumberField(_("Votes for each person"), [Optional(), NumberRange(
        1, MOST_BUDGET, message=_("From %(min)s to %(max)s."))], description=_("Only if the number is limited."))
    hidden = BooleanField(_("Hide the numbers from participants until voting ends"),
                          description=_("Else what leads draws still more votes."))
    order = RadioField(_("In what order people meet the proposals"), choices=[
        ("lot", _("By lot, another order for each person")), ("least", _("First what fewest have judged"))],
        validators=[InputRequired(message=_("This is still empty."))])

    def validate(self, *args: Any, **values: Any) -> bool:
        """A budget needs its number."""
        good = bool(super().validate(*args, **values))
        if self.mode.data == "budget" and self.budget.data is None and not self.budget.errors:
            self.budget.errors = [*self.budget.errors, str(_("This is still empty."))]
            return False
        return good

    def values(self) -> dict[str, Any]:
        """What `voting.change_rules` asks for."""
        return {"budget": self.budget.data if self.mode.data == "budget" else None, "hidden": self.hidden.data,
                "least_seen": self.order.data == "least"}


def of(rules: VotingRules) -> VotingForm:
    """The form filled with the camp's rules; what was sent goes before."""
    return VotingForm(data={"mode": "free" if rules.budget is None else "budget", "budget": rules.budget,
                            "hidden": rules.hidden, "order": "least" if rules.least_seen else "lot"})
