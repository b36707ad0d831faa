"""Forms of what a session leaves: its notes and a joint project."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from camp.forms import DayField, EditNumberField, StrictForm, at_most, many_lines, one_line, required
from sessions.outcomes import MOST
from sessions.projects import MOST_QUESTION, MOST_TITLE


class NotesForm(StrictForm):
    """Five questions; `edit_number` says which text the writer began with."""

    edit_number = EditNumberField(default=0)
    question = TextAreaField(_("What was the question?"), [at_most(MOST)], [many_lines], render_kw={"rows": 2})
    findings = TextAreaField(_("What did you find out?"), [at_most(MOST)], [many_lines], render_kw={"rows": 6},
                             description=_("Key words will do. One thought per line."))
    decisions = TextAreaField(_("What did you decide?"), [at_most(MOST)], [many_lines], render_kw={"rows": 3})
    next_steps = TextAreaField(_("What comes next?"), [at_most(MOST)], [many_lines], render_kw={"rows": 4},
                               description=_("One step per line, with who and until when."))
    who_tries = TextAreaField(_("Who tries it out?"), [at_most(MOST)], [many_lines], render_kw={"rows": 2},
                              description=_("It will stand on a public page: name only who agrees."))


class ProjectForm(StrictForm):
    """What a joint project begins with."""

    title = StringField(_("What is the project called?"), [required(), at_most(MOST_TITLE)], [one_line])
    question = TextAreaField(_("Which question do you follow?"), [at_most(MOST_QUESTION)], [many_lines],
                             render_kw={"rows": 3})
    next_date = DayField(_("When do you meet next?"), [Optional()])
