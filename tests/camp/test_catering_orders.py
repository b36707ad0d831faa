"""Meals are ordered at a deadline: the numbers freeze then, and today's are told beside them."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from camp import catering, catering_orders, clock, log
from camp.catering_orders import Ordered
from camp.db import db, writing
from camp.models import Camp, Needs, Participant
from tests import make


def eats(camp: Camp, diet: str) -> Participant:
    who = make.participant(camp)
    with writing():
        db.session.add(Needs(participant_id=who.id, diet=diet))
    return who


def plan(camp: Camp, hours: float | None, percent: int | None = None) -> None:
    with writing():
        catering_orders.plan(camp, None if hours is None else clock.now() + timedelta(hours=hours), percent)


def compared(camp: Camp) -> list[Ordered]:
    sheet = catering.sheets(camp, catering_orders.rate(camp))[0]
    return catering_orders.compared(sheet, catering_orders.of(camp))


def test_before_the_deadline_nothing_is_frozen(app: Flask) -> None:
    camp = make.camp()
    eats(camp, "vegan")
    plan(camp, 1)
    with writing():
        catering_orders.freeze_due(camp)
    assert (catering_orders.of(camp).frozen_at, catering_orders.of(camp).frozen) == (None, {})


def test_from_the_deadline_on_what_was_ordered_stays_and_the_difference_is_told(app: Flask) -> None:
    camp = make.camp()
    gone, _, _ = eats(camp, "vegan"), eats(camp, "vegan"), eats(camp, "halal")
    plan(camp, 1)
    with clock.shifted(timedelta(hours=2)):
        for _ in range(2):
            with writing():
                catering_orders.freeze_due(camp)
        first = catering_orders.of(camp).frozen_at
    with writing():
        gone.state = "cancelled"
    eats(camp, "koscher")
    eats(camp, "HALAL")
    assert compared(camp) == [Ordered("HALAL", 1, 2), Ordered("koscher", 0, 1), Ordered("vegan", 2, 1)]
    assert [one.difference for one in compared(camp)] == [1, 1, -1]
    assert first is not None and [row.verb for row in log.entries(camp.id, 0, 9)] == ["meals ordered", "changed the order of meals"]


def test_a_deadline_that_is_over_freezes_at_once_by_the_camps_show_rate_and_another_frees(app: Flask) -> None:
    camp = make.camp()
    for _ in range(10):
        eats(camp, "vegan")
    plan(camp, -1, 75)
    row = catering_orders.of(camp)
    assert row.frozen == {"2027-04-24": [["vegan", 8]]}
    with writing():
        catering_orders.plan(camp, row.order_by, 50)
    assert compared(camp) == [Ordered("vegan", 8, 5)]
    plan(camp, 1, 50)
    assert (catering_orders.of(camp).frozen_at, catering_orders.of(camp).frozen) == (None, {})
    plan(camp, None)
    assert catering_orders.rate(camp) == 100


def test_an_erased_persons_own_diet_is_no_longer_told_apart(app: Flask) -> None:
    camp = make.camp()
    mine, shared, _ = eats(camp, "only for Mai"), eats(camp, "vegan"), eats(camp, "Vegan")
    plan(camp, -1)
    with writing():
        for who in (mine, shared):
            catering_orders.forget(camp, who)
    assert catering_orders.of(camp).frozen == {"2027-04-24": [["Vegan", 2], ["…", 1]]}
    with writing():
        catering_orders.forget_all(camp)
    assert catering_orders.of(camp).frozen == {"2027-04-24": [["…", 3]]}
