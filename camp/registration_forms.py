"""The form with which people register, put together for a camp: its days, its words, and what is agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from camp import person_text
from camp.errors import N_
from camp.forms import Locked, StrictForm, at_most, checked, number, required
from camp.models import KINDS, Camp
from camp.pages import KIND_LABELS
from camp.question_forms import answers_in
from camp.registration import Entry
from camp.registration_models import Question

SHIRTS = ("XS", "S", "M", "L", "XL", "XXL", "3XL")
# What is agreed to, word for word; kept with the participant, in the language in which it was read.
PHOTO = {"yes": N_("You may photograph me and publish the pictures."),
         "ask": N_("Ask me before you photograph me."), "no": N_("Do not photograph me.")}


def _words(most: int) -> list[Any]:
    return [at_most(most), checked(person_text.words)]


class PersonForm(StrictForm):
    """Who somebody is at a camp; `days` is left out of a camp of one day."""

    given_name = StringField(_("Given name"), [required(), at_most(100), checked(person_text.name)],
                             render_kw={"autocomplete": "given-name"})
    family_name = StringField(_("Family name"), [at_most(100), checked(person_text.name)],
                              render_kw={"autocomplete": "family-name"})
    badge_name = StringField(_("Name on the badge"), [at_most(60), checked(person_text.name)],
                             description=_("If it is another one than your given name."))
    pronoun = StringField(_("Pronoun"), _words(40), description=_("Stands on the badge if you fill it in."))
    organisation = StringField(_("Organisation"), _words(150), render_kw={"autocomplete": "organization"})
    kind = SelectField(_("Kind of organisation"), default="other",
                       choices=[(kind, _(KIND_LABELS[kind])) for kind in KINDS])
    town = StringField(_("Town"), _words(100), render_kw={"autocomplete": "address-level2"})
    hashtags = StringField(_("Three hashtags"), [at_most(140)],
                           description=_("What you want to talk about, for example: #logistics #SEO #sailing"))
    first_time = BooleanField(_("This is my first barcamp"))
    days = SelectMultipleField(_("Days"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    diet = StringField(_("Food: diet, allergies"), _words(100),
                       description=_("Only organisers and the caterer see this; it is erased first."))
    shirt = SelectField(_("T-shirt"), choices=[("", _("none")), *((size, size) for size in SHIRTS)], default="")
    photo = RadioField(_("Photos"), choices=[(wish, _(wording)) for wish, wording in PHOTO.items()], default="ask",
                       description=_("We keep what you agree to, word for word and with the time."))
    listed = BooleanField(_("Show my name, organisation and hashtags in the public list of people"))

    def validate_hashtags(self, field: StringField) -> None:
        """At most three that can be read."""
        checked(person_text.hashtags)(self, field)
        field.data = " ".join(f"#{tag}" for tag in field.data or ())

    def validate_days(self, field: SelectMultipleField) -> None:
        """One day at least."""
        if not field.data:
            raise ValidationError(gettext("Choose a day at least."))

    def set_days(self, camp: Camp) -> None:
        """Offer the camp's days, or no choice if there is one only."""
        if len(camp.days) < 2:
            self.leave_out("days")
            return
        self.days.choices = [(day.date.isoformat(), format_date(day.date, "EEEE, d MMMM")) for day in camp.days]

    def entry(self, camp: Camp, asked: Sequence[Question] = ()) -> Entry:
        """What was written, with the answers to what was asked; all days are none."""
        names = ("given_name", "family_name", "badge_name", "pronoun", "organisation", "kind", "town", "first_time",
                 "photo", "listed")
        values = {name: self._fields[name].data or self._fields[name].default or "" for name in names}
        values |= {name: bool(values[name]) for name in ("first_time", "listed")}
        values["hashtags"] = person_text.hashtags(self.hashtags.data or "")
        values["photo_wording"] = gettext(PHOTO[str(values["photo"])])
        chosen = (self.days.data or []) if self.days else []
        return Entry(values, {"diet": self.diet.data or "", "shirt": self.shirt.data or ""},
                     [] if len(chosen) == len(camp.days) else sorted(chosen), answers_in(self, asked))


class RegistrationForm(PersonForm):
    """The same with the address to which the link goes."""

    email = StringField(_("Mail address"), [required(), at_most(254)],
                        render_kw={"type": "email", "autocomplete": "email", "inputmode": "email"},
                        description=_("We send a link there; it confirms your place. You need no password."))


class RulesForm(Locked, StrictForm):
    """How a camp gives its places."""

    curated = BooleanField(_("Everybody waits, and organisers choose who comes"))
    answer_hours = number(
        _("Hours to answer when a place comes free"), 1, 336,
        description=_("Towards the camp it becomes less by itself, and nobody is asked after 18:00 of the evening "
                      "before."))
    admit_more = number(
        _("Admit so many more than there are seats"), 0, 10000,
        description=_("A room may hold as many people as its approval says, not as many as usually come. Ask those "
                      "who run the house before you admit more."))
    keep_days = number(_("Days after the camp until everything about people is erased"), 1, 3650)

    def values(self) -> dict[str, Any]:
        """What `place_rules.change` asks for."""
        return {name: self._fields[name].data for name in ("curated", "answer_hours", "admit_more", "keep_days")}
