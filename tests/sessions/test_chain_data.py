"""The sample camp from its files to a plan: what the problem holds is counted again from the CSV files by other code."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from camp import load, loaders
from camp.camps import by_slug
from camp.db import db, writing
from camp.models import Camp
from sessions import planning
from sessions.planner import Problem, solve
from sessions.planner.files import read_problem, write_plan
from sessions.standing import ALL_WAIT, standing_of
from tests.conftest import TESTS

DATA, EVALUATE = TESTS / "data" / "camp", TESTS / "data" / "scheduling" / "evaluate.py"
PLACES = 260


def rows(name: str, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((DATA / name).read_bytes().decode(encoding)), delimiter=delimiter))


PEOPLE = rows("people-excel-de.csv", "cp1252", ";") + rows("people-rest-utf8.csv")
ADMITTED = {row["E-Mail"] for row in sorted(
    PEOPLE, key=lambda row: datetime.strptime(row["Angemeldet am"], "%d.%m.%Y %H:%M"))[:PLACES]}
PROPOSALS = {row["title"]: row for row in rows("proposals.csv")}
HOSTS = {title: set(row["hosts"].split()) & ADMITTED for title, row in PROPOSALS.items()}
HELD = {title for title, hosts in HOSTS.items() if hosts}
VOTES = [(row["person"], row["title"]) for row in rows("votes.csv") if row["person"] in ADMITTED]


def windows() -> dict[str, set[str]]:
    """Host → the clocks at which she can, read from the files: before or after the longest break."""
    slots = tomllib.loads((DATA / "camp.toml").read_text("utf-8"))["day"][0]["slots"]
    sessions: list[time] = [slot["start"] for slot in slots if slot["kind"] == "session"]
    pauses = [slot for slot in slots if slot["kind"] == "break" and min(sessions) < slot["start"] < max(sessions)]
    longest = max(pauses, key=lambda slot: slot["end"].hour * 60 + slot["end"].minute
                  - slot["start"].hour * 60 - slot["start"].minute)
    noon = longest["start"]
    found: dict[str, set[str]] = {}
    for title in HELD:
        for host in HOSTS[title] if PROPOSALS[title]["unavailable"] else ():
            can = found.setdefault(host, {f"{start:%H:%M}" for start in sessions})
            morning = PROPOSALS[title]["unavailable"] == "morning"
            can.difference_update([f"{start:%H:%M}" for start in sessions if (start < noon) == morning])
    return found


@pytest.fixture
def camp(app: Flask) -> Camp:
    """The sample camp, loaded."""
    parsed = load.parse(DATA, loaders.of(app))
    db.session.rollback()
    with writing():
        load.store(parsed)
    found = by_slug("ecm27")
    assert found is not None
    return found


def key(app: Flask) -> str:
    found: str = app.config["CAMP"].vote_key
    return found


def told(problem: Problem) -> tuple[Any, ...]:
    """What a problem says, told in titles and clocks instead of ids: sessions, votes, hosts and windows."""
    title = {one.id: one.title for one in problem.sessions}
    clock = {slot.id: slot.start[-5:] for slot in problem.slots}
    hosted = {host: frozenset(one.title for one in problem.sessions if host in one.hosts)
              for one in problem.sessions for host in one.hosts}
    votes = Counter(title[vote] for wanted in problem.votes.values() for vote in wanted if vote in title)
    own = Counter((hosted[person], title[vote]) for person, wanted in problem.votes.items() if person in hosted
                  for vote in wanted if vote in title)
    away = Counter((hosted[host], frozenset(clock[slot] for slot in window)) for host, window in problem.windows.items())
    return (set(title.values()), sum(map(len, problem.votes.values())), len(problem.votes), votes,
            Counter(hosted.values()), own, away)


def expected() -> tuple[Any, ...]:
    """The same, counted from the files."""
    hosted = {host: frozenset(title for title in HELD if host in HOSTS[title]) for title in HELD for host in HOSTS[title]}
    return (HELD, len(VOTES), len({person for person, _ in VOTES}), Counter(title for _, title in VOTES if title in HELD),
            Counter(hosted.values()),
            Counter((hosted[person], title) for person, title in VOTES if person in hosted and title in HELD),
            Counter((hosted[host], frozenset(can)) for host, can in windows().items()))


def test_the_files_hold_what_their_description_says() -> None:
    assert (len(PEOPLE), len(ADMITTED), len(PROPOSALS)) == (300, 260, 69)
    assert (len(VOTES), len({person for person, _ in VOTES})) == (1951, 231)
    assert windows()


def test_votes_hosts_and_windows_of_admitted_people_are_in_the_problem(app: Flask, camp: Camp) -> None:
    standing = standing_of(camp, key(app))
    assert told(standing.problem) == expected()
    assert {session.title for session, _ in standing.left_out} == set(PROPOSALS) - HELD
    assert {why for _, why in standing.left_out} == {ALL_WAIT}
    by_title = {one.title: one for one in standing.problem.sessions}
    for title in HELD:
        names = {standing.names.hosts[host] for host in by_title[title].hosts}
        assert names == {f"{row['Vorname']} {row['Nachname']}" for row in PEOPLE if row["E-Mail"] in HOSTS[title]}
        assert (by_title[title].length, set(by_title[title].needs)) \
            == (int(PROPOSALS[title]["length"]), set(PROPOSALS[title]["needs"].split()))


def test_the_export_says_the_same_without_ids_names_and_addresses(app: Flask, camp: Camp) -> None:
    text = planning.export_problem(camp, key(app))
    problem = read_problem(text)
    assert told(problem) == expected()
    assert "@" not in text and not any(vote in text for vote in standing_of(camp, key(app)).problem.votes)
    titles = " ".join(PROPOSALS)
    assert not [row["Nachname"] for row in PEOPLE
                if f" {row['Nachname']}" in text and row["Nachname"] not in titles and len(row["Nachname"]) > 3]


def test_the_plan_breaks_no_rule_and_keeps_a_pinned_two_slot_session(app: Flask, camp: Camp, tmp_path: Path) -> None:
    two = next(title for title in sorted(HELD) if PROPOSALS[title]["length"] == "2" and not PROPOSALS[title]["unavailable"])
    standing = standing_of(camp)
    pinned = next(one.id for one in standing.sessions.values() if one.title == two)
    needs = set(PROPOSALS[two]["needs"].split())
    room = next(room for room in standing.grid.rooms if needs <= set(room.features)).id
    first, second = (slot.id for slot in standing.grid.session_slots[4:6])
    db.session.rollback()
    with writing():
        planning.move(camp, pinned, room, first, pinned=True)
    text = planning.export_problem(camp, key(app))
    plan = solve(read_problem(text), seed=1, moves=4000)
    (tmp_path / "problem.json").write_text(text, "utf-8")
    (tmp_path / "plan.json").write_text(write_plan(plan.placements), "utf-8")
    judged = subprocess.run([sys.executable, EVALUATE, tmp_path / "problem.json", tmp_path / "plan.json", "--json"],
                            capture_output=True, text=True, check=False)
    figures = json.loads(judged.stdout)
    assert (judged.returncode, figures["violations"]) == (0, [])
    assert (figures["attendance"], figures["placed"]) == (plan.figures.attendance, plan.figures.placed)
    own = solve(planning.problem_of(camp, key(app)), seed=1, moves=4000)
    db.session.rollback()
    with writing():
        planning.apply(camp, own.placements)
    placed = planning.placements(camp)
    assert len(placed) == plan.figures.cells == 48
    assert [(row.part, row.room_id, row.slot_id, row.pinned) for row in placed if row.session_id == pinned] \
        == [(1, room, first, True), (2, room, second, True)]
