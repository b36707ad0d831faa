from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.planner import score_of, solve, what_if, why_not
from sessions.planner.grid import Grid
from sessions.planner.problem import Breach, Placement
from sessions.planner.what_if import Effect
from tests.sessions.planner.tiny import drawn, instance, problems, random_state, rows, small


def test_each_cell_tells_wishes_seats_and_rules():
    problem = small(votes={"p1": ("s1", "s2"), "p2": ("s1", "s2"), "p3": ("s1",)})
    effects = what_if(problem, rows("s1 A t1", "s2 A t2"), "s1")
    assert [(one.slot, one.room) for one in effects] == [
        (slot.id, room.id) for slot in problem.slots for room in problem.rooms]
    assert effects[:4] == (
        Effect("A", "t1", 0, 0.0, 3.0, 10, ()),
        Effect("B", "t1", 0, 1.0, 3.0, 2, ()),
        Effect("A", "t2", -2, 0.0, 2.0, 10, (Breach("taken", "s1", "A", "t2", "s2"),)),
        Effect("B", "t2", -2, 0.0, 2.0, 2, ()))
    assert [one.score for one in effects] == [0.0, -1.0, -2.0, -2.0, 0.0, -1.0]


def test_a_session_of_the_in_tray_can_be_asked_about():
    effects = what_if(small(), rows("s1 A t1"), "s4")
    assert [one.attendance for one in effects] == [0, 0, 2, 2, 2, 2]   # p1 and ben want both s1 and s4
    assert [one.breaches[-1].rule if one.breaches else "" for one in effects] == ["taken", "", "break", "break", "end", "end"]


@given(problems(sessions=6, slots=4), st.randoms(use_true_random=False))
@drawn(100)
def test_the_figures_are_those_of_the_plan_counted_anew(problem, rng):
    plan = Grid(problem).placements(random_state(Grid(problem), rng).place)
    before = score_of(problem, plan)
    session = rng.choice(problem.sessions)
    rest = tuple(row for row in plan if row.session != session.id)
    for one in what_if(problem, plan, session.id):
        assert one.breaches == why_not(problem, plan, session.id, one.room, one.slot)
        if not any(breach.rule == "end" for breach in one.breaches):
            after = score_of(problem, (*rest, Placement(session.id, one.room, one.slot)))
            assert one.attendance == after.attendance - before.attendance
            assert one.overflow == pytest.approx(after.overflow - before.overflow, abs=1e-6)


def test_all_cells_of_a_camp_are_told_in_one_call():
    problem = instance("barcamp-M-1")
    plan = solve(problem, seed=1, moves=500)
    assert len(what_if(problem, plan.placements, Random(1).choice(problem.sessions).id)) == 48
