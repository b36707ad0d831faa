"""`camp db`: the schema made by a command, and its revision told."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp import schema
from camp.cli import run
from camp.commands.context import application


@pytest.mark.sqlite_only("its file")
def test_upgrade_makes_the_schema_once(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (instance / "camp.sqlite3").unlink()
    assert run(["--instance", str(instance), "db", "current"]) == 3
    assert run(["--instance", str(instance), "db", "upgrade"]) == 0
    assert f"The schema went from nothing to {schema.newest()}." in capsys.readouterr().err
    assert run(["--instance", str(instance), "db", "upgrade"]) == 3
    assert run(["--instance", str(instance), "db", "current"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == (f"{schema.newest()}\n", "The schema is current; nothing to do.\n")
    with application(instance):
        pass
