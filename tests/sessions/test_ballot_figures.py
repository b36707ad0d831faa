"""Figures of the votes: right sums, and none of fewer than five people."""

from __future__ import annotations

from flask import Flask

from camp.db import db, writing
from camp.models import Camp, Participant
from sessions import ballot_figures, voting
from sessions.ballot_figures import Both, OneKind
from sessions.vote_models import VoteHour
from tests import make


def crowd(camp: Camp, number: int, kind: str = "other") -> list[Participant]:
    return [make.participant(camp, f"P{n}", kind=kind) for n in range(number)]


def test_spread_counts_every_proposal_once(app: Flask) -> None:
    camp = make.camp()
    people = crowd(camp, 6)
    make.session(camp, "None")
    one, six = make.session(camp, "One"), make.session(camp, "Six")
    make.vote(app, people[0], one)
    for who in people:
        make.vote(app, who, six)
    assert ballot_figures.spread(camp) == [(0, 0, 1), (1, 4, 1), (5, 9, 1), (10, 19, 0), (20, 39, 0), (40, 79, 0), (80, None, 0)]


def test_both_are_told_from_five_people_on(app: Flask) -> None:
    camp = make.camp()
    people = crowd(camp, 5)
    one, other = make.session(camp, "One"), make.session(camp, "Two")
    for who in people[:4]:
        make.vote(app, who, one, other)
    make.vote(app, people[4], one)
    assert ballot_figures.together(camp, one.id, other.id) == Both(5, 4, None)
    assert ballot_figures.wanted_together(camp) == []
    make.vote(app, people[4], other)
    assert ballot_figures.together(camp, one.id, other.id) == Both(5, 5, 5)
    assert ballot_figures.wanted_together(camp) == [(one.id, other.id, 5)]


def test_one_kind_is_told_only_where_no_person_can_be_known(app: Flask) -> None:
    camp = make.camp()
    schools, makers = crowd(camp, 5, "university"), crowd(camp, 4, "start-up")
    only, few, mixed, small = (make.session(camp, title) for title in ("Only", "Few", "Mixed", "Small"))
    for who in schools:
        make.vote(app, who, only, mixed)
    make.vote(app, makers[0], mixed)
    for who in schools[:4]:
        make.vote(app, who, few)
    for who in makers:
        make.vote(app, who, small)
    assert ballot_figures.of_one_kind(camp, app.config["CAMP"].vote_key) == [OneKind(only.id, "university", 5)]


def test_hours_hold_a_number_and_nothing_else(app: Flask) -> None:
    camp = make.camp()
    mai, ben = crowd(camp, 2)
    one, two = make.session(camp, "One"), make.session(camp, "Two")
    for who, session, wanted in ((mai, one, True), (mai, one, True), (mai, two, True), (ben, one, True), (ben, one, False)):
        with writing():
            voting.cast(camp, session, who, wanted, "v" * 43)
    assert [number for _, number in ballot_figures.by_hour(camp)] == [3]
    assert {column.name for column in VoteHour.__table__.columns} == {"camp_id", "hour", "number"}
    assert db.session.query(VoteHour).one().hour.minute == 0
