"""Tests of sessions/wants.py."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from camp.db import db, writing
from camp.models import LogEntry
from sessions import planning, wants
from sessions.planner.problem import Wants
from sessions.standing import standing_of
from tests import make

KEY = "v" * 43


def test_a_camp_wants_nothing_until_somebody_says_so_and_each_change_is_logged_once(app: Flask) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    assert wants.of(camp) == Wants()
    for _ in range(2):
        with writing():
            wants.change(camp, Wants(firsts=True, mixed=True))
    assert (wants.of(camp), wants.of(other)) == (Wants(firsts=True, mixed=True), Wants())
    assert standing_of(camp).problem.wants == Wants(firsts=True, mixed=True)
    assert len(db.session.scalars(select(LogEntry).where(LogEntry.verb == "changed plan wishes")).all()) == 1
    db.session.rollback()
    with writing():
        wants.change(camp, Wants())
    assert wants.of(camp) == Wants()


def test_kinds_are_put_to_votes_only_where_the_camp_wants_people_to_mix(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp, "One", [make.participant(camp, kind="university")])
    make.vote(app, make.participant(camp, kind="start-up"), one)
    assert standing_of(camp, KEY).problem.kinds == {}
    with writing():
        wants.change(camp, Wants(mixed=True))
    problem = standing_of(camp, KEY).problem
    (voter,) = problem.votes
    assert problem.kinds[voter] == "start-up" and sorted(problem.kinds.values()) == ["start-up", "university"]
    assert standing_of(camp).problem.kinds == {}, "without the key nobody's vote is known, and no kind is needed"


def test_a_kind_of_few_people_is_not_given_out(app: Flask) -> None:
    camp = make.camp()
    for number in range(6):
        make.participant(camp, kind="start-up" if number < 5 else "public body")
    with writing():
        wants.change(camp, Wants(mixed=True))
    text = planning.export_problem(camp, KEY)
    assert "public body" not in text and "meet-other-kinds" in text
