from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import comb

import pytest

from camp import waiting

EVENING = datetime(2027, 4, 23, 16, tzinfo=UTC)


@pytest.mark.parametrize(("before", "given"), [
    (timedelta(days=30), timedelta(hours=48)), (timedelta(hours=96), timedelta(hours=48)), (timedelta(hours=40), timedelta(hours=20)),
    (timedelta(hours=3), timedelta(minutes=90)), (timedelta(minutes=90), timedelta(hours=1)), (timedelta(minutes=20), timedelta(minutes=20)),
])
def test_the_time_to_answer_shrinks_towards_the_evening_before_the_camp(before: timedelta, given: timedelta) -> None:
    assert waiting.answer_by(EVENING - before, EVENING, 48) == EVENING - before + given


@pytest.mark.parametrize("after", [timedelta(), timedelta(hours=14)])
def test_from_the_evening_on_nobody_is_asked(after: timedelta) -> None:
    assert waiting.answer_by(EVENING + after, EVENING, 48) is None


def test_those_move_up_whose_days_are_free_in_order() -> None:
    free = {"24": 1, "25": 2}
    assert waiting.moving_up(free, [["24"], [], ["25"], ["24", "25"], ["25"], ["25"]]) == [0, 2, 4]
    assert free == {"24": 1, "25": 2}
    assert waiting.moving_up({"24": -1}, [[]]) == []
    assert waiting.moving_up({"24": 5}, [["gone"], []]) == [1]


@pytest.mark.parametrize(("seats", "admitted", "rate"), [(1, 2, "1/2"), (100, 125, "3/4"), (200, 260, "7/10"), (30, 30, "9/10"), (260, 300, "17/20")])
def test_the_risk_is_the_upper_tail_of_the_binomial_distribution_exactly(seats: int, admitted: int, rate: str) -> None:
    chance = Fraction(rate)
    exact = sum((comb(admitted, came) * chance**came * (1 - chance)**(admitted - came) for came in range(seats + 1, admitted + 1)), Fraction())
    assert waiting.risk(seats, admitted, float(chance)) == pytest.approx(float(exact), rel=1e-9, abs=1e-15)


def test_exact_values_by_hand() -> None:
    assert waiting.risk(1, 2, 0.5) == pytest.approx(0.25)
    assert waiting.risk(2, 4, 0.5) == pytest.approx(5 / 16)
    assert (waiting.risk(5, 5, 0.9), waiting.risk(5, 6, 0.0), waiting.risk(5, 6, 1.0)) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize(("seats", "rate"), [(100, 0.75), (200, 0.6), (260, 0.85), (30, 0.9), (1000, 0.7), (10, 1.0)])
def test_the_advice_is_the_last_number_within_the_limit(seats: int, rate: float) -> None:
    best = waiting.most_to_admit(seats, rate)
    assert waiting.risk(seats, best, rate) <= 0.05 < waiting.risk(seats, best + 1, rate)


def test_the_advice_for_a_hundred_seats_and_three_of_four_who_come() -> None:
    assert [waiting.most_to_admit(100, 0.75, limit) for limit in (0.0, 0.01, 0.05, 0.5)] == [100, 119, 123, 133]
    assert waiting.most_to_admit(3, 0.001) == 30


def test_the_curve_goes_from_no_risk_to_a_half() -> None:
    points = waiting.curve(100, 0.75)
    assert (points[0], len(points) <= 41, points[-1][1] >= 0.5) == ((100, 0.0), True, True)
    assert [share for _, share in points] == sorted(share for _, share in points)
    assert waiting.curve(5, 1.0) == [(5, 0.0), (6, 1.0)]


def test_the_show_rate_weighs_camps_by_their_size() -> None:
    assert waiting.show_rate([(100, 60), (300, 240)]) == 0.75
    assert waiting.show_rate([]) is waiting.show_rate([(0, 0)]) is None
