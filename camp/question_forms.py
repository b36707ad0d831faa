"""Organisers' questions as fields of the form with which people register, and the form that makes a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from flask_babel import format_date, get_locale, gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from camp import person_text, questions
from camp.errors import N_
from camp.forms import Locked, StrictForm, at_most, checked, number, one_line, required
from camp.i18n import long_day
from camp.models import Camp
from camp.registration_models import Question
from camp.text import line

Form = TypeVar("Form", bound=StrictForm)
YES_NO = {"yes": N_("Yes"), "no": N_("No")}


def name(question: Question) -> str:
    """The name of its field."""
    return f"q{question.id}"


def extended(form: type[Form], camp: Camp, asked: Sequence[Question],
             answers: Mapping[str, Sequence[str]]) -> type[Form]:
    """The form with a field for each question; `answers` are what somebody said before."""
    fields = {name(question): _field(camp, question, list(answers.get(str(question.id), []))) for question in asked}
    return cast("type[Form]", type("Extended", (form,), fields))


def _field(camp: Camp, question: Question, before: list[str]) -> Any:
    language, must = str(get_locale()), question.required
    described = {"label": questions.said(question, "label", language),
                 "description": _described(camp, question, language)}
    if question.kind == "text":
        return StringField(**described, default=before[0] if before else "", validators=[
            *([required()] if must else []), at_most(questions.LONGEST), checked(person_text.words)])
    if question.kind in ("choice", "yes-no"):
        none = [] if must else [("", gettext("no answer"))]
        return RadioField(**described, choices=[*none, *_choices(camp, question, language)],
                          default=before[0] if before else "", validators=[_one if must else Optional()])
    return SelectMultipleField(**described, choices=_choices(camp, question, language), default=before,
                               widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
                               validators=[_chosen] if must else [])


def _choices(camp: Camp, question: Question, language: str) -> list[tuple[str, str]]:
    """(what is kept, what is shown) of each choice there is."""
    if question.kind == "yes-no":
        return [(value, gettext(text)) for value, text in YES_NO.items()]
    if question.kind == "days":
        return [(day.date.isoformat(), format_date(day.date, "EEEE, d MMMM")) for day in camp.days]
    return questions.options(question, language)


def _described(camp: Camp, question: Question, language: str) -> str:
    """Why it is asked and how long the answers are kept."""
    purpose, until = questions.said(question, "purpose", language), questions.kept_until(camp, question)
    kept = gettext("Erased on %(day)s.", day=long_day(until)) if until else ""
    return f"{purpose} {kept}".strip()


def _one(form: StrictForm, field: Field) -> None:
    if not field.data or field.data == "None":
        field.errors = []
        raise StopValidation(gettext("Choose one."))


def _chosen(form: StrictForm, field: Field) -> None:
    if not field.data:
        raise StopValidation(gettext("Choose at least one."))


def answers_in(form: StrictForm, asked: Sequence[Question]) -> dict[str, list[str]]:
    """What was answered: question id (as text) → texts."""
    found = {}
    for question in asked:
        data = form._fields[name(question)].data
        values = data if isinstance(data, list) else [data] if data and data != "None" else []
        found[str(question.id)] = [str(value) for value in values if value]
    return found


def _lines(text: str | None) -> list[str]:
    return [line(one) for one in (text or "").splitlines() if line(one)]


class QuestionForm(Locked, StrictForm):
    """A question in two languages; the second may be left empty."""

    kind = SelectField(_("What is answered"), choices=[(kind, _(text)) for kind, text in questions.KINDS.items()])
    label_de = StringField(_("Question in German"), [required(), at_most(200)], filters=[one_line])
    purpose_de = StringField(_("What it is for, in German"),
                             [DataRequired(message=_("People have a right to know.")), at_most(300)],
                             filters=[one_line])
    options_de = TextAreaField(_("Options in German, each in a line"), [at_most(2000)])
    label_en = StringField(_("Question in English"), [at_most(200)], filters=[one_line])
    purpose_en = StringField(_("What it is for, in English"), [at_most(300)], filters=[one_line])
    options_en = TextAreaField(_("Options in English, in the same order"), [at_most(2000)])
    must = BooleanField(_("Has to be answered"))
    keep_days = number(_("Days after the camp until the answers are erased"), 0, 3650, default=14)

    def values(self) -> dict[str, Any]:
        """What `questions.put` asks for."""
        def written(name: str) -> str:
            return str(self._fields[name].data or "")

        texts = {language: {"label": line(written(f"label_{language}")),
                            "purpose": line(written(f"purpose_{language}")),
                            "options": _lines(written(f"options_{language}"))} for language in ("de", "en")}
        return {"kind": self.kind.data, "required": bool(self.must.data), "keep_days": self.keep_days.data,
                "texts": texts}


def written(question: Question) -> dict[str, Any]:
    """What the form begins with for a question that is there."""
    found: dict[str, Any] = {"kind": question.kind, "must": question.required, "keep_days": question.keep_days}
    for language in ("de", "en"):
        texts = question.texts.get(language, {})
        found |= {f"label_{language}": texts.get("label", ""), f"purpose_{language}": texts.get("purpose", ""),
                  f"options_{language}": "\n".join(texts.get("options", []))}
    return found
