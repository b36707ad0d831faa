from __future__ import annotations

from datetime import timedelta

from flask import Flask

from camp import clock
from camp.cloners import Move
from camp.db import writing
from sessions import cloning, rounds, voting, wants
from sessions.planner.problem import Wants
from tests import make


def test_rules_are_taken_over_and_the_round_has_not_begun(app: Flask) -> None:
    one, two = make.camp(), make.camp("ecm28")
    with writing():
        voting.change_rules(one, budget=3, hidden=False, least_seen=True)
        wants.change(one, Wants(apart=True))
        rounds.change(one, seconds=45, percent=100)
        going = rounds.begun(one)
        going.left, going.runs_since, going.order_number = 7, clock.now(), 9
    with writing():
        cloning.clone(Move(one, two, timedelta()))
    assert (voting.rules(two).budget, voting.rules(two).hidden, wants.of(two)) == (3, False, Wants(apart=True))
    made = rounds.of(two)
    assert (made.seconds, made.percent, made.left, made.runs_since, made.order_number, made.began_at) == (45, 100, 45, None, 0, None)


def test_a_camp_that_chose_nothing_leaves_nothing(app: Flask) -> None:
    one, two = make.camp(), make.camp("ecm28")
    with writing():
        cloning.clone(Move(one, two, timedelta()))
    assert (wants.of(two), rounds.of(two).seconds) == (Wants(), 60)
