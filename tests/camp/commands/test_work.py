"""`camp work`: refuses an instance that is not ready; what it does is tested with the worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp.cli import run


@pytest.mark.sqlite_only("its file")
def test_work_refuses_an_instance_without_database(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (instance / "camp.sqlite3").unlink()
    assert run(["--instance", str(instance), "work"]) == 1
    assert "has no database yet" in capsys.readouterr().err
