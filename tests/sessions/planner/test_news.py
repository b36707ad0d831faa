from dataclasses import replace

import pytest

from sessions.planner.news import News, begun_by, cells_of, today
from sessions.planner.problem import Breach, NoPlan, Pin, ProblemError, Slot, Wants
from tests.sessions.planner.tiny import rows, small

PLAN = rows("s4 A t1", "s3 B t1", "s1 B t2", "s2 A t3")   # s4 is two slots long and runs in t2 as well


def clocked():
    return small(slots=tuple(Slot(one, f"2027-05-08T{hour}:00", "", "am") for one, hour in
                             (("t1", 10), ("t2", 11), ("t3", 14))))


@pytest.mark.parametrize(("now", "begun"), [
    ("t1", 1), ("t3", 3), ("2027-05-08T09:59", 0), ("2027-05-08T11:00", 2), ("2027-05-08T13:30", 2),
    ("2027-05-09T08:00", 3)])
def test_begun_counts_the_slots_that_run_or_are_over(now, begun):
    assert begun_by(clocked(), now) == begun


@pytest.mark.parametrize("now", ["t9", "10:30", "2027-05-08 10:30", "2027-05-08T10:30:00", ""])
def test_a_time_in_another_form_is_refused(now):
    with pytest.raises(ProblemError) as caught:
        begun_by(clocked(), now)
    assert str(caught.value) == f"{now} is neither a slot nor a time; write it like 2027-05-08T10:00."


def test_what_has_begun_is_pinned_and_nothing_else_may_start_there():
    rest = today(small(), PLAN, News(begun=1))
    assert rest.frozen == {"s3", "s4"}
    assert set(rest.problem.pins) == {Pin("s4", "t1", "A"), Pin("s3", "t1", "B")}
    assert {one.id: one.available for one in rest.problem.sessions} == \
        {"s1": {"t2", "t3"}, "s2": {"t2", "t3"}, "s3": None, "s4": None}
    assert (rest.lost, set(rest.standing)) == ({}, set(PLAN))


def test_what_the_camp_wants_holds_for_the_rest_of_the_day():
    problem = replace(small(), wants=Wants(firsts=True), kinds={"ann": "school"})
    rest = today(problem, PLAN, News(begun=1)).problem
    assert (rest.wants, rest.kinds, rest.votes, rest.slots) == (problem.wants, problem.kinds, problem.votes, problem.slots)


def test_a_closed_cell_and_a_late_host_drive_out_by_rule():
    rest = today(small(), PLAN, News(1, frozenset({("B", "t2")}), {"ben": "t3"}))
    assert rest.lost == {"s1": Breach("closed", "s1", "B", "t2")}
    assert rest.problem.windows == {"ben": {"t3"}}
    rest = today(small(), rows("s2 A t2"), News(0, late={"ben": "t3"}))
    assert rest.lost == {"s2": Breach("host_window", "s2", None, "t2", None, "ben")}


def test_a_running_session_keeps_its_cell_and_its_host_even_against_the_news():
    rest = today(small(), PLAN, News(1, frozenset({("A", "t2")}), {"cem": "t3"}))
    assert rest.lost == {} and rows("s4 A t1")[0] in rest.standing
    assert rest.problem.rooms[0].closed == frozenset()
    assert rest.problem.windows == {"cem": {"t1", "t2", "t3"}}


def test_a_pin_of_who_is_driven_out_no_longer_holds():
    problem = small(pins=(Pin("s1", "t2", "B"), Pin("s2")))
    rest = today(problem, PLAN, News(1, frozenset({("B", "t2")})))
    assert Pin("s1", "t2", "B") not in rest.problem.pins and Pin("s2") in rest.problem.pins


def test_what_is_called_off_frees_its_cells_unless_it_has_begun():
    rest = today(small(), PLAN, News(1, cancelled=frozenset({"s1", "s3"})))
    assert {row.session for row in rest.old} == {"s2", "s3", "s4"}
    assert [one.id for one in rest.problem.sessions] == ["s2", "s3", "s4"]
    assert rest.freed == {("B", "t2")}


def test_a_past_with_two_sessions_in_one_cell_is_no_plan():
    with pytest.raises(NoPlan) as caught:
        today(small(), rows("s1 A t1", "s2 A t1"), News(1))
    assert [breach.rule for breach in caught.value.breaches] == ["taken"]


def test_rows_that_name_something_unknown_are_left_out():
    assert today(small(), rows("s9 A t1", "s1 C t1", "s1 A t9", "s2 A t2"), News()).old == rows("s2 A t2")


@pytest.mark.parametrize(("news", "sentence"), [
    (News(closed=frozenset({("C", "t1")})), "There is no room C; write an id of the file."),
    (News(closed=frozenset({("A", "t9")})), "There is no slot t9; write an id of the file."),
    (News(late={"eve": "t2"}), "No session has a host eve; write an id of the file."),
    (News(cancelled=frozenset({"s9"})), "There is no session s9; write an id of the file."),
])
def test_unknown_ids_are_named(news, sentence):
    with pytest.raises(ProblemError) as caught:
        today(small(), PLAN, news)
    assert str(caught.value) == sentence


def test_cells_of_a_two_slot_session_are_two():
    assert cells_of(small(), rows("s4 A t1")[0]) == [("A", "t1"), ("A", "t2")]
    assert cells_of(small(), rows("s1 B t3")[0]) == [("B", "t3")]
