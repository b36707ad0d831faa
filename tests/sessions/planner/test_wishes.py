import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.planner import NoPlan, check, score_of, solve
from sessions.planner.files import read_problem, write_problem
from sessions.planner.grid import Grid
from sessions.planner.problem import ProblemError, Room, Session, Wants
from sessions.planner.score import wanted_sessions
from tests.sessions.planner.tiny import all_plans, drawn, instance, problems, random_state, rows, small

SESSIONS = (Session("s1", "", ("ann",), track="law"), Session("s2", "", ("ann",), track="law"),
            Session("s3", "", ("ben",), track="law"), Session("s4", "", ("cem",), length=2, track="art"))


def points_by_hand(problem, plan):
    """Count the soft wishes from the definitions, without bits and numbers."""
    wants, index = problem.wants, {slot.id: number for number, slot in enumerate(problem.slots)}
    known = {session.id: session for session in problem.sessions}
    at = [(known[row.session], row.room, set(range(index[row.slot], index[row.slot] + known[row.session].length)))
          for row in plan]
    found = 0
    for one, other in itertools.combinations(at, 2):
        if wants.apart and one[0].track and one[0].track == other[0].track:
            found -= len(one[2] & other[2])
    for track in {one.track for one in problem.sessions if one.track} if wants.together else ():
        found -= max(0, len({room for session, room, _ in at if session.track == track}) - 1)
    kinds = problem.kinds
    for person, votes in wanted_sessions(problem).items() if wants.mixed else ():
        found += any(kinds[host] != kinds[person] for session, _, _ in at if session.id in votes
                     for host in session.hosts if host in kinds and person in kinds)
    return found


def served_by_hand(problem, plan):
    hosts = {session.id: session.hosts for session in problem.sessions}
    return len({host for row in plan for host in hosts[row.session]}) if problem.wants.firsts else 0


@st.composite
def wishful(draw, sessions=3, slots=3):
    """Draw a small problem of a camp that wants something beside the score."""
    problem = draw(problems(sessions, slots))
    tracked = tuple(replace(one, track=draw(st.sampled_from([None, "law", "art"]))) for one in problem.sessions)
    people = sorted({*problem.votes, "h1", "h2"})
    kinds = {person: draw(st.sampled_from(["school", "firm"])) for person in people if draw(st.booleans())}
    return replace(problem, sessions=tracked, kinds=kinds, wants=Wants(*(draw(st.booleans()) for _ in range(4))))


def test_points_follow_the_definitions():
    grid = Grid(small(sessions=SESSIONS, wants=Wants(apart=True, together=True)))
    assert grid.soft(grid.place(rows("s1 A t1", "s3 B t1", "s2 A t3"))) == -2      # side by side, and two rooms
    assert grid.soft(grid.place(rows("s1 A t1", "s2 A t2", "s3 A t3"))) == 0
    assert Grid(small(sessions=SESSIONS)).soft is None
    kinds = {"ann": "firm", "p1": "school", "p2": "firm"}
    mixed = Grid(small(sessions=SESSIONS, kinds=kinds, wants=Wants(mixed=True), votes={"p1": ("s1",), "p2": ("s1",)}))
    assert mixed.soft(mixed.place(rows("s1 A t1"))) == 1 and mixed.soft(mixed.place(())) == 0


@given(wishful(sessions=6, slots=4), st.randoms(use_true_random=False))
@drawn(100)
def test_points_and_hosts_equal_those_counted_by_hand(problem, rng):
    grid = Grid(problem)
    state = random_state(grid, rng)
    plan = grid.placements(state.place)
    assert (grid.soft(state.place) if grid.soft else 0) == points_by_hand(problem, plan)
    assert state.served == served_by_hand(problem, plan)


@given(wishful())
@drawn(40)
def test_no_plan_of_a_tiny_problem_is_better(problem):
    def worth(plan):
        figures = score_of(problem, plan)
        return (figures.cells, served_by_hand(problem, plan), round(figures.score, 6), points_by_hand(problem, plan))

    try:
        found = solve(problem, seed=1, moves=3_000).placements
    except NoPlan:
        return
    assert check(problem, found) == ()
    assert worth(found) == max(worth(plan) for plan in all_plans(problem) if check(problem, plan) == ())


def test_nobody_s_second_comes_before_everybody_s_first():
    votes = {f"p{n}": ("s1", "s2") for n in range(9)} | {"q": ("s3",)}
    sessions = tuple(replace(one, length=1) for one in SESSIONS[:3])
    problem = small(sessions=sessions, rooms=(Room("A", 9),), slots=small().slots[:2], votes=votes)
    assert {row.session for row in solve(problem, seed=1, moves=2_000).placements} == {"s1", "s2"}
    fair = replace(problem, wants=Wants(firsts=True))
    held = {row.session for row in solve(fair, seed=1, moves=2_000).placements}
    assert "s3" in held and len(held) == 2


@pytest.mark.parametrize("wants", [Wants(together=True), Wants(apart=True, together=True)])
def test_soft_wishes_come_true_without_a_wish_lost(wants):
    problem = replace(instance("barcamp-S-1"), wants=wants)
    plain, tidy = (solve(one, seed=2, moves=120_000) for one in (replace(problem, wants=Wants()), problem))
    assert tidy.figures.score >= 444 and round(plain.figures.score) <= round(tidy.figures.score) + 1
    assert points_by_hand(problem, tidy.placements) > points_by_hand(problem, plain.placements)
    assert check(problem, tidy.placements) == ()


def test_the_search_counts_hosts_truly_and_stays_repeatable():
    problem = replace(instance("rich-S-1"), wants=Wants(True, True, True, True))
    one, again = (solve(problem, seed=4, moves=8_000) for _ in range(2))
    assert one == again and check(problem, one.placements) == ()
    random = solve(replace(problem, wants=Wants()), seed=4, moves=8_000)
    assert served_by_hand(problem, one.placements) >= served_by_hand(problem, random.placements)


def test_wants_and_kinds_are_written_and_read():
    problem = small(wants=Wants(firsts=True, mixed=True), kinds={"ann": "firm"})
    text = write_problem(problem)
    assert read_problem(text) == problem and '"firsts-first"' in text
    assert "wants" not in write_problem(small()) and "kinds" not in write_problem(small())
    with pytest.raises(ProblemError) as caught:
        read_problem(text.replace("firsts-first", "peace"))
    assert str(caught.value) == ('file: "wants" names peace, which is none of firsts-first, tags-apart, '
                                 'track-in-one-room, meet-other-kinds; correct it.')
    with pytest.raises(ProblemError):
        read_problem(text.replace('"ann": "firm"', '"ann": 3'))
