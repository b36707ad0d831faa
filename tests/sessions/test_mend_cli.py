"""Tests of sessions/mend_cli.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from camp.commands.context import application, camp_of
from camp.db import db
from sessions.models import Session
from sessions.standing import standing_of
from tests.sessions.test_cli import Call, call, instance
from tests.sessions.test_plan_cli import PROBLEM, plan

__all__ = ["call", "instance", "plan"]


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


def test_a_camp_is_mended_by_what_people_call_things_and_the_offer_is_put_in(call: Call, instance: Path, tmp_path: Path) -> None:
    at, file = ("--instance", instance, "plan", "--camp", "ecm27"), tmp_path / "new.json"
    assert call(*at, "solve", "--moves", "200").code == 0
    with application(instance):
        before = standing_of(camp_of("ecm27")).placed[0]
        title, lost = db.session.get_one(Session, int(before.session[1:])).title, f"{before.room} {before.slot}"
        grid = standing_of(camp_of("ecm27")).grid
        room = next(one.letter for one in grid.rooms if f"r{one.id}" == before.room)
        start = next(f"{one.starts:%H:%M}" for one in grid.session_slots if f"t{one.id}" == before.slot)
    looked = call(*at, "replan", "--close", f"{room}:{start}")
    assert looked.code == 0 and looked.out.startswith("stay: Nothing else moves.") and f"  {title} " in looked.out
    assert f"Room {room} is closed at 2027-04-24 {start}." in looked.out
    taken = call(*at, "replan", "--close", f"{room}:{start}", "--take", "few", "-o", file)
    assert taken.code == 0 and "The plan is mended; publish it with: camp publish --camp ecm27" in taken.err
    with application(instance):
        now = standing_of(camp_of("ecm27"))
        assert {row.session: (row.room, row.slot) for row in now.placed} == rows(file.read_text())
        assert lost not in {f"{row.room} {row.slot}" for row in now.placed} and len(now.placed) == 3
    assert call(*at, "check").code == 0


def test_a_camp_refuses_what_is_not_there_and_more_than_one_thing(call: Call, instance: Path) -> None:
    at = ("--instance", instance, "plan", "replan", "--camp", "ecm27")
    unknown = call(*at, "--close", "Z:10:00")
    assert (unknown.code, unknown.err) == (2, "There is no room “Z”; write its letter or its name.\n")
    assert call(*at, "--close", "A", "--close", "B").code == call(*at, "--now", "10:00").code == 2
    assert call(*at, PROBLEM, "--close", "A").err == "Name either a FILE or --camp SLUG.\n"
    assert call(*at, "--close", "A").code == 3                       # the plan is empty
    assert call("plan", "replan", PROBLEM, "--close", "r1").err == "Name the PLAN too.\n"
