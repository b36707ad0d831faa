from hypothesis import given
from hypothesis import strategies as st

from sessions.planner import compare, score_of, solve
from sessions.planner.diff import told
from sessions.planner.problem import Session
from sessions.planner.rules import Names
from tests.sessions.planner.tiny import drawn, instance, problems, rows, small

TODAY = rows("s1 A t1", "s2 A t2", "s4 B t1")


def test_compare_counts_sessions_people_and_wishes():
    diff = compare(small(), TODAY, rows("s1 A t2", "s2 A t1", "s3 B t3"))
    # p1 wanted s1, s2 and the long s4: still two; p2 wanted s2 and s3: one more; ben, host of s2, wanted s1 and s4: one
    assert (diff.slot, diff.room, diff.dropped, diff.added) == (("s1", "s2"), (), ("s4",), ("s3",))
    assert (diff.winners, diff.won, diff.losers, diff.lost, diff.same) == (1, 1, 0, 0, 2)
    assert (diff.before, diff.after) == (score_of(small(), TODAY), score_of(small(), rows("s1 A t2", "s2 A t1", "s3 B t3")))


def test_compare_names_losers_and_room_changes():
    sessions = (Session("s1", ""), Session("s2", ""))
    problem = small(sessions=sessions, votes={"p1": ("s1", "s2"), "p2": ("s1", "s2"), "p3": ("s1",), "p4": ()})
    diff = compare(problem, rows("s1 A t1", "s2 A t2"), rows("s1 B t1", "s2 A t1"))
    assert (diff.slot, diff.room) == (("s2",), ("s1",))
    assert (diff.winners, diff.losers, diff.lost, diff.same) == (0, 2, 2, 1)


def test_rows_that_mean_nothing_and_doubles_are_left_out():
    assert compare(small(), TODAY, (*TODAY, *rows("s9 A t1", "s3 C t1", "s3 A t9", "s1 B t3"))) == \
        compare(small(), TODAY, TODAY)


def test_the_difference_is_told_in_sentences():
    names = Names({"s1": "One", "s2": "Two", "s3": "Three", "s4": "Long"})
    said = [msgid % values for msgid, values in told(compare(small(), TODAY, rows("s1 A t2", "s2 B t2", "s3 B t3")), names)]
    assert said == [
        "Wishes that fit: 4 before, 3 after, at most 7.",
        "People without a seat, as expected: 0 before, 0 after.",
        "People who gain: 1 (1 wishes more); who lose: 2 (2 wishes fewer); who keep as many: 0.",
        "Sessions in another slot: 1 (One).",
        "Sessions in another room at the same time: 1 (Two).",
        "Sessions without a cell now: 1 (Long).",
        "Sessions that come in: 1 (Three).",
    ]
    assert [msgid % values for msgid, values in told(compare(small(), TODAY, TODAY), names)] == ["Both plans are the same."]


@given(problems(sessions=6, slots=4), st.integers(0, 3))
@drawn(40)
def test_what_people_win_and_lose_is_the_difference_in_attendance(problem, seed):
    one, two = (solve(problem, seed=number, moves=60).placements for number in (seed, seed + 1))
    diff, back = compare(problem, one, two), compare(problem, two, one)
    assert diff.won - diff.lost == diff.after.attendance - diff.before.attendance
    assert (back.winners, back.won, back.losers, back.lost) == (diff.losers, diff.lost, diff.winners, diff.won)
    assert diff.winners + diff.losers + diff.same <= len(problem.votes)


def test_a_better_plan_of_a_real_size_has_more_winners_than_losers():
    problem = instance("barcamp-S-1")
    diff = compare(problem, solve(problem, seed=1, moves=1).placements, solve(problem, seed=1, moves=8_000).placements)
    assert diff.winners > diff.losers and diff.won - diff.lost == diff.after.attendance - diff.before.attendance
