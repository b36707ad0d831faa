from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from camp import clock, place_rules, places
from camp.db import db, writing
from camp.errors import Full
from camp.models import Camp, Mail
from camp.place_rules import Filter, Past
from camp.registration_models import Figure
from tests import make


def change(camp: Camp, **values: int) -> None:
    with writing():
        place_rules.change(camp, **{"curated": False, "answer_hours": 24, "admit_more": 0, "keep_days": 30} | values)  # type: ignore[arg-type]


def test_admitting_more_than_there_are_seats_offers_the_places_at_once(app: Flask) -> None:
    camp = make.camp(capacity=1)
    make.participant(camp)
    line = [make.participant(camp, state="waiting") for _ in range(3)]
    change(camp, admit_more=2)
    assert (places.rules(camp).answer_hours, places.rules(camp).keep_days) == (24, 30)
    assert [who.offered_until is not None for who in line] == [True, True, False]
    change(camp, admit_more=0)
    assert places.free(camp) == {make.DAY.isoformat(): -2}


def test_past_camps_are_those_that_are_over_and_had_a_door(app: Flask) -> None:
    this = make.camp()
    for slug, day in (("old", date(2020, 5, 2)), ("older", date(2019, 5, 2)), ("kept", date(2018, 5, 2)), ("empty", date(2017, 5, 2))):
        camp = make.camp(slug)
        with writing():
            camp.days[0].date = day
        if slug in ("old", "older"):
            for number in range(4):
                make.participant(camp, arrived_at=clock.now() if number < (3 if slug == "old" else 1) else None)
            make.participant(camp, state="cancelled", arrived_at=clock.now())
        if slug == "kept":
            with writing():
                db.session.add_all([Figure(camp_id=camp.id, name="admitted", value=200), Figure(camp_id=camp.id, name="arrived", value=150)])
    assert place_rules.past(this) == [Past("Camp old", 4, 3), Past("Camp older", 4, 1), Past("Camp kept", 200, 150)]
    assert [one.rate for one in place_rules.past(this)] == [0.75, 0.25, 0.75]


def test_those_who_wait_are_found_by_kind_first_time_and_words(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "A", state="waiting", kind="start-up", first_time=True, town="Mülheim")
    make.participant(camp, "B", state="waiting", kind="start-up", organisation="Ruhr:Hub")
    make.participant(camp, "C", state="waiting", kind="industry", first_time=True)
    make.participant(camp, "D", kind="start-up", first_time=True)
    found = [[who.given_name for who in place_rules.waiting(camp, wanted)] for wanted in (
        Filter(), Filter("start-up"), Filter(first_time=True), Filter("start-up", True), Filter(words="mulheim"), Filter(words="ruhr b"))]
    assert found == [["A", "B", "C"], ["A", "B"], ["A", "C"], ["A"], ["A"], ["B"]]


def test_organisers_admit_whom_they_choose_as_long_as_there_are_places(app: Flask) -> None:
    from camp import registration
    camp = make.camp(capacity=2)
    with writing():
        place_rules.change(camp, curated=True, answer_hours=24, admit_more=0, keep_days=30)
    line = [make.participant(camp, state="waiting") for _ in range(3)]
    with pytest.raises(Full), writing():
        registration.admit(camp, [who.id for who in line])
    assert [who.state for who in line] == ["waiting"] * 3
    with writing():
        assert registration.admit(camp, [line[2].id, line[1].id, 999_999]) == 2
    assert [who.state for who in line] == ["waiting", "admitted", "admitted"]
    assert [letter.template for letter in db.session.query(Mail)] == ["place_certain"] * 2
    with pytest.raises(Full), writing():
        registration.admit(camp, [line[0].id])
