"""Merging: both hosts or the moderator, voters once, out of the plan, and everything as before when it is undone."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import select

from camp import camps, clock, venue
from camp.db import db, writing
from camp.errors import CampError, Conflict, NotAllowed, NotOpen
from camp.models import Camp, Mail, Participant
from sessions import merging, planning, proposals, voting
from sessions.models import Placement, Session, Vote
from sessions.standing import standing_of
from sessions.vote_models import Likeness
from tests import make

KEY = "v" * 43


@pytest.fixture
def pair(app: Flask) -> tuple[Camp, Session, Session, Participant, Participant]:
    """A camp, an older and a younger proposal, and the host of each."""
    camp = make.camp()
    mai, ben = make.participant(camp), make.participant(camp, "Ben")
    return (camp, make.session(camp, "Tracking", [mai]),
            make.session(camp, "Tracking again", [ben], proposed_at=make.EARLY + timedelta(days=1)), mai, ben)


def mails() -> list[tuple[str, str]]:
    return [(letter.template, letter.to) for letter in db.session.scalars(select(Mail).order_by(Mail.id))]


def hosts(session: Session) -> list[str]:
    return [host.participant.given_name for host in session.hosts]


def test_it_needs_the_wish_of_both_sides(pair: tuple[Camp, Session, Session, Participant, Participant]) -> None:
    camp, old, young, mai, ben = pair
    with writing():
        assert merging.ask(camp, young, old, ben) is None
        assert merging.ask(camp, young, old, ben) is None
    assert mails() == [("merge_asked", mai.person.email)]
    assert merging.offers_to(mai) == [(old, young)] and merging.offers_to(ben) == []
    assert (old.state, young.state, merging.asked(young)) == ("proposed", "proposed", {old.id})
    with writing():
        assert merging.ask(camp, old, young, mai) == old
    assert (old.state, young.state, young.merged_into) == ("proposed", "withdrawn", old.id)
    assert hosts(old) == ["Mai", "Ben"]
    assert sorted(mails())[1:] == sorted([("merged", mai.person.email), ("merged", ben.person.email)])
    assert merging.offers_to(mai) == []


def test_a_no_ends_the_question(pair: tuple[Camp, Session, Session, Participant, Participant]) -> None:
    camp, old, young, mai, ben = pair
    with writing():
        merging.ask(camp, young, old, ben)
        merging.decline(camp, old, young, mai)
        assert merging.ask(camp, young, old, ben) is None
    assert (merging.offers_to(mai), merging.asked(young), len(mails())) == ([], frozenset(), 1)


def test_voters_are_united_without_doubles_and_parted_again(app: Flask, pair: tuple[Camp, Session, Session, Participant, Participant]) -> None:
    camp, old, young, mai, ben = pair
    both, first, second = (make.participant(camp, name) for name in ("Both", "First", "Second"))
    make.vote(app, both, old, young)
    make.vote(app, first, old)
    make.vote(app, second, young)
    with writing():
        merging.merge(camp, young, old, None)
    assert voting.counts(camp) == {old.id: 3} == {old.id: voting.count_of(old)}
    assert [voting.ballot_of(camp, who, KEY) for who in (both, first, second)] == [{old.id}] * 3
    assert set(map(tuple, voting.votes_by_pseudonym(camp).values())) == {(old.id,)}
    assert [row.title for row in voting.wishes_of(camp, second, KEY)] == ["Tracking"]
    with writing():  # who voted for what is gone takes it back where it is now, and votes once only
        voting.cast(camp, old, second, True, KEY)
        voting.cast(camp, old, second, False, KEY)
    assert voting.counts(camp) == {old.id: 2}
    with writing():
        merging.part(camp, young, None)
    assert voting.counts(camp) == {old.id: 2, young.id: 1}
    assert (hosts(old), hosts(young), young.state, young.merged_into) == (["Mai"], ["Ben"], "proposed", None)
    assert db.session.scalars(select(Vote)).all()
    assert {template for template, _ in mails()} == {"merged", "merge_undone"}


def test_what_is_merged_leaves_the_plan(pair: tuple[Camp, Session, Session, Participant, Participant]) -> None:
    camp, old, young, _, ben = pair
    grid = venue.grid(camp)
    with writing():
        planning.move(camp, young.id, grid.rooms[0].id, grid.session_slots[0].id)
        merging.merge(camp, old, young, None)
    assert db.session.scalars(select(Placement)).all() == []
    assert [one.title for one in standing_of(camp).sessions.values()] == ["Tracking"]
    with pytest.raises(Conflict), writing():
        proposals.restore(camp, young, ben)


def test_a_host_of_the_one_that_went_may_part_them(pair: tuple[Camp, Session, Session, Participant, Participant]) -> None:
    camp, old, young, mai, ben = pair
    with writing():
        merging.merge(camp, old, young, None)
    with pytest.raises(NotAllowed), writing():
        merging.part_as_host(camp, young, mai)
    with writing():
        merging.part_as_host(camp, young, ben)
        merging.part(camp, young, None)
    assert young.state == "proposed"


def test_three_become_one_and_two_heaps_do_not(app: Flask) -> None:
    camp = make.camp()
    days = count()
    one, two, three, four, five = (make.session(camp, title, proposed_at=make.EARLY + timedelta(days=next(days))) for title in "ABCDE")
    with writing():
        assert merging.merge(camp, two, three, None) == two
        assert merging.merge(camp, one, two, None) == two  # what holds others stays
        assert merging.merge(camp, four, five, None) == four
    with pytest.raises(Conflict), writing():
        merging.merge(camp, two, four, None)
    assert [row.title for row in merging.merged(camp)] == ["A", "C", "E"]


def test_who_holds_both_need_not_ask(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    one, two = make.session(camp, "One", [mai]), make.session(camp, "Two", [mai])
    with writing():
        assert merging.ask(camp, two, one, mai) == one
    assert hosts(one) == ["Mai"]


@pytest.mark.parametrize("case", ["same", "gone", "stranger"])
def test_what_cannot_be_merged(pair: tuple[Camp, Session, Session, Participant, Participant], case: str) -> None:
    camp, old, young, mai, ben = pair
    if case == "gone":
        with writing():
            young.state = "withdrawn"
    session, other, who = {"same": (old, old, mai), "gone": (old, young, mai), "stranger": (old, young, ben)}[case]
    with pytest.raises(CampError) as caught, writing():
        merging.ask(camp, session, other, who)
    assert caught.type is (NotAllowed if case == "stranger" else Conflict)


def test_after_the_round_everything_stays(pair: tuple[Camp, Session, Session, Participant, Participant]) -> None:
    camp, old, young, *_ = pair
    with writing():
        merging.merge(camp, old, young, None)
        camps.set_phase(camp, "pitch", None, clock.now() - timedelta(minutes=1))
    with pytest.raises(NotOpen), writing():
        merging.part(camp, young, None)
    assert not merging.may_merge(camp)


def test_similar_ones_are_told_from_both_sides_while_they_hang(pair: tuple[Camp, Session, Session, Participant, Participant]) -> None:
    camp, old, young, *_ = pair
    with writing():
        db.session.add(Likeness(one_id=old.id, other_id=young.id, score=0.9))
    assert (merging.similar_to(old), merging.similar_to(young)) == ([young], [old])
    assert merging.similar_pairs(camp) == [(old, young, 0.9)]
    with writing():
        young.state = "withdrawn"
    assert (merging.similar_to(old), merging.similar_pairs(camp)) == ([], [])
