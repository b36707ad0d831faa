from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from camp import clock, questions
from camp.db import db, writing
from camp.errors import BadInput
from camp.models import Camp
from camp.registration_models import Answer, Question
from tests import make


def ask(camp: Camp, kind: str = "text", label: str = "Why?", *, options: list[str] | None = None, question: Question | None = None, **values: Any) -> Question:
    english = {"label": f"{label} (en)", "purpose": "to know", "options": [f"{one} (en)" for one in options or []]}
    with writing():
        return questions.put(camp, question, **({"kind": kind, "required": False, "keep_days": 14, "texts": {
            "de": {"label": label, "purpose": "zum Wissen", "options": options or []}, "en": english}} | values))


def test_questions_stand_in_their_order_and_in_both_languages(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    first, second = ask(camp, label="A"), ask(camp, "choice", "B", options=["rot", "blau"])
    foreign = ask(other)
    with writing():
        questions.move_up(camp, second)
        questions.move_up(camp, second)
    assert [row.id for row in questions.of(camp)] == [second.id, first.id]
    assert (questions.said(second, "label", "en"), questions.said(second, "label", "de")) == ("B (en)", "B")
    assert questions.options(second, "en") == [("rot", "rot (en)"), ("blau", "blau (en)")]
    assert questions.one(camp, foreign.id) is None
    bare = ask(camp, texts={"de": {"label": "Nur"}})
    assert (questions.said(bare, "label", "en"), questions.said(bare, "options", "en")) == ("Nur", [])


@pytest.mark.parametrize("options", [[], ["one"], ["same", "same"], [str(n) for n in range(21)]])
def test_a_choice_needs_options(app: Flask, options: list[str]) -> None:
    with pytest.raises(BadInput) as caught:
        ask(make.camp(), "several", options=options)
    assert caught.value.field == "options_de"
    with pytest.raises(BadInput) as caught:
        ask(make.camp("b"), "choice", texts={"de": {"label": "A", "options": ["a", "b"]}, "en": {"label": "A", "options": ["a"]}})
    assert caught.value.field == "options_en"


def test_answers_are_kept_changed_counted_and_removed_with_their_question(app: Flask) -> None:
    camp = make.camp()
    food, why = ask(camp, "several", "Food", options=["a", "b"]), ask(camp)
    foreign = ask(make.camp("other"))
    one, two = make.participant(camp), make.participant(camp)
    with writing():
        questions.answer(camp, one, {str(food.id): ["a", "b"], str(why.id): ["because"], str(foreign.id): ["x"]})
        questions.answer(camp, two, {str(food.id): ["b"], str(why.id): []})
        questions.answer(camp, two, {str(food.id): ["b"]})
    assert questions.answers(one) == {str(food.id): ["a", "b"], str(why.id): ["because"]}
    assert (questions.tally(food), questions.tally(why), questions.count(why)) == ([("b", 2), ("a", 1)], [], 1)
    with pytest.raises(BadInput, match="the kind stays"):
        ask(camp, "yes-no", question=why)
    assert ask(camp, "text", "In other words", question=why).id == why.id
    with writing():
        questions.remove(camp, food)
    assert questions.answers(one) == {str(why.id): ["because"]}


def test_answers_are_erased_on_their_own_day(app: Flask) -> None:
    camp = make.camp()
    with writing():
        camp.days[0].date = clock.now().date() - timedelta(days=10)
    early, late = ask(camp, keep_days=10), ask(camp, keep_days=12)
    who = make.participant(camp)
    with writing():
        questions.answer(camp, who, {str(early.id): ["x"], str(late.id): ["y"]})
    with writing():
        assert questions.prune() == 1
    assert [row.question_id for row in db.session.query(Answer)] == [late.id]
    assert questions.kept_until(make.camp("next"), early) == date(2027, 5, 4)
