"""`camp doctor`: lines for people, JSON for programs, and a code for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from camp.cli import run


def test_warnings_end_well_unless_strict(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--instance", str(instance), "doctor"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 16
    assert {line.split()[0] for line in told} == {"ok", "warn"}
    assert run(["--instance", str(instance), "doctor", "--strict"]) == 4
    capsys.readouterr()
    assert run(["--instance", str(instance), "doctor", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [sorted(row) for row in rows] == [["level", "name", "remedy", "text"]] * 16


def test_a_failure_ends_with_one(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (instance / "keys.toml").chmod(0o644)
    assert run(["--instance", str(instance), "doctor"]) == 1
    told = capsys.readouterr()
    assert f"fail  keys      Others can read {instance / 'keys.toml'}. Run: chmod 600" in told.out
    assert told.err == "Something fails; the lines say what to do.\n"
