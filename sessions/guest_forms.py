"""Forms around proposals that hosts do not enter themselves: by the code on the wall, and by staff for somebody."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, StringField

from camp.forms import StrictForm, at_most, one_line, required
from sessions import named
from sessions.forms import ProposalForm
from sessions.offers import TITLE


class GuestForm(StrictForm):
    """A proposal without an account: title and name."""

    title = StringField(_("Title or question"), [required(), at_most(TITLE)], filters=[one_line],
                        description=_("A question is enough. You need not give a talk."))
    name = StringField(_("Your name"), [required(), at_most(named.NAME)], filters=[one_line],
                       description=_("It stands beside the topic, for everybody to read."))
    pitch = BooleanField(_("Put me in the line for the stage"))


class OfferForm(StrictForm):
    """A session for newcomers: its title and who offers it."""

    title = StringField(_("Title or question"), [required(), at_most(TITLE)], filters=[one_line])
    host = StringField(_("Who offers it"), [required(), at_most(named.NAME)], filters=[one_line],
                       description=_("Somebody on the list or any name."))


class EnteredForm(ProposalForm):
    """A proposal for somebody else."""

    host = StringField(_("Who holds it"), [required(), at_most(named.NAME)], filters=[one_line],
                       description=_("Somebody on the list or any name."))
