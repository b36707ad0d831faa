"""Tests of sessions/guests.py."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from camp import camps, clock
from camp.db import db, writing
from camp.errors import BadInput, Conflict, NotFound, NotOpen
from camp.mail_limits import Crowded
from camp.models import Camp
from sessions import guests, pitches, proposals
from sessions.models import Session
from sessions.proposal_models import GuestProposal
from tests import make

KEY = "s" * 43


@pytest.fixture
def camp(app: Flask) -> Iterator[Camp]:
    """A camp on its day."""
    made = make.camp()
    with clock.shifted(make.until_noon(made)):
        yield made


def put(camp: Camp, title: str = "Returns", name: str = "Ada", network: str = "n", **values: bool) -> Session:
    with writing():
        return guests.propose(camp, title, name, network, **values)


def rows() -> list[tuple[str, str]]:
    db.session.rollback()
    return [(one.title, one.guest) for one in db.session.scalars(select(Session).order_by(Session.id))]


def test_title_and_name_are_enough_and_the_same_twice_is_there_once(camp: Camp) -> None:
    make.participant(camp, "Ada", "Lovelace")
    for title, name in (("  Returns ", "Ada Lovelace"), ("Returns", "ada lovelace"), ("Returns", "Ben")):
        put(camp, title, name)
    assert rows() == [("Returns", "Ada Lovelace"), ("Returns", "Ben")]
    assert all(not one.hosts for one in proposals.open_proposals(camp))  # a name alone makes nobody its host
    for title, name, field in (("", "Ada", "title"), ("New", " ", "name"), ("New", "x" * 201, "name")):
        with pytest.raises(BadInput) as refused:
            put(camp, title, name)
        assert refused.value.field == field


def test_it_is_open_on_the_days_of_the_camp_also_when_the_call_is_over_and_until_it_is_switched_off(camp: Camp) -> None:
    with writing():
        camps.set_phase(camp, "call", None, clock.now() - timedelta(hours=1))
    mai = make.participant(camp)
    with writing():
        made = guests.propose(camp, "Mine", "", "n", participant=mai)
    assert [host.participant_id for host in made.hosts] == [mai.id]
    assert guests.is_open(camp)
    with clock.shifted(timedelta(days=-1)):
        assert not guests.is_open(camp)
    with writing():
        guests.change(camp, opened=False)
    with pytest.raises(NotOpen):
        put(camp)
    with writing():
        guests.change(camp, opened=True)
    put(camp)
    assert rows() == [("Mine", ""), ("Returns", "Ada")]


def test_a_code_that_was_thrown_away_leads_nowhere(camp: Camp) -> None:
    old = guests.code_of(camp, KEY)
    guests.check(camp, KEY, f" {old[:4].lower()}-{old[4:]}")
    with writing():
        guests.change(camp, renew=True)
    guests.check(camp, KEY, guests.code_of(camp, KEY))
    for code in (old, "", "ABCD2345", "\N{BROKEN HEART}"):
        with pytest.raises(NotFound):
            guests.check(camp, KEY, code)


def test_a_network_and_a_camp_have_their_ceilings_which_time_lifts(camp: Camp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guests, "NETWORK", 2)
    monkeypatch.setattr(guests, "CAMP", 3)
    for number in range(2):
        put(camp, f"Topic {number}")
    with pytest.raises(Crowded):
        put(camp, "Topic 2")
    put(camp, "Topic 3", network="other")
    with pytest.raises(Crowded):
        put(camp, "Topic 4", network="third")
    with clock.shifted(timedelta(hours=1, minutes=1)):
        put(camp, "Topic 5")
    assert len(rows()) == 4


def test_moderators_see_what_is_new_until_they_looked_or_it_stands_in_line(camp: Camp) -> None:
    one, two, three = put(camp, "One"), put(camp, "Two"), put(camp, "Three")
    assert [row.title for row in guests.fresh(camp)] == ["One", "Two", "Three"]
    with writing():
        camps.set_phase(camp, "pitch", None, None)
        guests.see(one)
        guests.withdraw(camp, three)
        pitches.join(camp, session=two, name=two.guest)
    assert guests.fresh(camp) == []
    assert [row.title for row, _ in guests.listed(camp)] == ["Two", "One"]
    put(camp, "Four", pitch=True)
    put(camp, "Four", pitch=True)
    assert ([turn.title for turn in pitches.line(camp)], guests.fresh(camp)) == (["Two", "Four"], [])


def test_a_guest_is_joined_to_an_account_once_with_their_place_in_line(camp: Camp) -> None:
    with writing():
        camps.set_phase(camp, "pitch", None, None)
    session, mai = put(camp, pitch=True), make.participant(camp)
    token = guests.token_of(session, KEY)
    assert guests.of(camp, token, KEY).id == session.id
    with writing():
        guests.join(camp, session, mai)
    assert ([host.participant_id for host in session.hosts], session.guest, session.edit_number) == ([mai.id], "", 1)
    assert [turn.participant_id for turn in pitches.line(camp)] == [mai.id]
    for act in (lambda: guests.join(camp, session, mai), lambda: guests.of(camp, token, KEY)):
        with pytest.raises((Conflict, NotFound)), writing():
            act()
    with pytest.raises(NotFound):
        guests.of(camp, token.replace(token[-1], "x" if token[-1] != "x" else "y"), KEY)


def test_where_it_came_from_is_forgotten_after_a_day(camp: Camp) -> None:
    put(camp)
    guests.forget_networks()
    assert db.session.scalars(select(GuestProposal.network_hash)).all() == ["n"]
    with clock.shifted(timedelta(days=1, minutes=1)):
        guests.forget_networks()
    assert db.session.scalars(select(GuestProposal.network_hash)).all() == [""]
