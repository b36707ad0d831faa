"""`camp completion`: the script of each shell, and what it completes in a real bash."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from camp.cli import COMMANDS, run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_names_the_program(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    assert "_CAMP_COMPLETE" in capsys.readouterr().out


def test_another_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "csh"]) == 2
    assert "csh" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "number", "found"), [("camp re", 1, {"restore"}), ("camp backup --k", 2, {"--keep"}), ("camp ", 1, set(COMMANDS))])
def test_words_are_completed(words: str, number: int, found: set[str]) -> None:
    environ = os.environ | {"_CAMP_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(number)}
    done = subprocess.run([sys.executable, "-m", "camp"], env=environ, capture_output=True, text=True, check=False)
    assert {line.rpartition(",")[2] for line in done.stdout.splitlines()} == found, done.stderr
