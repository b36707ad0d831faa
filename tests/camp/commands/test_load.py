"""`camp load`: the camp's address on stdout, what happened on stderr, every mistake with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from camp import log, people
from camp.cli import run
from camp.commands.context import application, camp_of
from tests.conftest import TESTS

DATA = TESTS / "data" / "camp"


def test_load_twice_and_make_an_organiser(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load = ["--instance", str(instance), "load", str(DATA)]
    assert run(load) == 0
    told = capsys.readouterr()
    assert told.out == "http://127.0.0.1:8000/ecm27/\n"
    assert told.err.splitlines() == [
        "camp: 1 new", "slots: 11 new", "rooms: 8 new", "texts: 4 new", "partners: 4 new", "people: 300 new", "places: 260 new",
        "proposals: 69 new", "votes: 2283 new", "260 people have a place, 40 wait."]
    assert run(load) == 3
    assert "nothing changed" in capsys.readouterr().err
    assert run([*load, "--organiser", "me@example.org"]) == 0
    with application(instance):
        person = people.by_address("me@example.org")
        assert person is not None
        assert people.roles_of(camp_of("ecm27").id, person.id) == {"organiser"}
        assert {row.command for row in log.entries(camp_of("ecm27").id, 0, 9)} == {"camp load"}


def test_mistakes_are_listed_and_nothing_is_loaded(instance: Path, tmp_path: Path,
                                                   capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "camp"
    shutil.copytree(DATA, folder)
    (folder / "votes.csv").write_text("person,title\n" + "nobody@example.org,Quark\n" * 60)
    assert run(["--instance", str(instance), "load", str(folder)]) == 1
    told = capsys.readouterr()
    lines = told.err.splitlines()
    assert (told.out, len(lines)) == ("", 52)
    assert lines[0] == "votes.csv:2: “nobody@example.org” stands in no file of people."
    assert lines[-2:] == ["… and 10 more.", "Nothing was loaded. Places that need a look: 60. Mend them and load again."]
    with application(instance):
        assert people.by_address("person001@example.org") is None


def test_a_bad_organiser_or_folder_is_refused(instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--instance", str(instance), "load", str(DATA), "--organiser", "me"]) == 1
    assert run(["--instance", str(instance), "load", str(tmp_path / "none")]) == 1
    assert [line[:30] for line in capsys.readouterr().err.splitlines()] == [
        "There is no @. For example: ma", f"{tmp_path / 'none'}"[:30]]
