"""Forms for the words of mails: those of a kind of mail, and those to a group."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from camp.forms import Locked, StrictForm, at_most, many_lines, one_line, required
from camp.mail_texts import LONGEST_BODY, LONGEST_SUBJECT


class MailTextForm(Locked, StrictForm):
    """The words of a kind of mail in one language."""

    buttons = ("preview", "test", "reset")

    subject = StringField(_("Subject"), [required(), at_most(LONGEST_SUBJECT)], [one_line])
    body = TextAreaField(_("Text"), [required(), at_most(LONGEST_BODY)], [many_lines])


class GroupMailForm(StrictForm):
    """A mail to a group in German, English or both; number and nonce are those of the sample that was shown."""

    buttons = ("release",)

    group = SelectField(_("To those who"))
    subject_de = StringField(_("Subject in German"), [at_most(LONGEST_SUBJECT)], [one_line])
    body_de = TextAreaField(_("Text in German"), [at_most(LONGEST_BODY)], [many_lines])
    subject_en = StringField(_("Subject in English"), [at_most(LONGEST_SUBJECT)], [one_line])
    body_en = TextAreaField(_("Text in English"), [at_most(LONGEST_BODY)], [many_lines])
    number = IntegerField(widget=HiddenInput(), validators=[Optional()])
    nonce = HiddenField(validators=[at_most(64)])

    def texts(self, languages: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Subject and body by language."""
        return {language: (self[f"subject_{language}"].data or "", self[f"body_{language}"].data or "")
                for language in ("de", "en") if language in languages}
