"""The lease: one leads, by the database's clock; who dies is followed, and an old leader notices."""

from __future__ import annotations

import time
from datetime import timedelta

from flask import Flask

from camp import clock, lease
from camp.db import writing


def _take(owner: str, seconds: float = 30.0) -> int | None:
    with writing():
        return lease.take("leader", owner, seconds)


def test_one_holds_it_and_may_renew_it(app: Flask) -> None:
    assert [_take("a"), _take("b"), _take("a"), _take("b")] == [1, None, 1, None]
    assert lease.leader("leader") == "a"


def test_who_leaves_is_followed_at_once(app: Flask) -> None:
    _take("a")
    with writing():
        lease.leave("leader", "b")
    assert _take("b") is None
    with writing():
        lease.leave("leader", "a")
    assert (lease.leader("leader"), _take("b"), lease.leader("leader")) == (None, 2, "b")


def test_what_ran_out_goes_to_another_and_the_fence_tells_the_old_one(app: Flask) -> None:
    assert _take("a", 0.05) == 1
    time.sleep(0.1)
    assert lease.leader("leader") is None
    assert [_take("b"), _take("a")] == [2, None]
    with writing():
        assert (lease.still("leader", 1), lease.still("leader", 2)) == (False, True)


def test_a_late_leader_goes_on_if_nobody_followed(app: Flask) -> None:
    _take("a", 0.05)
    time.sleep(0.1)
    assert _take("a") == 1


def test_the_clock_is_the_databases(app: Flask) -> None:
    _take("a")
    with clock.shifted(timedelta(days=1)):  # a host whose clock is a day ahead
        assert _take("b") is None


def test_each_name_has_a_lease_of_its_own(app: Flask) -> None:
    with writing():
        assert (lease.take("one", "a", 30.0), lease.take("two", "b", 30.0)) == (1, 1)
