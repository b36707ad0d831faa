from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sessions.planner import NoPlan, check, replan, score_of, solve
from sessions.planner.news import News
from sessions.planner.problem import Breach, Placement, ProblemError, Room
from sessions.planner.replan import KINDS, Move, told
from sessions.planner.rules import Names
from tests.sessions.planner.tiny import drawn, instance, judge, problems, rows, small

M = instance("barcamp-M-1")
SLOTS = [slot.id for slot in M.slots]
SINGLE_ROOM = small(rooms=(Room("A", 9, frozenset({"beamer"})),))


@pytest.fixture(scope="module")
def plan():
    """A plan of M."""
    return solve(M, seed=1, moves=20_000).placements


def closed(problem, cells):
    """The problem with these cells closed, for the independent checker."""
    return replace(problem, rooms=tuple(replace(room, closed=room.closed | {slot for name, slot in cells if name == room.id})
                                        for room in problem.rooms))


@pytest.mark.parametrize(("room", "slot"), [("r1", "t2"), ("r2", "t4"), ("r5", "t6")])
def test_one_lost_cell_of_a_full_camp_costs_one_session_and_no_slot_move_too_many(plan, room, slot):
    news = News(1, frozenset({(room, slot)}))
    found = replan(M, plan, news, moves=300)
    fresh = solve(found.problem, seed=1, moves=20_000)
    few = next(offer for offer in reversed(found.offers) if offer.kind in ("stay", "few"))
    assert (few.count("drop"), few.figures.cells) == (1, 47)
    assert few.count("slot") <= 2
    assert few.figures.score >= 0.985 * fresh.figures.score
    assert judge(closed(M, news.closed), few.placements)[0] == []


def test_a_late_host_is_saved_by_at_most_two_slot_moves(plan):
    hosts = {one.id: one.hosts for one in M.sessions}
    early = [hosts[row.session][0] for row in plan if row.slot in SLOTS[1:3] and hosts[row.session]]
    late = next(host for host in early if host not in M.windows and sum(host in held for held in hosts.values()) == 1)
    found = replan(M, plan, News(1, late={late: SLOTS[4]}), moves=300)
    few = next(offer for offer in found.offers if offer.kind == "few")
    assert (few.count("drop"), few.figures.cells, few.count("slot")) == (0, 48, 2)
    assert found.offers[0].kind == "stay" and found.offers[0].count("drop") == 1
    assert few.saved > 0 == found.offers[0].saved


def test_offers_are_counted_against_the_old_plan_without_the_lost(plan):
    found = replan(M, plan, News(1, frozenset({("r1", "t3")})), moves=300)
    session, = found.lost
    bare = score_of(found.problem, [row for row in plan if row.session != session])
    for offer in found.offers:
        assert offer.saved == offer.figures.attendance - bare.attendance
        assert offer.figures == score_of(found.problem, offer.placements)
        assert {move.session for move in offer.moves} == \
            {row.session for row in set(offer.placements) ^ set(plan)}
    assert found.offers[0].moves == (Move(session, next(row for row in plan if row.session == session), None,
                                          Breach("closed", session, "r1", "t3")),)
    wanted = sum(session in votes for votes in M.votes.values())
    assert wanted <= found.offers[0].people <= wanted + 2        # those who want it and its hosts


def test_no_news_no_offers(plan):
    assert replan(M, plan, News(3)).offers == ()
    begun = next(row.session for row in plan if row.slot == SLOTS[0])
    assert replan(M, plan, News(1, cancelled=frozenset({begun}))).offers == ()


def test_a_session_that_waited_gets_the_cell_of_one_called_off():
    problem = instance("rich-S-1")
    plan = solve(problem, seed=2, moves=5_000)
    off = next(row for row in reversed(plan.placements) if row.session not in {pin.session for pin in problem.pins})
    stay = replan(problem, plan.placements, News(1, cancelled=frozenset({off.session})), moves=300).offers[0]
    assert [move.kind for move in stay.moves] in (["add"], ["add", "add"])
    assert off.session not in {row.session for row in stay.placements}


