"""The forms in which an organiser sets up a camp: settings, days, phases, texts, and who answers for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from camp import clock, institution
from camp.cloning import New
from camp.forms import (
    DayField,
    Locked,
    MomentField,
    NumberField,
    StrictForm,
    at_most,
    many_lines,
    one_line,
    required,
)
from camp.models import Camp
from camp.phases import Span
from camp.settings import MODES
from camp.texts import LONGEST

_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
_MODE_WORDS = (_("Not open"), _("Open until I close it"), _("Open by time"))
_RANGE = NumberRange(1, 100000, message=_("At least 1, at most 100000."))
_EMPTY = _("This is still empty.")
_DEFAULT_ACCENT = "#0a5a66"
_SETTINGS = ("title", "slug", "venue", "timezone", "capacity", "languages", "hashtag")


class SettingsForm(Locked, StrictForm):
    """What the camp is called, where it is, and in which languages it speaks."""

    title = StringField(_("Title"), [required(), at_most(150)], filters=[one_line])
    slug = StringField(_("Short name in the address"), [required(), at_most(40)], filters=[one_line],
                       description=_("Small letters, digits, dashes: for example ecm27. Fixed once the camp is open."))
    venue = StringField(_("Venue"), [at_most(200)], filters=[one_line],
                        description=_("Building, street, town: where people go."))
    timezone = StringField(_("Time zone"), [required(), at_most(60)], filters=[one_line],
                           description=_("All times of the camp are in it, for example Europe/Berlin."))
    capacity = NumberField(_("Places"), [InputRequired(message=_EMPTY), _RANGE],
                           description=_("For each day that has no number of its own."))
    languages = SelectMultipleField(_("Languages"), choices=_LANGUAGES, widget=ListWidget(prefix_label=False),
                                    option_widget=CheckboxInput(), validators=[InputRequired(_("Choose a language."))],
                                    description=_("In which the texts of the camp are written."))
    hashtag = StringField(_("Hashtag"), [at_most(40)], filters=[one_line],
                          description=_("Stands on top of every page, for example #ecm27."))

    def values(self) -> dict[str, Any]:
        """What `settings.change` asks for."""
        return {name: self._fields[name].data for name in _SETTINGS}


def settings_of(camp: Camp) -> SettingsForm:
    """The form filled with the camp; what was sent goes before."""
    return SettingsForm(data={name: getattr(camp, name) for name in _SETTINGS})


class CampForm(SettingsForm):
    """A new camp: its settings, and the first of its days."""

    date = DayField(_("Day"), [InputRequired(message=_EMPTY)], description=_("The first one; more follow."))


def new_camp() -> CampForm:
    """The form of a new camp, with what most camps of this program have."""
    return CampForm(data={"timezone": "Europe/Berlin", "languages": ["de", "en"]})


class CloneForm(StrictForm):
    """A new camp after the pattern of another: what it is called, and when it begins."""

    title = StringField(_("Title"), [required(), at_most(150)], filters=[one_line])
    slug = StringField(_("Short name in the address"), [required(), at_most(40)], filters=[one_line],
                       description=_("Small letters, digits, dashes: for example ecm27. Fixed once the camp is open."))
    date = DayField(_("First day"), [InputRequired(message=_EMPTY)],
                    description=_("All days, slots, shifts and phases move with it."))
    hashtag = StringField(_("Hashtag"), [at_most(40)], filters=[one_line],
                          description=_("Stands on top of every page, for example #ecm27."))

    def new(self) -> New:
        """What `cloning.clone` asks for."""
        day = self.date.data
        assert day is not None  # the form has been validated
        return New(self.slug.data or "", self.title.data or "", self.hashtag.data or "", day)


def clone_of(new: New) -> CloneForm:
    """The form filled with what the new camp might be called; what was sent goes before."""
    return CloneForm(data={"slug": new.slug, "title": new.title, "hashtag": new.hashtag, "date": new.first_day})


class PictureForm(StrictForm):
    """A picture as a file."""

    file = FileField(_("Picture"), [FileRequired(message=_("Choose a file."))])


class LookForm(Locked, StrictForm):
    """The camp's logo and colour."""

    file = FileField(_("Logo"))
    own_colour = BooleanField(_("Use a colour of our own"))
    accent = StringField(_("Colour"), [at_most(7)], filters=[lambda text: one_line(text).lower()],
                         render_kw={"type": "color"},
                         description=_("For buttons, links and marks. Whether people can read it is checked."))

    def colour(self) -> str:
        """The colour; empty for that of the program."""
        return str(self.accent.data or "") if self.own_colour.data else ""


