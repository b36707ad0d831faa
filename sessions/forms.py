"""The form of a proposal."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from camp.forms import at_most, many_lines, one_line, required
from camp.pages import FEATURE_LABELS
from sessions.models import Session
from sessions.proposals import DESCRIPTION, HALF_DAYS, TAG, TITLE, Draft

_HALF_DAYS = (_("I can all day"), _("Not in the morning"), _("Not in the afternoon"))


class ProposalForm(FlaskForm):
    """What a host offers; the title is enough."""

    title = StringField(_("Title or question"), [required(), at_most(TITLE)], filters=[one_line],
                        description=_("A question is enough. You need not give a talk."))
    description = TextAreaField(_("What it is about"), [at_most(DESCRIPTION)], filters=[many_lines], description=_(
        "You can write **bold**, *slanted*, lists with a dash before each line, and links: [words](https://example.org)."))
    tag = StringField(_("Tag"), [at_most(TAG)], filters=[one_line],
                      description=_("One word that sorts it, for example SEO."))
    two_slots = BooleanField(_("It needs two slots in a row"))
    needs = SelectMultipleField(_("What the room must have"), validate_choice=False,
                                widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    away = SelectField(_("When you cannot"), choices=list(zip(HALF_DAYS, _HALF_DAYS, strict=True)), default="",
                       description=_("Only the organisers see this; the plan keeps to it."))
    edit_number = IntegerField(widget=HiddenInput(), default=0)

    def offer(self, features: list[str]) -> ProposalForm:
        """Fill in the choices that depend on the camp: the features of its rooms."""
        self.needs.choices = [(name, gettext(FEATURE_LABELS.get(name, name))) for name in features]
        return self

    def draft(self) -> Draft:
        """What was typed."""
        return Draft(self.title.data or "", self.description.data or "", self.tag.data or "",
                     2 if self.two_slots.data else 1, tuple(self.needs.data or ()), self.away.data)

    def renew_lock(self, session: Session) -> None:
        """Read the edit number anew, so that saving once more replaces the version of another host."""
        self.edit_number.raw_data, self.edit_number.data = None, session.edit_number


def of(session: Session, participant_id: int) -> ProposalForm:
    """The form filled with a session as this host sees it; what was sent goes before."""
    away = next((host.away for host in session.hosts if host.participant_id == participant_id), "")
    return ProposalForm(data={
        "title": session.title, "description": session.description, "tag": session.tag, "needs": session.needs,
        "two_slots": session.length == 2, "away": away, "edit_number": session.edit_number})
