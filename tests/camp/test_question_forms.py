from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from camp.question_forms import QuestionForm, answers_in, extended, name, written
from camp.registration_forms import PersonForm
from tests import make
from tests.camp.test_places import FIRST, SECOND, two_days
from tests.camp.test_questions import ask

PERSON = [("given_name", "Mai"), ("kind", "other"), ("photo", "no"), ("days", FIRST)]


def _filled(app: Flask, kind: str, values: list[str], required: bool = True, before: list[str] | None = None) -> tuple[dict[str, Any], dict[str, list[str]]]:
    camp = two_days()
    question = ask(camp, kind, "Frage", options=["rot", "blau"] if kind in ("choice", "several") else None, required=required)
    data = MultiDict([*PERSON, *((name(question), value) for value in values)])
    with app.test_request_context("/?lang=en", method="POST", data=data):
        form = extended(PersonForm, camp, [question], {str(question.id): before or []})()
        form.set_days(camp)  # type: ignore[attr-defined]
        form.validate()
        return dict(form.errors), answers_in(form, [question]) if not form.errors else {}


@pytest.mark.parametrize(("kind", "values"), [
    ("text", ["weil"]), ("choice", ["blau"]), ("several", ["rot", "blau"]), ("yes-no", ["no"]), ("days", [SECOND])])
def test_each_kind_is_answered(app: Flask, kind: str, values: list[str]) -> None:
    errors, answers = _filled(app, kind, values)
    assert (errors, list(answers.values())) == ({}, [values])


@pytest.mark.parametrize("kind", ["text", "choice", "several", "yes-no", "days"])
def test_what_has_to_be_answered_is_and_what_need_not_may_stay_empty(app: Flask, kind: str) -> None:
    errors, _ = _filled(app, kind, [])
    assert [len(sentences) for sentences in errors.values()] == [1]


@pytest.mark.parametrize("kind", ["text", "choice", "several", "yes-no", "days"])
def test_an_answer_that_need_not_be_given_may_stay_empty(app: Flask, kind: str) -> None:
    errors, answers = _filled(app, kind, [], required=False)
    assert (errors, list(answers.values())) == ({}, [[]])


@pytest.mark.parametrize(("kind", "value"), [("choice", "lila"), ("several", "lila"), ("yes-no", "perhaps"), ("days", "2027-05-01"), ("text", "x" * 201), ("text", "a\u202eb")])
def test_what_nobody_offered_is_refused(app: Flask, kind: str, value: str) -> None:
    errors, _ = _filled(app, kind, [value])
    assert len(errors) == 1


def test_purpose_and_the_day_of_erasing_stand_beside_the_question(app: Flask) -> None:
    camp = make.camp()
    question = ask(camp, "yes-no", "Kommst du?")
    with app.test_request_context("/?lang=en"):
        field = extended(PersonForm, camp, [question], {str(question.id): ["yes"]})()[name(question)]
    assert (field.label.text, field.description, field.data) == ("Kommst du? (en)", "to know Erased on Saturday, 8 May 2027.", "yes")


def test_a_question_is_written_and_read_back(app: Flask) -> None:
    data = {"kind": "choice", "label_de": "Farbe?", "purpose_de": "Deko", "options_de": "rot\n\n blau ", "label_en": "Colour?", "keep_days": "7", "must": "y"}
    with app.test_request_context("/?lang=en", method="POST", data=data):
        form = QuestionForm()
        assert form.validate(), form.errors
        values = form.values()
    assert values == {"kind": "choice", "required": True, "keep_days": 7, "texts": {
        "de": {"label": "Farbe?", "purpose": "Deko", "options": ["rot", "blau"]}, "en": {"label": "Colour?", "purpose": "", "options": []}}}
    from camp.registration_models import Question
    again = written(Question(kind="choice", required=True, keep_days=7, texts=values["texts"]))
    assert (again["options_de"], again["label_en"], again["must"]) == ("rot\nblau", "Colour?", True)
    with app.test_request_context("/?lang=en", method="POST", data={"kind": "text", "label_de": "A", "purpose_de": "", "keep_days": "7"}):
        assert QuestionForm().validate() is False
