"""The clock: aware, in UTC, moved for a block, and right on the days when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from camp import clock


def test_now_is_the_present_moment_in_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_shifted_moves_the_clock_for_a_block_and_blocks_add_up() -> None:
    with clock.shifted(timedelta(days=10)):
        with clock.shifted(timedelta(days=-3)):
            assert timedelta(days=6.9) < clock.now() - datetime.now(UTC) < timedelta(days=7.1)
        assert clock.now() - datetime.now(UTC) > timedelta(days=9.9)
    with pytest.raises(KeyError), clock.shifted(timedelta(days=1)):
        raise KeyError
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_wall_time_in_summer_and_winter_and_back() -> None:
    summer = clock.at(date(2027, 4, 24), time(9), "Europe/Berlin")
    assert summer == datetime(2027, 4, 24, 7, tzinfo=UTC)
    assert clock.at(date(2027, 12, 24), time(9), "Europe/Berlin") == datetime(2027, 12, 24, 8, tzinfo=UTC)
    assert clock.local(summer, "Europe/Berlin").time() == time(9)
    assert clock.local(summer, "Asia/Tokyo").date() == date(2027, 4, 24)


def test_an_hour_that_comes_twice_is_the_first_one() -> None:
    assert clock.at(date(2027, 10, 31), time(2, 30), "Europe/Berlin") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
