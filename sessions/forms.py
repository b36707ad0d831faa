"""The form of a proposal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from camp.errors import N_
from camp.forms import Locked, StrictForm, at_most, many_lines, one_line, required
from camp.models import Camp, Slot
from camp.pages import FEATURE_LABELS
from sessions import offers
from sessions.models import Session
from sessions.offers import CHALLENGE, DESCRIPTION, FORMATS, HALF_DAYS, LEVELS, SHORT, TAG, TITLE, TONGUES, Draft
from sessions.words import slot_label

_HALF_DAYS = (_("I can all day"), _("Not in the morning"), _("Not in the afternoon"))
FORMAT_LABELS = dict(zip(FORMATS, (N_("not said"), N_("Talk"), N_("Discussion"), N_("Workshop"), N_("Demo"),
                                   N_("Question"), N_("Challenge")), strict=True))
TONGUE_LABELS = dict(zip(TONGUES, (N_("not said"), N_("German"), N_("English"), N_("German or English")), strict=True))
LEVEL_LABELS = dict(zip(LEVELS, (N_("for everybody"), N_("for beginners"), N_("for people who know the subject")),
                        strict=True))


LABELS = {"format": FORMAT_LABELS, "language": TONGUE_LABELS, "level": LEVEL_LABELS}


def _many(label: str, **values: Any) -> SelectMultipleField:
    return SelectMultipleField(label, validate_choice=False, widget=ListWidget(prefix_label=False),
                               option_widget=CheckboxInput(), **values)


def _one(label: str, **values: Any) -> SelectField:
    return SelectField(label, choices=[("", "")], validate_choice=False, default="", **values)


class ProposalForm(Locked, StrictForm):
    """What a host offers; the title is enough."""

    title = StringField(_("Title or question"), [required(), at_most(TITLE)], filters=[one_line],
                        description=_("A question is enough. You need not give a talk."))
    description = TextAreaField(_("What it is about"), [at_most(DESCRIPTION)], filters=[many_lines], description=_(
        "You can write **bold**, *slanted*, lists with a dash before each line, and links: [words](https://example.org)."))
    tag = StringField(_("Tag"), [at_most(TAG)], filters=[one_line],
                      description=_("One word that sorts it, for example SEO."))
    more_tags = StringField(_("Further tags"), [at_most(4 * (TAG + 2))], filters=[one_line],
                            description=_("At most four, with commas between them."))
    format = _one(_("What it will be"))
    who_comes = TextAreaField(_("Who of you will come"), [at_most(SHORT)], filters=[many_lines],
                              description=_("People ask those who know the problem from within."))
    offers = TextAreaField(_("What you offer afterwards"), [at_most(SHORT)], filters=[many_lines],
                           description=_("For example data, a pilot, a thesis, a day in your warehouse."))
    how = TextAreaField(_("How could it go?"), [at_most(SHORT)], filters=[many_lines],
                        description=_("What you have tried, and where you are stuck."))
    language = _one(_("Language of the session"))
    level = _one(_("For whom"))
    two_slots = BooleanField(_("It needs two slots in a row"))
    needs = _many(_("What the room must have"))
    away = SelectField(_("When you cannot"), choices=list(zip(HALF_DAYS, _HALF_DAYS, strict=True)), default="",
                       description=_("Only the organisers see this; the plan keeps to it."))
    away_at = _many(_("Single slots in which you cannot"))
    off_record = BooleanField(_("Off the record"), description=_("Nobody can write public notes of it."))
    note_taker = BooleanField(_("I would like somebody else to take notes"))

    def offer(self, features: Iterable[str], slots: Sequence[Slot]) -> ProposalForm:
        """Fill in the choices, of which some depend on the camp: the features of its rooms, its session slots."""
        self.needs.choices = [(name, gettext(FEATURE_LABELS.get(name, name))) for name in features]
        self.away_at.choices = [(offers.slot_time(slot), slot_label(slot, slots)) for slot in slots]
        for name, labels in LABELS.items():
            self._fields[name].choices = [(word, gettext(label)) for word, label in labels.items()]
        return self

    def draft(self) -> Draft:
        """What was typed."""
        texts = {name: self._fields[name].data or "" for name in (
            "title", "description", "tag", "away", "format", "language", "level", *CHALLENGE)}
        return Draft(**texts, length=2 if self.two_slots.data else 1, needs=tuple(self.needs.data or ()),
                     more_tags=tuple((self.more_tags.data or "").split(",")), away_at=tuple(self.away_at.data or ()),
                     off_record=bool(self.off_record.data), note_taker=bool(self.note_taker.data))

    def renew_lock(self, session: Session) -> None:
        """Read the edit number anew, so that saving once more replaces the version of another host."""
        self.edit_number.show(session.edit_number)


def new(camp: Camp, slots: Sequence[Slot], begun: dict[str, list[str]] | None = None) -> ProposalForm:
    """The form for a new proposal: with what was sent, or what was begun."""
    form = ProposalForm() if begun is None else ProposalForm(formdata=MultiDict(begun))
    return form.offer(offers.features(camp), slots)


def of(camp: Camp, session: Session, slots: Sequence[Slot], participant_id: int) -> ProposalForm:
    """The form filled with a session as this host sees it; what was sent goes before."""
    me = next((host for host in session.hosts if host.participant_id == participant_id), None)
    values = {name: getattr(session, name) for name in offers.STORED if name not in ("length", "more_tags")}
    form = ProposalForm(data=values | {
        "more_tags": ", ".join(session.more_tags), "two_slots": session.length == 2, "away": me.away if me else "",
        "away_at": me.away_at if me else [], "edit_number": session.edit_number})
    return form.offer(offers.features(camp, session), slots)


def typed(sent: MultiDict[str, str]) -> dict[str, list[str]]:
    """The fields of the form among what was sent, without its token and its lock."""
    names = set(ProposalForm()._fields) - {"csrf_token", "edit_number"}
    return {name: sent.getlist(name) for name in sent if name in names}
