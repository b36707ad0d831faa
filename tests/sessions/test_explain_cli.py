"""Tests of sessions/explain_cli.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.beside import timed
from tests.sessions.test_cli import SCHEDULING, Call, call, instance

__all__ = ["call", "instance"]


@pytest.fixture
def plan(call: Call, tmp_path: Path) -> Path:
    """A plan of rich-S-1."""
    file = tmp_path / "plan.json"
    assert call("plan", "solve", SCHEDULING / "rich-S-1.json", "--moves", "4000", "-o", file).code == 0
    return file


def test_explain_says_one_sentence_for_each_session_in_both_languages(call: Call, plan: Path) -> None:
    problem = SCHEDULING / "rich-S-1.json"
    english, german = (call("plan", "explain", problem, plan, "--language", one) for one in ("en", "de"))
    assert (english.code, english.err, german.code) == (0, "", 0)
    lines, zeilen = english.out.splitlines(), german.out.splitlines()
    assert len(lines) == len(zeilen) == len(json.loads(problem.read_text())["sessions"])
    assert not set(lines) & set(zeilen)
    pinned = call("plan", "explain", problem, plan, "s3").out
    assert "(s3) is pinned to t5 in r4: " in pinned and " who want it are expected, for " in pinned
    assert "ist auf t5 in r4 festgesetzt: " in call("plan", "explain", problem, plan, "s3", "--language", "de").out


def test_explain_refuses_an_unknown_session_and_a_broken_plan(call: Call, plan: Path, tmp_path: Path) -> None:
    problem = SCHEDULING / "rich-S-1.json"
    told = call("plan", "explain", problem, plan, "s99")
    assert (told.code, told.out, told.err) == (2, "", "There is no session s99; write an id of the file.\n")
    rows = json.loads(plan.read_text())
    double = tmp_path / "double.json"
    double.write_text(json.dumps([*rows, rows[0]]))
    told = call("plan", "explain", problem, double)
    assert told.code == 1 and told.err.startswith("This plan breaks rules; look at them first. ")
    assert "is placed twice." in told.err


def test_explain_takes_a_camps_plan_with_names_and_times(call: Call, instance: Path) -> None:
    at = ("--instance", instance, "plan")
    assert call(*at, "solve", "--camp", "ecm27", "--moves", "200").code == 0
    lines = call(*at, "explain", "--camp", "ecm27").out.splitlines()
    assert len(lines) == 3 and all(" is at 2027-04-24 " in one and " in Room " in one for one in lines)
    assert call(*at, "--camp", "ecm27", "explain", "2").out.splitlines() == [one for one in lines if one.startswith("Two ")]
    assert call(*at, "explain", "--camp", "ecm27", "99").err == \
        "There is no session 99; write the number in the address of its page.\n"
    assert call(*at, "explain", "--camp", "ecm27", "--language", "de").out.startswith("One liegt ")
    assert call("plan", "explain").err == "Name FILE and PLAN, or --camp SLUG.\n"


@pytest.mark.parametrize(("name", "code", "sentence"), [
    ("pin-same-place", 3, "must both be in r1 at t2; move one of the two pins."),
    ("pin-same-speaker", 3, "must both be held at t1 by x1; move one of them, or let somebody else hold it."),
    ("pin-unavailable", 3, "when its host x2 is not there; move the pin or change when x2 is there."),
    ("feature-nowhere", 0, "no room has kiln; bring it to a room, or do without."),
    ("speaker-one-slot", 0, "x1 holds more than fits into the slots when x1 is there"),
    ("overfull", 0, "(12 > 6): some stay without one; add a room or a slot, or let people vote."),
    ("seats", 0, ""),
])
def test_check_without_a_plan_names_what_stands_in_the_way(call: Call, name: str, code: int, sentence: str) -> None:
    told = call("plan", "check", SCHEDULING / f"tricky-{name}-a.json")
    assert (told.code, told.err) == (code, "No plan is possible.\n" if code else "A plan is possible.\n")
    assert sentence in told.out if sentence else told.out == ""


def bent(**changes: object) -> str:
    """A problem with some keys changed; None takes a key away."""
    data = json.loads((SCHEDULING / "barcamp-S-1.json").read_text())
    return json.dumps({key: value for key, value in {**data, **changes}.items() if value is not None})


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "This is not JSON: line 1, column 1"),
    ("[]", "This is no planning problem"),
    (bent(rooms=None), 'file: "rooms" is missing'),
    (bent(rooms=[{"id": "r1", "capacity": -3}]), "Room r1 has -3 seats; write 0 or more."),
    (bent(pins=[{"session": "s999"}]), "A pin names session s999, which is not listed"),
    (bent(sessions=[{"id": "s1", "length": 3}]), "Session s1 is 3 slots long; write 1 or 2."),
    (bent(sessions=[{"id": "s1", "available": ["t99"]}]), "Session s1 is available in slot t99, which is not listed"),
    (bent(votes=[]), '"votes" must be an object'),
    ("[" * 5_000_000, "This JSON holds a number or a nesting that is far too long"),
    ("x" * 10_000_000, "This is not JSON: line 1, column 1"),
    ('{"a": "' + "y" * 10_000_000, "This is not JSON"),
    ("1" * 10_000_000, "This JSON holds a number or a nesting that is far too long"),
], ids=lambda value: value[:20])
@pytest.mark.parametrize("command", ["check", "solve"])
def test_bad_input_gets_one_sentence_and_exit_code_2(call: Call, tmp_path: Path, command: str, text: str,
                                                     sentence: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text)
    with timed() as spent:
        told = call("plan", command, file)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert told.err.startswith(f"{file}: ") and sentence in told.err and len(told.err) < 300
    assert spent.pieces < 5000
