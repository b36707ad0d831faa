from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from badges.door import TONES, Answer
from badges.views import told
from tests import make


@pytest.mark.parametrize("verdict", sorted(TONES))
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_verdict_has_words(app: Flask, verdict: str, language: str) -> None:
    camp = make.camp()
    with app.test_request_context(f"/ecm27/door?lang={language}"):
        app.preprocess_request()
        answer = told.answer(camp, Answer(verdict))
    assert (answer["verdict"], answer["tone"]) == (verdict, TONES[verdict])
    assert (bool(answer["word"]), bool(answer["sentence"]) or TONES[verdict] == "go") == (True, True)
    assert "%(" not in answer["sentence"]


def test_an_admission_without_its_phone_has_a_time_and_no_door(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    with app.test_request_context("/ecm27/door?lang=en"):
        app.preprocess_request()
        answer = told.answer(camp, Answer("already", mai, datetime(2027, 4, 24, 6, 41, tzinfo=UTC)))
    assert (answer["since"], answer["sentence"]) == ("8:41", "In since 8:41.")
