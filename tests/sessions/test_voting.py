"""Voting: one vote each, kept under a pseudonym, counted in sums."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from camp import camps, clock, tokens
from camp.db import db, writing
from camp.errors import BadInput, Conflict, NotAllowed, NotOpen
from camp.models import Camp, LogEntry, Participant
from sessions import voting
from sessions.models import Session, Vote
from tests import make

KEY = "v" * 43


def close_voting(camp: Camp) -> None:
    with writing():
        camps.set_phase(camp, "voting", None, clock.now() - timedelta(hours=1))


def cast(camp: Camp, session: Session, who: Participant, wanted: bool) -> None:
    with writing():
        voting.cast(camp, session, who, wanted, KEY)


def test_one_tap_votes_and_one_takes_it_back(app: Flask) -> None:
    camp = make.camp()
    session, mai = make.session(camp), make.participant(camp)
    cast(camp, session, mai, True)
    assert voting.ballot_of(camp, mai, KEY) == {session.id}
    cast(camp, session, mai, False)
    assert voting.ballot_of(camp, mai, KEY) == frozenset()


def test_twice_is_as_good_as_once(app: Flask) -> None:
    camp = make.camp()
    session, mai = make.session(camp), make.participant(camp)
    for wanted, number in ((True, 1), (True, 1), (False, 0), (False, 0)):
        cast(camp, session, mai, wanted)
        assert len(db.session.scalars(select(Vote)).all()) == number


def test_the_database_itself_refuses_a_second_vote(app: Flask) -> None:
    camp = make.camp()
    session, mai = make.session(camp), make.participant(camp)
    cast(camp, session, mai, True)
    name = db.session.scalar(select(Vote.pseudonym))
    with pytest.raises(IntegrityError), writing():
        db.session.execute(text("INSERT INTO vote VALUES (:session, :name)"), {"session": session.id, "name": name})


def test_a_dump_names_nobody(app: Flask) -> None:
    camp = make.camp()
    session, mai = make.session(camp), make.participant(camp)
    cast(camp, session, mai, True)
    row = db.session.execute(text("SELECT * FROM vote")).one()
    assert tuple(row) == (session.id, tokens.vote_pseudonym(KEY, camp.id, mai.id))
    assert row.pseudonym != tokens.vote_pseudonym("w" * 43, camp.id, mai.id)
    assert db.session.scalars(select(LogEntry)).all() == []


@pytest.mark.sqlite_only("its hidden row numbers")
def test_a_dump_keeps_no_order_of_votes(app: Flask) -> None:
    make.camp()
    with pytest.raises(OperationalError, match="no such column: rowid"):
        db.session.execute(text("SELECT rowid FROM vote"))


def test_pseudonyms_of_two_camps_differ(app: Flask) -> None:
    assert tokens.vote_pseudonym(KEY, 1, 7) != tokens.vote_pseudonym(KEY, 2, 7)


def test_voting_needs_its_phase(app: Flask) -> None:
    camp = make.camp()
    session, mai = make.session(camp), make.participant(camp)
    cast(camp, session, mai, True)
    close_voting(camp)
    for wanted in (True, False):
        with pytest.raises(NotOpen):
            cast(camp, session, mai, wanted)
    assert voting.ballot_of(camp, mai, KEY) == {session.id}


def test_who_waits_may_vote_and_who_cancelled_may_not(app: Flask) -> None:
    camp = make.camp()
    session = make.session(camp)
    cast(camp, session, make.participant(camp, state="waiting"), True)
    with pytest.raises(NotAllowed):
        cast(camp, session, make.participant(camp, state="cancelled"), True)
    assert voting.counts(camp) == {session.id: 1}


def test_neither_an_own_nor_a_withdrawn_session_can_be_voted_for(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    for session in (make.session(camp, "Mine", [mai]), make.session(camp, "Gone", state="withdrawn")):
        with pytest.raises(Conflict):
            cast(camp, session, mai, True)
    assert voting.turnout(camp, KEY) == 0


def test_sums_leave_out_what_was_withdrawn_and_other_camps(app: Flask) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    mai, ben, cem = (make.participant(camp, name) for name in ("Mai", "Ben", "Cem"))
    one, two = make.session(camp, "One"), make.session(camp, "Two")
    gone, far = make.session(camp, "Gone", state="withdrawn"), make.session(other, "Far")
    make.vote(app, mai, one, two)
    make.vote(app, ben, two)
    make.vote(app, cem, gone)
    make.vote(app, make.participant(other), far)
    names = [tokens.vote_pseudonym(KEY, camp.id, who.id) for who in (mai, ben)]
    assert voting.counts(camp) == {one.id: 1, two.id: 2} == {row.id: voting.count_of(row) for row in (one, two)}
    assert voting.votes_by_pseudonym(camp) == {names[0]: [one.id, two.id], names[1]: [two.id]}
    assert voting.turnout(camp, KEY) == 3
    assert [session.title for session in voting.wishes_of(camp, mai, KEY)] == ["One", "Two"]
    assert voting.ballot_of(camp, cem, KEY) == frozenset()


def test_turnout_counts_who_waits_and_not_who_has_cancelled(app: Flask) -> None:
    camp = make.camp()
    mai, ben, cem = (make.participant(camp, name, state=state) for name, state in (("Mai", "admitted"), ("Ben", "waiting"), ("Cem", "admitted")))
    session = make.session(camp)
    for who in (mai, ben, cem):
        make.vote(app, who, session)
    assert voting.turnout(camp, KEY) == 3
    with writing():
        cem.state = "cancelled"
    assert voting.turnout(camp, KEY) == 2


def test_counts_are_for_organisers_until_voting_ends(app: Flask) -> None:
    camp = make.camp()
    session = make.session(camp)
    make.vote(app, make.participant(camp), session)
    assert voting.visible_counts(camp, organiser=False, voted=1) is None
    assert voting.visible_counts(camp, organiser=True, voted=1) == {session.id: 1}
    close_voting(camp)
    assert voting.visible_counts(camp, organiser=False, voted=1) == {session.id: 1}


def test_counts_stay_hidden_before_voting_begins(app: Flask) -> None:
    camp = make.camp()
    with writing():
        camps.set_phase(camp, "voting", clock.now() + timedelta(hours=1), None)
    assert voting.visible_counts(camp, organiser=False, voted=0) is None


def test_a_budget_is_kept_and_a_vote_taken_back_can_be_given_anew(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    one, two, three = (make.session(camp, title) for title in ("One", "Two", "Three"))
    with writing():
        voting.change_rules(camp, budget=2, hidden=True, least_seen=False)
    for session in (one, two, two):
        cast(camp, session, mai, True)
    with pytest.raises(Conflict) as caught:
        cast(camp, three, mai, True)
    assert caught.value.sentence() == "You have given all of your 2 votes. Take one back, then you can give it here."
    cast(camp, one, mai, False)
    cast(camp, three, mai, True)
    assert voting.ballot_of(camp, mai, KEY) == {two.id, three.id}


def test_votes_for_what_was_withdrawn_do_not_spend_the_budget(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    one, two = make.session(camp, "One"), make.session(camp, "Two")
    with writing():
        voting.change_rules(camp, budget=1, hidden=True, least_seen=False)
    cast(camp, one, mai, True)
    with writing():
        one.state = "withdrawn"
    cast(camp, two, mai, True)
    assert voting.ballot_of(camp, mai, KEY) == {two.id}


@pytest.mark.parametrize("budget", [0, 101])
def test_a_budget_has_its_limits(app: Flask, budget: int) -> None:
    camp = make.camp()
    with pytest.raises(BadInput), writing():
        voting.change_rules(camp, budget=budget, hidden=True, least_seen=False)