def look_of(camp: Camp) -> LookForm:
    """The form filled with the camp's colour; what was sent goes before."""
    return LookForm(data={"own_colour": bool(camp.accent), "accent": camp.accent or _DEFAULT_ACCENT})


class DayForm(StrictForm):
    """One more day."""

    date = DayField(_("Day"), [InputRequired(message=_EMPTY)])
    capacity = NumberField(_("Places on this day"), [Optional(), _RANGE], description=_("Empty: as the camp."))


class PlacesForm(StrictForm):
    """How many places a day has."""

    capacity = NumberField(_("Places on this day"), [Optional(), _RANGE])


class PhaseForm(Locked, StrictForm):
    """When a phase is open."""

    mode = RadioField(_("How it opens"), choices=list(zip(MODES, _MODE_WORDS, strict=True)),
                      validators=[InputRequired(message=_EMPTY)])
    opens = MomentField(_("Opens"), [Optional()])
    closes = MomentField(_("Closes"), [Optional()], description=_("Empty: it stays open."))

    def span(self, zone: str) -> Span:
        """From when to when, in UTC."""
        return Span(*(_utc(field.data, zone) for field in (self.opens, self.closes)))


def phase_of(span: Span | None, zone: str) -> PhaseForm:
    """The form filled with a phase as it is set."""
    mode = "closed" if span is None else "open" if span == Span() else "times"
    opens, closes = (clock.local(moment, zone).replace(tzinfo=None) if moment else None
                     for moment in ((span.opens, span.closes) if span else (None, None)))
    return PhaseForm(data={"mode": mode, "opens": opens, "closes": closes})


def _utc(wall: datetime | None, zone: str) -> datetime | None:
    return wall.replace(tzinfo=ZoneInfo(zone)) if wall else None


class TextForm(Locked, StrictForm):
    """A text of the camp in both languages."""

    de = TextAreaField(_("In German"), [at_most(LONGEST)], filters=[many_lines])
    en = TextAreaField(_("In English"), [at_most(LONGEST)], filters=[many_lines])


class CodesForm(StrictForm):
    """WLAN codes for one person each."""

    codes = TextAreaField(_("Codes, one a line"), [required(), at_most(500_000)], filters=[many_lines],
                          description=_("What one person types to get in. A user name with its password is one line."))


class InstitutionForm(Locked, StrictForm):
    """Who answers for the camp; the templates of the texts are filled with it."""

    name = StringField(_("Institution"), [required(), at_most(150)], filters=[one_line],
                       description=_("For example the university that organises the camp."))
    street = StringField(_("Street and number"), [required(), at_most(150)], filters=[one_line])
    town = StringField(_("Postcode and town"), [required(), at_most(150)], filters=[one_line])
    represented = StringField(_("Represented by"), [required(), at_most(150)], filters=[one_line],
                              description=_("Name and office, for example the president."))
    email = StringField(_("Mail address for questions"), [required(), at_most(254)], filters=[one_line],
                        render_kw={"type": "email"})
    phone = StringField(_("Telephone"), [required(), at_most(40)], filters=[one_line], render_kw={"type": "tel"})
    officer = StringField(_("Mail address of the data protection officer"), [required(), at_most(254)],
                          filters=[one_line], render_kw={"type": "email"})
    vat = StringField(_("VAT number"), [at_most(20)], filters=[one_line])
    land = SelectField(_("Federal state"), choices=[("", "–"), *((name, name) for name in institution.LANDS)],
                       validators=[InputRequired(message=_EMPTY)], render_kw={"translate": "no"},
                       description=_("Says which authorities watch over privacy and accessibility."))
    enforcement = StringField(_("Body to turn to about barriers"), [at_most(250)], filters=[one_line], description=_(
        "The enforcement or arbitration body of your state. Empty: the one of our list, where it has one."))

    def values(self) -> dict[str, str]:
        """What `institution.describe` asks for."""
        return {name: self._fields[name].data or "" for name in institution.FIELDS}
