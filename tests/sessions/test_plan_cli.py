"""Tests of sessions/plan_cli.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp.commands.context import application, camp_of
from sessions import proofs
from sessions.planner import bound
from sessions.standing import standing_of
from tests.sessions.planner.tiny import compile_proof
from tests.sessions.test_cli import SCHEDULING, Call, call, instance

__all__ = ["call", "instance"]
PROBLEM = SCHEDULING / "rich-S-1.json"


@pytest.fixture
def plan(call: Call, tmp_path: Path) -> Path:
    """A plan of the problem."""
    file = tmp_path / "plan.json"
    assert call("plan", "solve", PROBLEM, "--moves", "300", "--seed", "2", "-o", file).code == 0
    return file


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


def test_compare_tells_a_camps_plan_from_its_agenda_and_from_a_file(call: Call, instance: Path, tmp_path: Path) -> None:
    at, new = ("--instance", instance, "plan"), tmp_path / "new.json"
    assert call(*at, "solve", "--camp", "ecm27", "--moves", "200").code == 0
    early = call(*at, "compare", "--camp", "ecm27")
    assert (early.code, early.err) == (3, "No agenda is out yet. Publish the plan with: camp publish --camp ecm27\n")
    call("--instance", instance, "publish", "--camp", "ecm27")
    assert call(*at, "--camp", "ecm27", "compare").out == "Both plans are the same.\n"
    new.write_text("[]")
    told = call(*at, "compare", "--camp", "ecm27", new)
    assert told.code == 0 and "Wishes that fit: 3 before, 0 after, at most 3." in told.out
    assert "Sessions without a cell now: 3 (One, Two, Three)." in told.out
    assert call(*at, "compare", "--camp", "ecm27", new, new).code == call(*at, "compare", new).code == 2


def test_prove_keeps_what_is_proven_of_a_camps_plan(call: Call, instance: Path) -> None:
    compile_proof()
    at = ("--instance", instance, "plan", "--camp", "ecm27")
    empty = call(*at, "prove")
    assert (empty.code, empty.err) == (3, "The plan is empty. Make one with: camp plan solve --camp ecm27\n")
    call(*at, "solve", "--moves", "200")
    assert call(*at, "prove", "--seconds", "5").out == "No plan can be better (proven).\n"
    with application(instance) as app:
        camp = camp_of("ecm27")
        kept = proofs.of(camp, standing_of(camp, app.config["CAMP"].vote_key))
        assert kept is not None and kept.best


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
