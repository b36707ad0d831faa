"""Small problems and plans for the planner's tests, and the independent checker beside the data."""

import functools
import importlib.util
import itertools
import json
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from sessions.planner.files import read_problem, write_plan, write_problem
from sessions.planner.grid import Grid
from sessions.planner.problem import Pin, Placement, Problem, Room, Session, Slot
from sessions.planner.state import State

DATA = Path(__file__).parents[2] / "data" / "scheduling"
_spec = importlib.util.spec_from_file_location("evaluate", DATA / "evaluate.py")
evaluate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(evaluate)


def drawn(examples):
    """Return settings under which hypothesis draws the same examples in every run and keeps no files."""
    return settings(max_examples=examples, deadline=None, derandomize=True, database=None)


def instance(name):
    """Return a problem of the test data."""
    return read_problem((DATA / f"{name}.json").read_text(encoding="utf-8"))


def judge(problem, placements):
    """Return the violations and the figures that evaluate.py finds."""
    data, rows = json.loads(write_problem(problem)), json.loads(write_plan(placements))
    bad, placed = evaluate.check(data, rows)
    return bad, evaluate.score(data, placed)


def small(**changes):
    """Return 2 rooms (A 10 seats and a beamer, B 2 seats), 3 slots (the last after a break), 4 sessions, 3 voters."""
    parts = {
        "rooms": (Room("A", 10, frozenset({"beamer"})), Room("B", 2)),
        "slots": (Slot("t1", "10:00", "10:45", "am"), Slot("t2", "11:00", "11:45", "am"),
                  Slot("t3", "14:00", "14:45", "pm")),
        "sessions": (Session("s1", "One", ("ann",)), Session("s2", "Two", ("ben",), needs=frozenset({"beamer"})),
                     Session("s3", "Three", ("ann",)), Session("s4", "Long", ("cem",), length=2)),
        "votes": {"p1": ("s1", "s2", "s4"), "p2": ("s2", "s3"), "ben": ("s1", "s4", "s2")},
    }
    return Problem(**{**parts, **changes})


@functools.cache
def compile_proof():
    """Compile what the proof needs, so that tests with a deadline do not pay for it."""
    from sessions.planner.columns import bounds
    return tuple(bounds(Grid(small()), [[0, -1, -1, -1]], seed=1, seconds=200, cancelled=lambda: False))


def rows(*texts):
    """Return placements from texts like "s1 A t1"."""
    return tuple(Placement(*text.split()) for text in texts)


def all_plans(problem):
    """Yield every choice of a place or none for each session, valid or not."""
    places = [(room.id, slot.id) for room in problem.rooms for slot in problem.slots]
    for choice in itertools.product([None, *places], repeat=len(problem.sessions)):
        yield tuple(Placement(session.id, *place)
                    for session, place in zip(problem.sessions, choice, strict=True) if place)


@st.composite
def problems(draw, sessions=4, slots=3, pins=False):
    """Draw a small problem with one or two rooms and dirty votes; if asked with a pin and musts."""
    slot_ids = [f"t{n}" for n in range(draw(st.integers(2, slots)))]
    some_slots = st.frozensets(st.sampled_from(slot_ids), min_size=1)
    rare = st.one_of(st.none(), st.none(), some_slots)
    hosts = ["h1", "h2", "p1", "p2"]
    rooms = tuple(Room(f"r{n}", draw(st.integers(0, 4)), draw(st.sampled_from([frozenset(), frozenset({"x"})])),
                       draw(st.sampled_from([frozenset(), frozenset(), frozenset({"t0"})])))
                  for n in range(draw(st.integers(1, 2))))
    ids = [f"s{n}" for n in range(draw(st.integers(1, sessions)))]
    made = tuple(Session(one, one.upper(), tuple(draw(st.lists(st.sampled_from(hosts), unique=True, max_size=2))),
                         draw(st.sampled_from([1, 1, 2])), draw(st.sampled_from([frozenset(), frozenset({"x"})])),
                         available=draw(rare), must=pins and draw(st.sampled_from([False, False, False, True])))
                 for one in ids)
    windows = {host: window for host in hosts if (window := draw(rare)) is not None}
    ballot = st.lists(st.sampled_from([*ids, "s99"]), max_size=6).map(tuple)
    votes = {f"p{n}": draw(ballot) for n in range(draw(st.integers(0, 6)))}
    chosen = ()
    if pins and draw(st.booleans()):
        chosen = (Pin(draw(st.sampled_from(ids)), draw(st.sampled_from([None, *slot_ids])), None),)
    blocks = sorted(draw(st.lists(st.sampled_from("ab"), min_size=len(slot_ids), max_size=len(slot_ids))))
    return Problem(rooms, tuple(Slot(one, "", "", block) for one, block in zip(slot_ids, blocks, strict=True)),
                   made, windows, votes, chosen)


def random_state(grid, rng):
    """Return a random plan that keeps all rules, except that forced sessions may be missing."""
    state = State(grid)
    for session in rng.sample(range(grid.count), grid.count):
        for cell in rng.sample(grid.places[session], min(4, len(grid.places[session]))):
            if state.free(session, cell):
                state.attempt([(session, cell)], float("-inf"))
                break
    return state
