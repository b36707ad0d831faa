"""Tests of sessions/plan_cli.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sessions.planner import bound
from tests.sessions.planner.tiny import compile_proof
from tests.sessions.test_cli import SCHEDULING, Call, call

__all__ = ["call"]
PROBLEM = SCHEDULING / "rich-S-1.json"


@pytest.fixture
def plan(call: Call, tmp_path: Path) -> Path:
    """A plan of the problem."""
    file = tmp_path / "plan.json"
    assert call("plan", "solve", PROBLEM, "--moves", "300", "--seed", "2", "-o", file).code == 0
    return file


def rows(text: str) -> dict[str, tuple[str, str]]:
    return {row["session"]: (row["room"], row["slot"]) for row in json.loads(text)}


def test_replan_tells_the_offers_and_every_move_with_its_reason(call: Call, plan: Path) -> None:
    session = next(one for one, cell in rows(plan.read_text()).items() if cell == ("r1", "t4"))
    told = call("plan", "replan", PROBLEM, plan, "--now", "t2", "--close", "r1:t4")
    lines = told.out.splitlines()
    assert told.code == 0 and told.err == ""
    assert lines[0].startswith("stay: Nothing else moves. Slot moves: 0, room moves: 0, dropped: 1, new: ")
    assert "wishes saved: " in lines[0] and "people touched: " in lines[0]
    assert any(line.startswith("  ") and f"({session})" in line and line.endswith("r1 is closed at t4.") for line in lines)
    assert any(line.startswith("few: Few moves. ") for line in lines)


def test_replan_writes_the_offer_that_is_taken_and_the_past_stays(call: Call, plan: Path, tmp_path: Path) -> None:
    before, target = rows(plan.read_text()), tmp_path / "new.json"
    taken = call("plan", "replan", PROBLEM, plan, "--now", "2027-05-08T11:20", "--close", "r2", "--take", "few", "-o", target)
    after = rows(target.read_text())
    assert (taken.code, taken.out) == (0, "") and "few: Few moves. " in taken.err
    assert {one: cell for one, cell in after.items() if cell[1] in ("t1", "t2")} == \
        {one: cell for one, cell in before.items() if cell[1] in ("t1", "t2")}
    assert not any(room == "r2" and slot not in ("t1", "t2") for room, slot in after.values())
    assert call("plan", "check", PROBLEM, target).code == 0
    assert rows(call("plan", "replan", PROBLEM, plan, "--now", "t2", "--close", "r2", "--take", "few").out) == after


def test_replan_ends_with_3_when_nothing_has_to_change(call: Call, plan: Path) -> None:
    untouched = call("plan", "replan", PROBLEM, plan, "--now", "t6", "--close", "r1")
    assert (untouched.code, untouched.out, untouched.err) == (3, "", "Nothing in this plan has to change.\n")


def test_replan_ends_with_3_when_two_sessions_ran_in_one_cell(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "double.json"
    file.write_text(json.dumps([{"session": one, "room": "r1", "slot": "t1"} for one in ("s6", "s7")]))
    told = call("plan", "replan", PROBLEM, file, "--now", "t1", "--close", "r1:t3")
    assert told.code == 3 and told.err.startswith("What has begun cannot be planned around. r1 at t1 already holds ")


@pytest.mark.parametrize(("options", "sentence"), [
    (["--now", "noon"], "noon is neither a slot nor a time; write it like 2027-05-08T10:00."),
    (["--close", "r9:t1"], "There is no room r9; write an id of the file."),
    (["--close", "r1:t9"], "There is no slot t9; write an id of the file."),
    (["--late", "x1"], "--late x1: write host and slot with a colon between them, like x1:t6."),
    (["--late", "nobody:t2"], "No session has a host nobody; write an id of the file."),
    (["--cancel", "s99"], "There is no session s99; write an id of the file."),
    (["-o", "new.json"], "Say which offer to write: --take stay, few or free."),
])
def test_replan_ends_with_2_and_one_sentence(call: Call, plan: Path, options: list[str], sentence: str) -> None:
    told = call("plan", "replan", PROBLEM, plan, *options)
    assert (told.code, told.out, told.err.strip()) == (2, "", sentence)


def test_compare_tells_two_plans_apart(call: Call, plan: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.json"
    call("plan", "replan", PROBLEM, plan, "--now", "t2", "--close", "r2", "--take", "few", "-o", new)
    told = call("plan", "compare", PROBLEM, plan, new)
    assert told.code == 0 and told.err == ""
    assert told.out.startswith("Wishes that fit: ") and "People who gain: " in told.out and "without a cell now: " in told.out
    assert call("plan", "compare", PROBLEM, plan, plan).out == "Both plans are the same.\n"


def test_compare_ends_with_1_when_the_second_plan_breaks_a_rule(call: Call, plan: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("[]")
    told = call("plan", "compare", PROBLEM, plan, bad)
    assert told.code == 1 and told.err == (f"{bad} breaks a rule: Session 3 (s3) is pinned but has no cell. "
                                           f"See all with: camp plan check {PROBLEM} {bad}\n")


def test_prove_says_what_is_proven_and_how_the_bound_falls(call: Call, tmp_path: Path) -> None:
    compile_proof()
    problem, target = SCHEDULING / "barcamp-S-1.json", tmp_path / "plan.json"
    told = call("plan", "prove", problem, "--seconds", "12", "-o", target)
    assert told.code == 0 and " of at most 480.00: " in told.err.splitlines()[0]
    assert told.out.startswith("At most 0.") and told.out.endswith(" % below the best possible (proven).\n")
    assert call("plan", "check", problem, target).code == 0
    assert call("plan", "prove", problem, target, "--seconds", "8").out == told.out


def test_prove_ends_with_1_for_a_broken_plan_and_with_3_when_there_is_none(call: Call, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("[]")
    told = call("plan", "prove", PROBLEM, bad, "--seconds", "1")
    assert (told.code, told.out) == (1, "") and "Session 3 (s3) is pinned but has no cell." in told.err
    assert call("plan", "prove", SCHEDULING / "tricky-pin-same-place-a.json", "--seconds", "1").code == 3


def test_prove_without_the_extra_says_how_to_get_it(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise bound.NoProof

    monkeypatch.setattr(bound, "searches", missing)
    told = call("plan", "prove", PROBLEM)
    assert (told.code, told.out) == (1, "")
    assert told.err == 'The proof needs SciPy and numba; install them with: pip install "barcamp-toolkit[proof]"\n'
