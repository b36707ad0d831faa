"""O-02: an empty folder becomes a serving installation by the two documented commands, again and again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import command_line, family, serving

pytestmark = pytest.mark.slow
STARTS = {"short": 3, "long": 50}


def test_o02_cold_starts_with_two_web_processes(tmp_path: Path, pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]) -> None:
    starts, failed = STARTS[pytestconfig.getoption("faults")], []
    for number in range(starts):
        folder = tmp_path / str(number)
        made = subprocess.run([sys.executable, "-m", "camp", "--instance", str(folder), "init", "--email", "mai@example.org"],
                              capture_output=True, text=True, check=False)
        if made.returncode:
            failed.append(made.stderr)
            continue
        with serving("--instance", str(folder), "serve", "--port", "0") as server:
            web = sum("camp.wsgi:app" in command_line(pid) for pid in family(server.process.pid))
            if web != 3 or not server.ready():  # gunicorn and its two processes
                failed.append(f"{web} processes: {server.said}")
        if any("ended (" in line or "Traceback" in line for line in server.said):
            failed.append(str(server.said))
    assert failed == []
    with capsys.disabled():
        print(f"cold starts: {starts} of {starts} serve")
