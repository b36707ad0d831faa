from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sessions import pitch_clock

NOON = datetime(2027, 4, 24, 12, tzinfo=UTC)


def test_the_clock_stands_or_runs_and_goes_below_zero() -> None:
    found = [pitch_clock.seconds_left(60, since, NOON) for since in (None, NOON, NOON - timedelta(seconds=23), NOON - timedelta(seconds=75))]
    assert found == [60, 60, 37, -15]


def test_the_mean_is_of_the_last_fifteen_and_before_any_a_pitch_and_a_change() -> None:
    assert [pitch_clock.running_mean(durations, 60) for durations in ([], [80.0], [900.0] + [50.0] * 14, [900.0] + [50.0] * 15)] == [85, 80, 107, 50]


def test_the_outlook_says_when_all_have_pitched_and_how_late_that_is() -> None:
    found = pitch_clock.outlook(NOON, 20, [90.0], 60, NOON + timedelta(minutes=20))
    assert (found.mean, found.minutes, found.late, found.ends - NOON, found.short - NOON) == (90, 30, 10, timedelta(minutes=30), timedelta(seconds=1100))


def test_nobody_is_late_in_time_or_without_a_plan() -> None:
    assert [pitch_clock.outlook(NOON, left, [], 60, planned).late for left, planned in (
        (0, NOON), (9, None), (2, NOON + timedelta(minutes=3)), (3, NOON + timedelta(minutes=3)))] == [0, 0, 0, 2]
