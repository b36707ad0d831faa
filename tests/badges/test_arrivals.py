from __future__ import annotations

from datetime import timedelta

from flask import Flask

from badges import arrivals, door
from camp import clock
from camp.db import db, writing
from camp.models import Day
from tests import make
from tests.badges.made import HOST, code, phone


def test_the_curve_counts_every_five_minutes_and_the_turnout_by_kind_and_source(app: Flask) -> None:
    camp = make.camp()
    with writing():
        camp.days.append(Day(date=make.DAY + timedelta(days=1)))
        db.session.add(camp)
    noon = make.until_noon(camp)
    people = [make.participant(camp, kind=kind, source=source, days=days) for kind, source, days in (
        ("start-up", "registered", []), ("start-up", "imported", []), ("other", "registered", []),
        ("other", "", [(make.DAY + timedelta(days=1)).isoformat()]))]
    make.participant(camp, state="waiting")
    texts = [code(who) for who in people[:2]]
    with clock.shifted(noon):
        device = phone(camp)[1]
        assert arrivals.curve(camp, make.DAY) == []
        for number, text in enumerate(texts):
            with clock.shifted(timedelta(minutes=6 * number)):
                with writing():
                    door.check_in(camp, device, f"nonce-{number:04}", text, host=HOST)
                curve = arrivals.curve(camp, make.DAY)
        assert [count for _, count in curve] == [0, 1, 2]
        (first,) = arrivals.turnout(camp)
    assert (first.day, first.total) == (make.DAY, arrivals.Share("", 3, 2))
    assert first.kinds == (arrivals.Share("start-up", 2, 2), arrivals.Share("other", 1, 0))
    assert first.sources == (arrivals.Share("registered", 2, 1), arrivals.Share("imported", 1, 1))
    assert [share.missing for share in first.sources] == [1, 0]


def test_the_badge_of_somebody_for_another_day_is_named_so(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp, days=["2027-04-25"])
    text = code(mai)
    with clock.shifted(make.until_noon(camp)):
        device = phone(camp)[1]
        with writing():
            assert door.check_in(camp, device, "nonce-0001", text, host=HOST) == door.Answer("other-day", mai)
    assert arrivals.head_count(camp).here == 0
