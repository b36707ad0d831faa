"""Tests of sessions/budget.py: whatever brings a proposal back, nobody has more votes than the camp allows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from camp.db import db, writing
from camp.models import Camp, Participant
from sessions import budget, merging, proposals, voting
from sessions.models import Session
from tests import make

KEY = "v" * 43


@pytest.fixture
def camp(app: Flask) -> Camp:
    made = make.camp()
    with writing():
        voting.change_rules(made, budget=2, hidden=True, least_seen=False)
    return made


def vote(camp: Camp, who: Participant, *on: Session) -> None:
    with writing():
        for session in on:
            voting.cast(camp, session, who, True, KEY)


def ballot(camp: Camp, who: Participant) -> set[str]:
    db.session.rollback()
    return {row.title for row in voting.wishes_of(camp, who, KEY)}


def test_after_an_undone_merge_the_vote_for_what_went_into_another_falls_for_who_has_spent_it(camp: Camp) -> None:
    kept, gone, third = (make.session(camp, title) for title in ("Kept", "Gone", "Third"))
    spent, free, only = (make.participant(camp, name) for name in ("Spent", "Free", "Only"))
    for who in (spent, free):
        vote(camp, who, kept, gone)
    vote(camp, only, gone, third)
    with writing():
        merging.merge(camp, kept, gone, None)
    vote(camp, spent, third)
    with writing():
        assert merging.part(camp, gone, None) == 1
    assert [ballot(camp, who) for who in (spent, free, only)] == [{"Kept", "Third"}, {"Kept", "Gone"}, {"Gone", "Third"}]
    assert voting.counts(camp) == {kept.id: 2, gone.id: 2, third.id: 2}


@pytest.mark.parametrize("way", ["withdrawn", "hidden"])
def test_a_proposal_that_comes_back_leaves_nobody_with_more_votes_than_allowed(camp: Camp, way: str) -> None:
    host, who, other = (make.participant(camp, name) for name in ("Host", "Who", "Other"))
    back, second, third = make.session(camp, "Back", [host]), make.session(camp, "Second"), make.session(camp, "Third")
    ways: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "withdrawn": (lambda: proposals.withdraw(camp, back, host), lambda: proposals.restore(camp, back, host)),
        "hidden": (lambda: proposals.hide(camp, back, "Spam", None), lambda: proposals.unhide(camp, back, None))}
    goes, comes = ways[way]
    vote(camp, who, back, second)
    vote(camp, other, back)
    with writing():
        goes()
    vote(camp, who, third)
    with writing():
        comes()
    assert (ballot(camp, who), ballot(camp, other)) == ({"Second", "Third"}, {"Back"})


def test_without_a_budget_every_vote_comes_back(app: Flask) -> None:
    camp = make.camp()
    sessions = [make.session(camp, str(number)) for number in range(9)]
    who = make.participant(camp)
    vote(camp, who, *sessions)
    with writing():
        assert budget.trim(camp, sessions[0]) == 0
    assert len(ballot(camp, who)) == 9
