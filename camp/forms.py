"""Forms of the ground floor, and what all forms share: validators that speak and errors that come from the topics."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, DateTimeLocalField, Field, HiddenField, IntegerField, StringField
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, StopValidation
from wtforms.widgets import HiddenInput

from camp import person_text
from camp.asked import UNASKED, forget, unasked
from camp.editions import NEVER_SEEN
from camp.errors import CampError
from camp.i18n import told
from camp.text import clean

_NUMBER = re.compile(r"[0-9]{1,9}")


class DayField(DateField):
    """A day as browsers send it or people type it; what is none gets one sentence, and no further check."""

    def __init__(self, label: str, validators: Sequence[Any] = (), **values: Any) -> None:
        super().__init__(label, list(validators), format=["%Y-%m-%d", "%d.%m.%Y"], **values)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        _one_error(self, super().process_formdata, valuelist, _("This is no day. For example: 24.04.2027"))

    def pre_validate(self, form: BaseForm) -> None:
        """Stop at the first error."""
        _stop(self)


class NumberField(IntegerField):
    """A whole number; what is none gets one sentence, and no further check."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        _one_error(self, super().process_formdata, valuelist, _("This is no number."))

    def pre_validate(self, form: BaseForm) -> None:
        """Stop at the first error."""
        _stop(self)


class EditNumberField(IntegerField):
    """The hidden number of what a form began with; who sends none has seen nothing of what others saved since."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; without a good one it is before every other."""
        self.data = int(valuelist[0]) if valuelist and _NUMBER.fullmatch(valuelist[0]) else NEVER_SEEN

    def show(self, number: int) -> None:
        """Carry another number than the one that came."""
        self.raw_data, self.data = None, number


class MomentField(DateTimeLocalField):
    """A day and a time, wall time at the camp, as browsers send it or people type it."""

    def __init__(self, label: str, validators: Sequence[Any] = (), **values: Any) -> None:
        super().__init__(label, list(validators), format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M",
                                                          "%Y-%m-%dT%H:%M:%S"], **values)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the moment."""
        _one_error(self, super().process_formdata, valuelist,
                   _("This is no day and time. For example: 24.04.2027 9:00"))

    def pre_validate(self, form: BaseForm) -> None:
        """Stop at the first error."""
        _stop(self)


def _one_error(field: Field, read: Callable[[list[str]], None], values: list[str], sentence: str) -> None:
    try:
        read(values)
    except ValueError:
        field.data = None
        raise ValueError(str(sentence)) from None


def _stop(field: Field) -> None:
    if field.process_errors and any(field.raw_data or []):
        raise StopValidation


class _Required(DataRequired):
    """Something that can be read aloud: signs and pictures alone name nothing."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Refuse what is empty, and text without a letter or digit."""
        super().__call__(form, field)
        if isinstance(field.data, str) and not any(map(str.isalnum, field.data)):
            raise StopValidation(gettext("There is no letter and no digit in it."))


def required() -> DataRequired:
    """The field has to be filled in."""
    return _Required(message=_("This is still empty."))


def number(label: str, least: int, most: int, **values: Any) -> NumberField:
    """A field for a whole number between two, which has to be filled in."""
    return NumberField(label, [InputRequired(message=_("This is still empty.")),
                               NumberRange(least, most, message=_("From %(min)s to %(max)s."))], **values)


def at_most(number: int) -> Length:
    """The text has at most so many characters."""
    return Length(max=number, message=_("This is too long: at most %(number)s characters.", number=number))


def one_line(words: str | None) -> str:
    """The filter of a field of one line. Refuses what hides, turns around or piles up: others have to read it."""
    try:
        return person_text.words(words or "", "")
    except CampError as error:
        raise ValueError(" ".join(told(error))) from error


def many_lines(words: str | None) -> str:
    """The filter of a field of many lines: a line break of a browser counts as one character, as everywhere else."""
    return clean(words or "")


def refuse(form: FlaskForm, error: CampError) -> None:
    """Put a topic's refusal beside its field, or above the form if it names none."""
    sentence = " ".join(part for part in told(error) if part)
    field: Field | None = form._fields.get(error.field)
    if field is None:
        form.form_errors.append(sentence)
    else:
        field.errors = [*field.errors, sentence]


def sentences(form: FlaskForm) -> str:
    """Everything that is wrong with a form, for a page that shows it beside other ones."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def checked(verb: Callable[[str, str], Any]) -> Callable[[FlaskForm, Field], None]:
    """A validator from a topic's verb (text, field name), which gives the text in its good form or raises BadInput."""
    def check(form: FlaskForm, field: Field) -> None:
        if field.errors:
            return  # one sentence is enough
        try:
            field.data = verb(field.data or "", field.name)
        except CampError as error:
            raise StopValidation(" ".join(part for part in told(error) if part)) from error
    return check


class StrictForm(FlaskForm):
    """A form that refuses what nobody asks for, such as a role: nothing of it is saved, and all stays filled in.

    `buttons`: the names of buttons that the view looks at later. Whoever forgets to check a form finds in
    `camp.asked` that nothing is kept either.
    """

    buttons: tuple[str, ...] = ()

    def leave_out(self, name: str) -> None:
        """Do without a field: whoever sends it all the same is refused."""
        del self[name]
        forget(name)

    def validate(self, *args: Any, **values: Any) -> bool:
        """Check the fields, and that there are no others."""
        good = bool(super().validate(*args, **values))
        extra = [name for name in unasked() if name not in self.buttons]
        for name in extra:
            self.form_errors.append(str(_(UNASKED, name=name[:40])))
        return good and not extra


class Locked:
    """What a form has that changes something which others may change meanwhile: the edit number it began with.

    `camp.views.saving.locked` fills it in; `theirs` holds label and differing parts once somebody else was faster.
    """

    edit_number = EditNumberField()
    lock = ""
    theirs: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()


class SignInForm(StrictForm):
    """The address to which the link goes."""

    email = StringField(_("Mail address"), [required(), at_most(254)],
                        render_kw={"type": "email", "autocomplete": "email", "inputmode": "email"})


class UploadForm(StrictForm):
    """A list of people as a file."""

    file = FileField(_("File"), [FileRequired(message=_("Choose a file."))])


class CodeForm(StrictForm):
    """The code that the link showed in another browser."""

    code = StringField(_("Code"), [required(), at_most(20)],
                       render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters",
                                  "spellcheck": "false"})


class SecondFactorForm(StrictForm):
    """The first code of an authenticator app, and the salt of the secret it was shown."""

    salt = HiddenField(validators=[required(), at_most(64)])
    code = StringField(_("Code"), [required(), at_most(20)],
                       render_kw={"autocomplete": "one-time-code", "spellcheck": "false"})