def test_the_same_arguments_give_the_same_offers(plan):
    news = News(1, frozenset({("r2", "t4")}))
    assert replan(M, plan, news, seed=3, moves=500) == replan(M, plan, news, seed=3, moves=500)


@pytest.mark.parametrize(("move", "sentences"), [
    (Move("s1", rows("s1 A t1")[0], rows("s1 B t2")[0], Breach("closed", "s1", "A", "t1")),
     ["One moves from t1, A to t2, B.", "A is closed at t1."]),
    (Move("s1", rows("s1 A t1")[0], rows("s1 B t1")[0], None, "s2"),
     ["One changes rooms, from t1, A to t1, B.", "It makes way for s2."]),
    (Move("s1", rows("s1 A t1")[0], rows("s1 B t1")[0]),
     ["One changes rooms, from t1, A to t1, B.", "So more people find a seat."]),
    (Move("s1", rows("s1 A t1")[0], None), ["One loses its cell (t1, A).", "So more wishes fit."]),
    (Move("s1", None, rows("s1 A t1")[0]), ["One comes in (t1, A).", "A cell became free."]),
])
def test_each_move_is_told_with_its_reason(move, sentences):
    assert [msgid % values for msgid, values in told(move, Names({"s1": "One"}))] == sentences
    assert set(KINDS) == {"stay", "few", "free"}


def test_an_unknown_room_is_refused_and_an_impossible_past_is_no_plan():
    with pytest.raises(ProblemError):
        replan(small(), (), News(closed=frozenset({("C", "t1")})))
    with pytest.raises(NoPlan):
        replan(small(), rows("s1 A t1", "s2 A t1"), News(1))


@given(problems(sessions=6, slots=4, pins=True), st.data())
@drawn(80)
def test_the_past_never_moves_and_every_offer_is_valid(problem, data):
    try:
        plan = solve(problem, seed=1, moves=200).placements
    except NoPlan:
        assume(False)
    slots, rooms = [slot.id for slot in problem.slots], [room.id for room in problem.rooms]
    hosts = sorted({host for one in problem.sessions for host in one.hosts})
    news = News(data.draw(st.integers(0, len(slots))),
                data.draw(st.frozensets(st.tuples(st.sampled_from(rooms), st.sampled_from(slots)), max_size=3)),
                data.draw(st.dictionaries(st.sampled_from(hosts), st.sampled_from(slots), max_size=1)) if hosts else {},
                data.draw(st.frozensets(st.sampled_from([one.id for one in problem.sessions]), max_size=1)))
    found = replan(problem, plan, news, moves=300)
    begun = set(slots[:news.begun])
    past = {row for row in plan if row.slot in begun}
    for offer in found.offers:
        assert {row for row in offer.placements if row.slot in begun} == past
        assert check(found.problem, offer.placements) == ()
        ahead = [row for row in offer.placements if row.slot not in begun]
        assert not any((row.room, row.slot) in news.closed or row.session in news.cancelled for row in ahead)
    order = ["stay", "few", "free"]
    cells = [offer.figures.cells for offer in sorted(found.offers, key=lambda offer: order.index(offer.kind))]
    assert cells == sorted(cells)


@given(problems(sessions=5, slots=4), st.data())
@drawn(60)
def test_nobody_is_dropped_who_could_have_had_a_free_cell(problem, data):
    plan = solve(problem, seed=1, moves=200).placements
    assume(plan)
    lost = data.draw(st.sampled_from(plan))
    found = replan(problem, plan, News(0, frozenset({(lost.room, lost.slot)})), moves=300)
    for offer in found.offers:
        kept = {row.session for row in offer.placements}
        for move in offer.moves:
            if move.kind == "drop":
                free = [Placement(move.session, room.id, slot.id) for room in problem.rooms for slot in problem.slots]
                assert all(check(found.problem, (*offer.placements, row)) for row in free)
                assert move.session not in kept
