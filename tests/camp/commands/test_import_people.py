"""`camp import`: bad lines on stdout, what happened on stderr, and an exit code for each outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp import people
from camp.cli import run
from camp.commands.context import application, camp_of
from tests.conftest import TESTS


@pytest.fixture
def loaded(instance: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(["--instance", str(instance), "load", str(TESTS / "data" / "camp")]) == 0
    capsys.readouterr()
    return instance


def _import(instance: Path, file: Path, *options: str) -> int:
    return run(["--instance", str(instance), "import", str(file), "--camp", "ecm27", *options])


def test_import_look_first_then_do_it_and_a_second_time_changes_nothing(loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Order #,First Name,Last Name,Email,Ticket Type,Attendee Status\n1,Neu,Hier,neu@example.org,Frei,Attending\n")
    assert _import(loaded, file, "--dry-run") == 0
    assert capsys.readouterr().err == "The list comes from Eventbrite.\n1 new\n"
    assert _import(loaded, file) == 0
    assert capsys.readouterr().err == "The list comes from Eventbrite.\n1 new\npeople: 1 new\n"
    assert _import(loaded, file) == 3
    with application(loaded):
        camp = camp_of("ecm27")
        person = people.by_address("neu@example.org")
        assert person is not None
        found = people.participant_of(camp, person.id)
        assert found is not None
        assert (found.name, found.state, people.count(camp, "admitted", "waiting")) == ("Neu Hier", "waiting", 301)


def test_bad_lines_are_listed_and_only_left_out_if_that_is_said(loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("Wer;Mail\nNeu Hiér;neu@example.org\nAlt Da;keine\n".encode("cp1252"))
    columns = ("--column", "Wer=name", "--column", "Mail=email")
    assert _import(loaded, file, *columns) == 1
    told = capsys.readouterr()
    assert told.out == "list.csv:3: “keine” is no mail address.\n"
    assert told.err.endswith("Nothing was imported. Lines that need a look: 1. Mend them and import again, or say that the others are "
                             "to be imported without them.\n")
    assert _import(loaded, file, *columns, "--leave-out-bad") == 0
    with application(loaded):
        assert people.by_address("neu@example.org") is not None


def test_what_is_wrong_with_the_call_or_the_file(loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Wer;Mail\n")
    assert _import(loaded, file, "--column", "Wo=name") == 2
    assert _import(loaded, file, "--column", "Wer=admin") == 2
    assert "“Wo=name” names no column and field. The list has the columns: Wer, Mail." in capsys.readouterr().err
    assert _import(loaded, tmp_path / "none.csv") == 2
    file.write_bytes(b"%PDF")
    assert _import(loaded, file) == 1
