import json

import pytest
from hypothesis import given

from sessions.planner.files import read_plan, read_problem, write_plan, write_problem
from sessions.planner.problem import Pin, ProblemError, Room, Session
from tests.beside import timed
from tests.sessions.planner.tiny import DATA, drawn, instance, problems, rows, small


def data(**changes):
    found = json.loads(write_problem(small()))
    found.update(changes)
    return json.dumps(found)


def test_read_problem_gives_rooms_sessions_windows_and_pins():
    problem = instance("rich-S-1")
    assert problem.rooms[0] == Room("r1", 60, frozenset({"projector", "stream", "step-free"}))
    assert problem.sessions[0] == Session("s1", "Session 1", ("x1",), 2, frozenset({"projector"}), "topic4")
    assert problem.windows["x1"] == frozenset({"t1", "t2", "t3"})
    assert "x3" not in problem.windows
    assert problem.pins == (Pin("s3", "t5", "r4"), Pin("s24", "t3", "r4"))
    assert (problem.name, len(problem.votes)) == ("rich-S-1", 80)


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.json")))
def test_each_instance_survives_writing_and_reading(name):
    assert read_problem(write_problem(instance(name))) == instance(name)


@given(problems(pins=True))
@drawn(50)
def test_drawn_problems_keep_all_but_doubled_votes(problem):
    again = read_problem(write_problem(problem))
    assert (again.rooms, again.slots, again.sessions, again.pins) == \
        (problem.rooms, problem.slots, problem.sessions, problem.pins)
    assert again.windows == problem.windows
    assert dict(again.votes) == {person: tuple(dict.fromkeys(votes)) for person, votes in problem.votes.items()}


def test_a_plan_survives_writing_and_reading():
    plan = rows("s1 A t1", "s2 A t2")
    assert read_plan(write_plan(plan)) == plan
    assert read_plan(write_plan(())) == ()


ROOM = {"id": "A", "capacity": 10}


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "This is not JSON: line 1, column 1 cannot be read; export the file again."),
    ('{"format": "barcamp-schedule-1"', "This is not JSON: line 1, column 32 cannot be read; export the file again."),
    ("[" * 100_000, "This JSON holds a number or a nesting that is far too long; export the file again."),
    ('{"a": ' + "9" * 10_000 + "}",
     "This JSON holds a number or a nesting that is far too long; export the file again."),
    ("[]", 'This is no planning problem: the file must be a JSON object with "format": "barcamp-schedule-1".'),
    (data(format="other-2"),
     'This is no planning problem: the file must be a JSON object with "format": "barcamp-schedule-1".'),
    (data(rooms=None), 'file: "rooms" is missing; add it.'),
    (data(votes=[]), 'file: "votes" must be an object; put it in braces.'),
    (data(slots={}), 'file: "slots" must be a list; put it in square brackets.'),
    (data(rooms=[ROOM, 5]), "rooms 2 is no object; write it in braces, with its keys."),
    (data(rooms=[{"id": "A"}]), 'rooms 1: "capacity" is missing; add it.'),
    (data(rooms=[{"id": "A", "capacity": "10"}]), 'rooms 1: "capacity" must be a whole number; correct it.'),
    (data(rooms=[{"id": "A", "capacity": True}]), 'rooms 1: "capacity" must be a whole number; correct it.'),
    (data(rooms=[{"id": "A", "capacity": -4}]), "Room A has -4 seats; write 0 or more."),
    (data(rooms=[{**ROOM, "features": [3]}]), 'rooms 1: "features" must be a list of texts; correct it.'),
    (data(sessions=[{"id": 7}]), 'sessions 1: "id" must be text; put it in quotes.'),
    (data(sessions=[{"id": "s1", "must": "yes"}]), 'sessions 1: "must" must be true or false; correct it.'),
    (data(sessions=[{"id": "s1"}] * 5_001),
     'The file has 5001 entries in "sessions", at most 5000 can be planned; split the file.'),
    (data(pins=[{"session": "s9"}]),
     "A pin names session s9, which is not listed; add the session or remove the pin."),
])
def test_read_problem_says_in_one_sentence_what_is_wrong_and_where(text, sentence):
    with pytest.raises(ProblemError) as caught:
        read_problem(text)
    assert str(caught.value) == sentence


def test_read_problem_refuses_ten_megabytes_of_nonsense_at_once():
    with timed() as spent, pytest.raises(ProblemError):
        read_problem("barcamp! " * 1_200_000)
    assert spent.pieces < 1000


def test_dirty_votes_are_read_and_left_to_the_score():
    problem = read_problem(data(votes={"p1": ["s1", "s1", "nobody"], "p2": []}))
    assert dict(problem.votes) == {"p1": ("s1", "nobody"), "p2": ()}


@pytest.mark.parametrize(("text", "sentence"), [
    ("{}", "This is no plan: the file must be a JSON list of objects with session, room and slot."),
    ("[1]", "row 1 is no object; write it in braces, with its keys."),
    ('[{"session": "s1", "room": "A"}]', 'row 1: "slot" is missing; add it.'),
])
def test_read_plan_says_what_is_wrong(text, sentence):
    with pytest.raises(ProblemError) as caught:
        read_plan(text)
    assert str(caught.value) == sentence
