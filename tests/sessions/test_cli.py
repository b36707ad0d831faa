"""Tests of sessions/cli.py."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from icalendar import Calendar

from camp import venue
from camp.cli import run
from camp.commands.context import application, camp_of
from camp.db import db, writing
from sessions import agenda, planning
from sessions.models import Placement, Session
from sessions.planner.files import read_problem
from tests import make
from tests.conftest import TESTS
from tests.databases import Database

SCHEDULING = TESTS / "data" / "scheduling"


@pytest.fixture
def instance(_app: Flask, database: Database, tmp_path: Path) -> Path:
    """An instance with a camp: three proposals, two of them by one host."""
    folder = tmp_path / "instance"
    database.instance(folder)
    with application(folder) as app:
        camp = make.camp(slots=3)
        host = make.participant(camp, "Anna", "Richter")
        sessions = [make.session(camp, "One", [host]), make.session(camp, "Two", [host]), make.session(camp, "Three")]
        make.vote(app, make.participant(camp), *sessions)
    return folder


class Outcome(SimpleNamespace):
    """What a command left: exit code and both streams."""

    code: int
    out: str
    err: str


Call = Callable[..., Outcome]


@pytest.fixture
def call(capfdbinary: pytest.CaptureFixture[bytes]) -> Iterator[Call]:
    """Runs a command line and gives its outcome."""
    def run_it(*args: object) -> Outcome:
        code = run([str(arg) for arg in args])
        told = capfdbinary.readouterr()
        return Outcome(code=code, out=told.out.decode(), err=told.err.decode())

    yield run_it


def test_solve_a_file_gives_a_plan_that_check_finds_right(call: Call, tmp_path: Path) -> None:
    problem, plan = SCHEDULING / "barcamp-S-1.json", tmp_path / "plan.json"
    solved = call("plan", "solve", problem, "--moves", "2000", "-o", plan)
    assert (solved.code, solved.out) == (0, "")
    assert "24 of 24 sessions have a cell;" in solved.err
    checked = call("plan", "check", problem, plan)
    assert (checked.code, checked.out) == (0, "") and "No rule is broken" in checked.err
    judged = subprocess.run([sys.executable, SCHEDULING / "evaluate.py", problem, plan, "--json"], capture_output=True,
                            text=True, check=True)
    assert json.loads(judged.stdout)["violations"] == []


def test_solve_is_the_same_for_the_same_seed_and_writes_to_stdout(call: Call) -> None:
    problem = SCHEDULING / "barcamp-S-1.json"
    one, again, other = (call("plan", "solve", problem, "--moves", "300", "--seed", seed).out for seed in (5, 5, 6))
    assert one == again != other
    assert sorted(json.loads(one)[0]) == ["room", "session", "slot"]


def test_solve_takes_what_the_camp_wants(call: Call) -> None:
    problem = SCHEDULING / "rich-S-1.json"
    plain, wished = (call("plan", "solve", problem, "--moves", "3000", *more).out
                     for more in ([], ["--want", "firsts-first", "--want", "track-in-one-room"]))
    tracks = {one["id"]: one["track"] for one in json.loads(problem.read_text())["sessions"]}
    used = [len({(tracks[row["session"]], row["room"]) for row in json.loads(text)}) for text in (plain, wished)]
    assert used[1] < used[0]
    assert call("plan", "solve", problem, "--want", "peace").code == 2


def test_check_says_each_breach_and_ends_with_1(call: Call, tmp_path: Path) -> None:
    problem = json.loads((SCHEDULING / "barcamp-S-1.json").read_text())
    room, slot = problem["rooms"][0]["id"], problem["slots"][0]["id"]
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps([{"session": one["id"], "room": room, "slot": slot} for one in problem["sessions"][:2]]))
    checked = call("plan", "check", SCHEDULING / "barcamp-S-1.json", plan)
    assert checked.code == 1 and f"{room} at {slot} already holds" in checked.out and "breaches" in checked.err


def test_bad_input_is_wrong_usage_with_one_sentence(call: Call, tmp_path: Path) -> None:
    broken, latin = tmp_path / "broken.json", tmp_path / "latin.json"
    broken.write_text('{"format": "barcamp-schedule-1", "rooms": [')
    latin.write_bytes('{"name": "Mülheim"}'.encode("latin-1"))
    told = call("plan", "solve", broken)
    assert told.code == 2 and told.err.startswith(f"{broken}: This is not JSON: line 1") and told.err.count("\n") == 1
    assert call("plan", "solve", latin).err == f"{latin} is no UTF-8 text. Export the file again.\n"
    assert call("plan", "solve", tmp_path / "nowhere.json").code == 2
    assert call("plan", "solve").err == "Name either a FILE or --camp SLUG.\n"
    problem = SCHEDULING / "barcamp-S-1.json"
    assert call("plan", "solve", problem, "--camp", "ecm27").code == 2
    assert call("plan", "solve", problem, "--seconds", "1", "--moves", "5").err == "Give either --seconds or --moves.\n"


def test_no_plan_possible_ends_with_3_and_names_the_culprits(call: Call) -> None:
    told = call("plan", "solve", SCHEDULING / "tricky-pin-same-place-a.json")
    assert (told.code, told.out) == (3, "")
    assert told.err == ("No plan is possible. Session 1 (s1) and Session 3 (s3) must both be in r1 at t2; "
                        "move one of the two pins.\n")


def test_solving_a_file_imports_neither_flask_nor_the_database() -> None:
    code = ("import sys; from camp.cli import run; "
            f"run(['plan', 'solve', {str(SCHEDULING / 'tricky-empty-a.json')!r}]); "
            "print(sorted({'flask', 'sqlalchemy', 'icalendar'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_camp_is_solved_checked_published_and_exported(call: Call, instance: Path, tmp_path: Path) -> None:
    at = ("--instance", instance)
    assert "A plan is possible." in call(*at, "plan", "check", "--camp", "ecm27").err
    solved = call(*at, "plan", "solve", "--camp", "ecm27", "--moves", "500", "-o", tmp_path / "plan.json")
    assert solved.code == 0 and "3 of 3 sessions have a cell; 3 of 3 wishes fit." in solved.err
    assert len(json.loads((tmp_path / "plan.json").read_text())) == 3
    assert call(*at, "plan", "check", "--camp", "ecm27").code == 0
    assert call(*at, "publish", "--camp", "ecm27").err == "Version 1 of the agenda is out.\n"
    again = call(*at, "publish", "--camp", "ecm27")
    assert (again.code, again.err) == (3, "Nothing has changed since version 1. Change the plan first.\n")
    feed = call(*at, "export", "ics", "--camp", "ecm27").out
    assert sorted(str(event["SUMMARY"]) for event in Calendar.from_ical(feed).walk("VEVENT")) \
        == ["Lunch", "One", "Three", "Two"]
    with application(instance):
        version = agenda.current(camp_of("ecm27"))
        assert version is not None and len(agenda.entries(version)) == 3


def test_a_camp_without_a_possible_plan_keeps_what_it_has(call: Call, instance: Path) -> None:
    with application(instance):
        camp = camp_of("ecm27")
        grid = venue.grid(camp)
        cells = [(room.id, grid.session_slots[0].id) for room in grid.rooms]
        db.session.rollback()
        with writing():
            db.session.add_all(Placement(session_id=number, room_id=room, slot_id=slot, pinned=True)
                               for number, (room, slot) in enumerate(cells, 1))
    told = call("--instance", instance, "plan", "solve", "--camp", "ecm27", "--moves", "100")
    assert told.code == 3 and "must both be held at 2027-04-24 10:00 by Anna Richter; move" in told.err
    broken = call("--instance", instance, "plan", "check", "--camp", "ecm27")
    assert broken.code == 1 and "Anna Richter also hosts" in broken.out
    with application(instance):
        assert len(planning.placements(camp_of("ecm27"))) == 2


def test_check_says_of_a_camp_what_no_plan_can_mend(call: Call, instance: Path) -> None:
    at = ("--instance", instance, "plan", "check", "--camp", "ecm27")
    with application(instance):
        with writing():
            db.session.get_one(Session, 1).needs = ["stream"]
    told = call(*at)
    assert told.code == 0 and "One cannot have a cell: no room has stream; bring it to a room, or do without." in told.out
    with application(instance):
        grid = venue.grid(camp_of("ecm27"))
        room, slot = grid.rooms[0].id, grid.session_slots[0].id
        db.session.rollback()
        with writing():
            db.session.add(Placement(session_id=2, room_id=room, slot_id=slot))
    assert "no room has stream" in call(*at).out


def test_export_plan_problem_names_nobody(call: Call, instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    assert call("--instance", instance, "export", "plan-problem", "--camp", "ecm27", "-o", file).code == 0
    text = file.read_text()
    assert "Richter" not in text and "@" not in text
    assert sorted(one.title for one in read_problem(text).sessions) == ["One", "Three", "Two"]
    told = call("--instance", instance, "export", "plan-problem", "--camp", "ecm99")
    assert told.code == 1 and "There is no camp “ecm99”" in told.err
