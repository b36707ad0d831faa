"""Forms of what a session leaves: its notes and a joint project."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from camp.forms import at_most, required
from camp.text import clean
from sessions.outcomes import MOST
from sessions.projects import MOST_QUESTION, MOST_TITLE


class Day(DateField):
    """A day as the browser's calendar sends it or as people type it; says what is wrong in one sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day. Raises ValueError with the sentence beside the field."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("This is no day. For example: 24.04.2027")) from error


def _cleaned(text: str | None) -> str:
    """Browsers send two characters for a line break: neither the length nor a comparison may depend on that."""
    return clean(text or "")


class NotesForm(FlaskForm):
    """Five questions; `edit_number` says which text the writer began with."""

    edit_number = IntegerField(validators=[NumberRange(0, message=_("Load the page again and put your text in anew."))],
                               widget=HiddenInput(), default=0)
    question = TextAreaField(_("What was the question?"), [at_most(MOST)], [_cleaned], render_kw={"rows": 2})
    findings = TextAreaField(_("What did you find out?"), [at_most(MOST)], [_cleaned], render_kw={"rows": 6},
                             description=_("Key words will do. One thought per line."))
    decisions = TextAreaField(_("What did you decide?"), [at_most(MOST)], [_cleaned], render_kw={"rows": 3})
    next_steps = TextAreaField(_("What comes next?"), [at_most(MOST)], [_cleaned], render_kw={"rows": 4},
                               description=_("One step per line, with who and until when."))
    who_tries = TextAreaField(_("Who tries it out?"), [at_most(MOST)], [_cleaned], render_kw={"rows": 2},
                              description=_("It will stand on a public page: name only who agrees."))


class ProjectForm(FlaskForm):
    """What a joint project begins with."""

    title = StringField(_("What is the project called?"), [required(), at_most(MOST_TITLE)])
    question = TextAreaField(_("Which question do you follow?"), [at_most(MOST_QUESTION)], render_kw={"rows": 3})
    next_date = Day(_("When do you meet next?"), [Optional()], format=["%Y-%m-%d", "%d.%m.%Y"])
