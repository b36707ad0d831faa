"""Forms of the ground floor, and what all forms share: validators that speak and errors that come from the topics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, DateTimeLocalField, Field, HiddenField, IntegerField, StringField
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, StopValidation
from wtforms.validators import Optional as OptionalInput
from wtforms.widgets import HiddenInput

from camp import person_text
from camp.errors import CampError
from camp.i18n import told
from camp.text import clean, line


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


def required() -> DataRequired:
    """The field has to be filled in."""
    return DataRequired(message=_("This is still empty."))


def number(label: str, least: int, most: int, **values: Any) -> NumberField:
    """A field for a whole number between two, which has to be filled in."""
    return NumberField(label, [InputRequired(message=_("This is still empty.")),
                               NumberRange(least, most, message=_("From %(min)s to %(max)s."))], **values)


def at_most(number: int) -> Length:
    """The text has at most so many characters."""
    return Length(max=number, message=_("This is too long: at most %(number)s characters.", number=number))


def one_line(words: str | None) -> str:
    """The filter of a field of one line."""
    return line(words or "")


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


readable = checked(person_text.words)  # what is read by everybody holds nothing that hides or turns around


class StrictForm(FlaskForm):
    """A form that refuses what it does not ask for, such as a role: nothing of it is saved.

    `buttons`: the names of buttons beside the one that has none.
    """

    came: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()

    class Meta(FlaskForm.Meta):
        """How the form takes what was sent."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Remember which names came in."""
            wrapped = super().wrap_formdata(form, formdata)
            form.came = tuple(wrapped.keys()) if wrapped else ()
            return wrapped

    def validate(self, *args: Any, **values: Any) -> bool:
        """Check the fields, and that there are no others."""
        good = bool(super().validate(*args, **values))
        known = {"csrf_token", f"{self._prefix}csrf_token", *self.buttons, *(field.name for field in self)}
        extra = [name for name in self.came if name not in known]
        for name in extra:
            self.form_errors.append(str(_("This form does not ask for “%(name)s”; nothing was saved.", name=name[:40])))
        return good and not extra


class Locked:
    """What a form has that changes something which others may change meanwhile: the edit number it began with.

    `camp.views.saving.locked` fills it in; `theirs` holds label and differing parts once somebody else was faster.
    """

    edit_number = IntegerField(widget=HiddenInput(), validators=[OptionalInput()])
    lock = ""
    theirs: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()


class SignInForm(FlaskForm):
    """The address to which the link goes."""

    email = StringField(_("Mail address"), [required(), at_most(254)],
                        render_kw={"type": "email", "autocomplete": "email", "inputmode": "email"})


class UploadForm(FlaskForm):
    """A list of people as a file."""

    file = FileField(_("File"), [FileRequired(message=_("Choose a file."))])


class CodeForm(FlaskForm):
    """The code that the link showed in another browser."""

    code = StringField(_("Code"), [required(), at_most(20)],
                       render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters",
                                  "spellcheck": "false"})


class SecondFactorForm(FlaskForm):
    """The first code of an authenticator app, and the salt of the secret it was shown."""

    salt = HiddenField(validators=[required(), at_most(64)])
    code = StringField(_("Code"), [required(), at_most(20)],
                       render_kw={"autocomplete": "one-time-code", "spellcheck": "false"})
