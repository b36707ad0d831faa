"""`camp erase`: tells what goes, asks for the address again, and leaves no trace of a person in any file."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from camp import ledger
from camp.cli import run
from camp.commands.context import application
from camp.db import db
from camp.models import Person
from tests.camp import lived


@pytest.fixture
def lived_in(instance: Path) -> Path:
    """An instance with a camp and the person in every corner of it."""
    with application(instance) as app:
        lived.fill(app)
    return instance


def _addresses(instance: Path) -> list[str]:
    with application(instance):
        return list(db.session.scalars(select(Person.email).order_by(Person.email)))


def test_a37_erasing_leaves_no_trace_in_any_file(lived_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lived.found(lived_in) != []
    assert run(["--instance", str(lived_in), "erase", "--email", lived.ADDRESS.upper(), "--yes"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("ecm27: registration 1")
    assert told.err.endswith(f"{lived.ADDRESS} is erased.\n")
    assert "nobody organises ecm27" in told.err
    assert lived.found(lived_in) == []
    assert len(_addresses(lived_in)) == 1
    assert [line.camp for line in ledger.read(lived_in / ledger.NAME)] == [""]
    assert lived.ADDRESS not in (lived_in / ledger.NAME).read_text()


def test_a37_at_one_camp_only(lived_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--instance", str(lived_in), "erase", "--email", lived.ADDRESS, "--camp", "ecm27", "--yes"]) == 0
    assert [line.camp for line in ledger.read(lived_in / ledger.NAME)] == ["ecm27"]
    assert run(["--instance", str(lived_in), "erase", "--email", lived.ADDRESS, "--yes"]) == 3
    assert f"Nobody here has the address {lived.ADDRESS}." in capsys.readouterr().err


def test_a_dry_run_and_a_missing_yes_erase_nobody(lived_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--instance", str(lived_in), "erase", "--email", lived.ADDRESS, "--dry-run"]) == 0
    dry = capsys.readouterr()
    assert dry.out.startswith("ecm27: registration 1")
    assert run(["--instance", str(lived_in), "erase", "--email", lived.ADDRESS]) == 2
    assert capsys.readouterr().out == dry.out
    assert lived.ADDRESS in _addresses(lived_in)
    assert not (lived_in / ledger.NAME).exists()


def test_older_copies_that_still_hold_the_person_are_named(lived_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--instance", str(lived_in), "backup"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert run(["--instance", str(lived_in), "erase", "--email", lived.ADDRESS, "--yes"]) == 0
    assert f"These older copies still hold them: {path.name}." in capsys.readouterr().err
    assert ledger.read(path.parent / ledger.NAME) == ledger.read(lived_in / ledger.NAME)


def test_nobody_of_that_address_is_code_3_and_a_wrong_camp_code_1(lived_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--instance", str(lived_in), "erase", "--email", "who@example.org", "--yes"]) == 3
    assert run(["--instance", str(lived_in), "erase", "--email", lived.ADDRESS, "--camp", "none", "--yes"]) == 1
    assert "There is no camp “none”. There is: ecm27." in capsys.readouterr().err
