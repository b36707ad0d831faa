import pytest
from hypothesis import given

from sessions.planner.construct import construct
from sessions.planner.grid import Grid
from sessions.planner.problem import NoPlan, Pin, Room, Session
from sessions.planner.rules import check
from tests.sessions.planner.tiny import drawn, instance, judge, problems, small


@pytest.mark.parametrize(("name", "cells"), [("barcamp-S-1", 24), ("rich-S-1", 24), ("barcamp-M-1", 48)])
def test_construct_fills_nearly_every_cell_by_the_rules(name, cells):
    state = construct(Grid(instance(name)))
    assert judge(instance(name), state.grid.placements(state.place))[0] == []
    assert cells - 1 <= state.cells <= cells


def test_construct_begins_with_the_pins():
    state = construct(Grid(small(pins=(Pin("s4", "t1", "B"), Pin("s1", "t2")))))
    assert (state.place[3], state.place[0], state.cells) == (1, 2, 5)


def test_construct_takes_the_smallest_room_that_seats_all():
    rooms = (Room("A", 90), Room("B", 4), Room("C", 9))
    votes = {f"p{n}": ("s1",) for n in range(5)}
    state = construct(Grid(small(rooms=rooms, sessions=(Session("s1", ""),), votes=votes)))
    assert state.place == [2]


def test_construct_separates_sessions_with_the_same_voters():
    sessions = (Session("s1", ""), Session("s2", ""), Session("s3", ""))
    state = construct(Grid(small(sessions=sessions, votes={"p1": ("s1", "s2", "s3"), "p2": ("s1", "s2", "s3")})))
    assert len({cell // 2 for cell in state.place}) == 3


def test_construct_lets_a_session_give_way_to_one_that_fits_nowhere_else():
    beamer = frozenset({"beamer"})
    sessions = (Session("s1", "", needs=beamer), Session("s2", "", needs=beamer), Session("s3", "", length=2))
    state = construct(Grid(small(sessions=sessions, votes={f"p{n}": ("s3",) for n in range(5)})))
    assert state.pool == []
    assert state.place[2] == 1   # the large room with the beamer would have suited it better


@given(problems(sessions=6, pins=True))
@drawn(100)
def test_construct_keeps_every_rule_or_says_that_there_is_no_plan(problem):
    try:
        state = construct(Grid(problem))
    except NoPlan as error:
        assert {breach.session for breach in error.breaches} <= \
            {pin.session for pin in problem.pins} | {session.id for session in problem.sessions if session.must}
        return
    assert check(problem, state.grid.placements(state.place)) == ()
