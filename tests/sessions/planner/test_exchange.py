from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.planner import score_of, solve
from sessions.planner.exchange import lay, outlooks
from sessions.planner.grid import Grid
from sessions.planner.problem import Breach, Pin, Placement
from tests.sessions.planner.tiny import drawn, instance, problems, random_state, rows, small


def _after(plan, made):
    names = {made.row.session, *(name for name, _ in made.others)}
    return (*(row for row in plan if row.session not in names), made.row, *(row for _, row in made.others if row))


def test_two_sessions_change_places_and_from_the_tray_the_other_gives_way():
    problem = small()
    made = lay(problem, rows("s1 A t1", "s2 B t2"), "s1", "B", "t2")
    assert (made.row, made.others) == (Placement("s1", "B", "t2"), (("s2", Placement("s2", "A", "t1")),))
    assert lay(problem, rows("s2 B t2"), "s1", "B", "t2").others == (("s2", None),)
    assert lay(problem, rows("s2 B t2"), "s1", "A", "t1").others == ()


def test_who_is_pinned_forbids_it_and_rules_that_bend_do_not():
    problem = small(pins=(Pin("s2", "t2", "B"),))
    made = lay(problem, rows("s2 B t2"), "s1", "B", "t2")
    assert made.forbidden == (Breach("pin_slot", "s2", None, "t2", "t2"),)
    assert all(breach.rule in ("feature", "host_busy", "host_window", "session_window")
               for breach in set(made.breaches) - set(made.forbidden))


def test_unknown_ids_are_forbidden():
    assert [breach.rule for breach in lay(small(), (), "s9", "Z", "t9").forbidden] == ["unknown_session", "unknown_room", "unknown_slot"]


@given(problems(sessions=6, slots=4), st.randoms(use_true_random=False))
@drawn(100)
def test_what_is_not_forbidden_leaves_every_cell_single_and_its_figures_are_counted_right(problem, rng):
    plan = Grid(problem).placements(random_state(Grid(problem), rng).place)
    before, session = score_of(problem, plan), rng.choice(problem.sessions)
    index = {slot.id: number for number, slot in enumerate(problem.slots)}
    length = {one.id: one.length for one in problem.sessions}
    for one in outlooks(problem, plan, session.id):
        if one.lay.forbidden:
            assert one.gain is None
            continue
        after = _after(plan, one.lay)
        cells = [(row.room, number) for row in after for number in range(index[row.slot], index[row.slot] + length[row.session])]
        assert len(cells) == len(set(cells))
        if one.gain is not None:
            found = score_of(problem, after)
            assert one.gain == found.attendance - before.attendance
            assert one.standing == pytest.approx(found.overflow - before.overflow, abs=1e-6)
        else:
            assert any(breach.rule == "host_busy" for breach in one.lay.breaches)


def test_every_cell_of_a_camp_has_its_outlook():
    problem = instance("barcamp-M-1")
    plan = solve(problem, seed=1, moves=500)
    assert len(outlooks(problem, plan.placements, Random(1).choice(problem.sessions).id)) == 48
