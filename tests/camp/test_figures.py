from __future__ import annotations

from datetime import UTC, date, datetime

from flask import Flask

from camp import figures
from tests import make
from tests.queries import count_queries


def _on(day: int, hour: int = 9) -> datetime:
    return datetime(2027, 4, day, hour, tzinfo=UTC)


def test_of_an_empty_camp_everything_is_nothing(app: Flask) -> None:
    found = figures.of(make.camp())
    assert (found.growth.days, found.kinds, found.towns, found.placed, found.waiting) == ((), {}, {}, 0, 0)


def test_people_are_counted_by_day_kind_and_town_and_who_cancelled_is_not(app: Flask) -> None:
    camp = make.camp()
    for day, state, kind, town, first in ((1, "admitted", "university", "Mülheim", True), (1, "admitted", "industry", "Essen", False),
                                          (3, "waiting", "university", "Essen", True), (4, "cancelled", "other", "Bonn", True)):
        make.participant(camp, state=state, kind=kind, town=town, first_time=first, registered_at=_on(day))
    make.participant(make.camp("other"), kind="other", registered_at=_on(1))
    with count_queries() as queries:
        found = figures.of(camp)
    assert len(queries) == 1
    assert found.growth == figures.Growth([date(2027, 4, day) for day in (1, 2, 3)], [2, 2, 2], [2, 2, 3])
    assert (dict(found.kinds), dict(found.towns)) == ({"industry": 1, "university": 2}, {"Essen": 2, "Mülheim": 1})
    assert (found.placed, found.waiting, found.cancelled, found.first_time) == (2, 1, 1, 2)


def test_a_day_is_one_of_the_camps_zone(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, registered_at=_on(1, 23))  # one in the morning in Mülheim
    assert figures.of(camp).growth.days == [date(2027, 4, 2)]


def test_only_the_towns_with_most_people_are_named(app: Flask) -> None:
    camp = make.camp()
    for number in range(figures.MOST_TOWNS + 2):
        for _ in range(2 if number else 1):
            make.participant(camp, town=f"Town {number}")
    assert list(figures.of(camp).towns) == [f"Town {number}" for number in range(1, figures.MOST_TOWNS + 1)]
