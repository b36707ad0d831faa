"""The form for what a camp wants of its plan."""

from __future__ import annotations

from dataclasses import asdict

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from camp.forms import Locked, StrictForm
from sessions.planner.problem import Wants


class WantsForm(Locked, StrictForm):
    """What counts beside the wishes."""

    firsts = BooleanField(_("Everybody's first session before anybody's second"), description=_(
        "Goes before the wishes: nobody gets a second cell while somebody who could have a first one has none."))
    apart = BooleanField(_("Sessions with the same tag at different times"), description=_(
        "Decides between plans that keep as many wishes, like the two below."))
    together = BooleanField(_("Sessions with the same tag in the same room"), description=_(
        "So that whoever follows a topic need not move."))
    mixed = BooleanField(_("People meet another kind of organisation"), description=_(
        "Counts who can go to a session by a host of another kind. Votes stay secret: kinds are put to the votes "
        "only while a plan is made, and kept nowhere."))

    def wants(self) -> Wants:
        """What was ticked."""
        return Wants(*(bool(self[name].data) for name in ("firsts", "apart", "together", "mixed")))


def of(wants: Wants) -> WantsForm:
    """The form filled with what the camp wants; what was sent goes before."""
    return WantsForm(data=asdict(wants))
