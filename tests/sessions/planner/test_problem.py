import pickle

import pytest

from sessions.planner.problem import Breach, NoPlan, Pin, ProblemError, Room, Session, Slot
from tests.sessions.planner.tiny import small


def test_problem_cannot_be_changed():
    problem = small(windows={"ann": frozenset({"t1"})})
    with pytest.raises(TypeError):
        problem.windows["ann"] = frozenset()
    with pytest.raises(TypeError):
        problem.votes["p9"] = ("s1",)
    with pytest.raises(AttributeError):
        problem.name = "other"


def test_problem_does_not_follow_the_mapping_it_was_made_from():
    votes = {"p1": ("s1",)}
    problem = small(votes=votes)
    votes["p2"] = ("s2",)
    assert dict(problem.votes) == {"p1": ("s1",)}


def test_problem_travels_to_another_process():
    problem = small(windows={"ann": frozenset({"t1"})}, pins=(Pin("s1", "t1"),), name="x")
    assert pickle.loads(pickle.dumps(problem)) == problem


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"rooms": (Room("A", 1), Room("A", 2))}, "Room A is listed twice; give each room an id of its own."),
    ({"slots": (Slot("t1", "", "", "a"),) * 2}, "Slot t1 is listed twice; give each slot an id of its own."),
    ({"sessions": (Session("s1", ""),) * 2}, "Session s1 is listed twice; give each session an id of its own."),
    ({"rooms": (Room("A", -1),)}, "Room A has -1 seats; write 0 or more."),
    ({"rooms": (Room("A", 1, closed=frozenset({"t9"})),)},
     "Room A is closed in slot t9, which is not listed; add the slot or leave it out there."),
    ({"sessions": (Session("s1", "", length=3),)}, "Session s1 is 3 slots long; write 1 or 2."),
    ({"sessions": (Session("s1", "", available=frozenset({"t9"})),)},
     "Session s1 is available in slot t9, which is not listed; add the slot or leave it out there."),
    ({"windows": {"ann": frozenset({"t9"})}},
     "Host ann is available in slot t9, which is not listed; add the slot or leave it out there."),
    ({"pins": (Pin("s9"),)}, "A pin names session s9, which is not listed; add the session or remove the pin."),
    ({"pins": (Pin("s1", "t9"),)},
     "The pin of session s1 names slot t9, which is not listed; correct or remove the pin."),
    ({"pins": (Pin("s1", None, "Z"),)},
     "The pin of session s1 names room Z, which is not listed; correct or remove the pin."),
])
def test_problem_refuses_what_no_rule_could_read(changes, sentence):
    with pytest.raises(ProblemError) as caught:
        small(**changes)
    assert str(caught.value) == sentence
    assert caught.value.msgid % caught.value.values == sentence


def test_no_plan_names_the_culprits():
    error = NoPlan((Breach("taken", "s1"), Breach("must", "s2")))
    assert str(error) == "s1 (taken), s2 (must)"
    assert [breach.session for breach in error.breaches] == ["s1", "s2"]
