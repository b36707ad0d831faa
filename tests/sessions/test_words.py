"""Tests of sessions/words.py."""

from datetime import time

from flask import Flask
from flask_babel import force_locale

from camp.models import Slot
from sessions import words
from sessions.planner.foresee import advice
from sessions.planner.problem import Breach, Placement
from sessions.planner.replan import Move
from sessions.planner.rules import Names
from sessions.standing import standing_of
from tests import make

NAMES = Names({"s1": "Returns"}, {"r1": "Library"}, {"t1": "10:00"}, {"p1": "Mai Krause"})


def test_told_names_features_as_pages_do(app: Flask) -> None:
    with app.test_request_context("/?lang=en"), force_locale("en"):
        assert words.told(Breach("feature", "s1", "r1", None, "beamer"), NAMES) \
            == "“Returns” needs projector, and Library does not have it."
        assert words.told(Breach("no_room_with", "s1", other="beamer, stream"), NAMES) \
            == "No room has projector, video stream."


def test_slots_are_named_in_the_language_of_the_page_and_by_day_only_at_a_longer_camp(app: Flask) -> None:
    camp = make.camp()
    slots = [Slot(date=make.DAY.replace(day=day), starts=time(9)) for day in (24, 25)]
    for language, label in (("en", "25 Apr, 9:00"), ("de", "25. Apr., 9:00")):
        with app.test_request_context("/"), force_locale(language):
            assert [words.slot_label(slots[1], slots), words.slot_label(slots[1], slots[1:])] == [label, "9:00"]
            assert list(words.names_of(standing_of(camp)).slots.values()) == ["10:00", "11:00"]


def test_told_all_says_each_sentence_once(app: Flask) -> None:
    breaches = [Breach("closed", "s1", "r1", "t1"), Breach("closed", "s1", "r1", "t1"),
                Breach("host_window", "s1", None, "t1", None, "p1")]
    with app.test_request_context("/?lang=en"), force_locale("en"):
        assert words.told_all(breaches, NAMES) == ("Library is closed at 10:00. "
                                                   "Mai Krause, host of “Returns”, is not there at 10:00.")


def test_told_move_says_what_happens_to_a_session_and_why(app: Flask) -> None:
    here, there = Placement("s1", "r1", "t1"), Placement("s1", "r2", "t1")
    with app.test_request_context("/?lang=en"), force_locale("en"):
        assert words.told_move(Move("s1", here, None, Breach("closed", "s1", "r1", "t1")), NAMES) == \
            ("“Returns” loses its cell (10:00, Library).", "Library is closed at 10:00.")
    with app.test_request_context("/?lang=de"), force_locale("de"):
        assert words.told_move(Move("s1", here, there, None, "s2"), NAMES) == \
            ("„Returns“ wechselt den Raum: von 10:00, Library nach 10:00, r2.", "Sie macht Platz für „s2“.")
        assert words.told_move(Move("s1", None, there), NAMES)[1] == "Ein Feld wurde frei."


def test_advice_names_the_remedy_in_both_languages(app: Flask) -> None:
    for language, sentence in (
            ("en", "Mai Krause holds more than fits"),
            ("de", "Mai Krause hält mehr, als in die Slots passt")):
        with app.test_request_context(f"/?lang={language}"), force_locale(language):
            assert words.told(Breach("host_full", "s1", other="s1, s2", host="p1"), NAMES, advice).startswith(sentence)
