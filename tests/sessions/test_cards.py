"""Cards: what one has not judged, in an order of one's own or least seen first, and what a dump tells of it."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select, text

from camp import tokens
from camp.db import db, writing
from camp.models import Camp, LogEntry, Participant
from sessions import cards, voting
from sessions.models import Session
from tests import make

KEY = "v" * 43


def judge(camp: Camp, session: Session, who: Participant, wanted: bool) -> None:
    with writing():
        voting.judge(camp, session, who, wanted, KEY)


def left(camp: Camp, who: Participant) -> set[str]:
    return {row.title for row in cards.stack(camp, who, KEY, "seed").left}


def test_what_was_judged_does_not_come_again_until_it_is_taken_back(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp), make.participant(camp, "Ben")
    one, two, three = (make.session(camp, title) for title in ("One", "Two", "Three"))
    make.session(camp, "Mine", [mai])
    judge(camp, one, mai, True)
    judge(camp, two, mai, False)
    assert left(camp, mai) == {"Three"} and left(camp, ben) == {"One", "Two", "Three", "Mine"}
    assert voting.ballot_of(camp, mai, KEY) == {one.id}
    make.vote(app, mai, three)
    stack = cards.stack(camp, mai, KEY, "seed")
    assert (list(stack.left), stack.of, stack.votes_left) == ([], 3, None)
    with writing():
        voting.unjudge(camp, one, mai, KEY)
    assert left(camp, mai) == {"One"} and voting.counts(camp) == {three.id: 1}


def test_a_no_lies_under_the_pseudonym_and_nobody_logs_it(app: Flask) -> None:
    camp = make.camp()
    mai, one = make.participant(camp), make.session(camp)
    judge(camp, one, mai, False)
    assert [tuple(row) for row in db.session.execute(text("SELECT * FROM judged"))] == [
        (one.id, tokens.vote_pseudonym(KEY, camp.id, mai.id))]
    assert db.session.scalars(select(LogEntry)).all() == []


def test_each_has_an_order_of_ones_own_and_keeps_it(app: Flask) -> None:
    camp = make.camp()
    rows = [make.session(camp, f"S{n}") for n in range(12)]
    orders = [[row.id for row in cards.ordered(camp, rows, seed)] for seed in ("a", "a", "b")]
    assert orders[0] == orders[1] != orders[2] and set(orders[0]) == {row.id for row in rows}


def test_least_seen_first_counts_answers_and_never_votes(app: Flask) -> None:
    camp = make.camp()
    people = [make.participant(camp, f"P{n}") for n in range(3)]
    seen, voted, new = (make.session(camp, title) for title in ("Seen", "Voted", "New"))
    judge(camp, seen, people[0], False)
    for who in people:
        make.vote(app, who, voted)
    with writing():
        voting.change_rules(camp, budget=None, hidden=True, least_seen=True)
    for seed in "abcdef":
        assert cards.ordered(camp, [seen, voted, new], seed)[-1].id == seen.id
    drawn = {tuple(row.id for row in cards.ordered(camp, [voted, new], seed)) for seed in "abcdefgh"}
    assert len(drawn) == 2  # by lot between those that nobody has seen, whatever their votes


def test_votes_left_of_a_budget(app: Flask) -> None:
    camp = make.camp()
    mai, one = make.participant(camp), make.session(camp)
    with writing():
        voting.change_rules(camp, budget=2, hidden=True, least_seen=False)
    judge(camp, one, mai, True)
    assert cards.stack(camp, mai, KEY, "s").votes_left == 1
