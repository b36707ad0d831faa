"""The program `camp`: help at once, sentences instead of stories, exit codes as documented."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from camp import cli
from camp.cli import COMMANDS, run
from camp.commands.context import WARNINGS, Exit
from camp.errors import Conflict


def test_help_names_every_command_and_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-h"]) == 0
    told = capsys.readouterr().out
    assert all(f"\n  {name} " in told for name in COMMANDS)
    assert [line.split()[0] for line in told.partition("Exit codes:")[2].splitlines() if line.strip()] == [
        "0", "1", "2", "3", "4", "130"]


def test_help_imports_neither_flask_nor_the_database() -> None:
    code = ("import sys; from camp.cli import run; run(['--help']); run(['laod']); "
            "print(sorted({'flask', 'sqlalchemy', 'alembic', 'weasyprint'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_python_m_camp_is_the_program() -> None:
    done = subprocess.run([sys.executable, "-m", "camp", "--help"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Usage: camp [OPTIONS] COMMAND [ARGS]...")


def test_a_reader_that_has_gone_is_no_mistake() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([sys.executable, "-m", "camp", "--help"], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def _commands(command: click.Command, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        return [(path, command)]
    return [(path, command), *(found for name in command.commands for found in _commands(
        command.commands[name], (*path, name)))]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    loaded = cli.camp.get_command(click.Context(cli.camp), name)
    assert loaded is not None
    for path, command in _commands(loaded, (name,)):
        assert command.help, path
        assert run([*path, "-h"]) == 0
        told = capsys.readouterr().out
        assert isinstance(command, click.Group) or f"camp {' '.join(path)}" in told.partition("Example")[2].replace(
            " --instance /srv/camp", ""), path


def test_an_unknown_command_is_wrong_usage_and_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["laod"]) == 2
    assert "There is no command “laod”. The nearest one is “load”." in capsys.readouterr().err
    assert run(["xyzzy"]) == 2
    assert "There is no command “xyzzy”. The list: camp --help" in capsys.readouterr().err
    assert run(["load"]) == 2


class _Fails(click.Command):
    def __init__(self, error: BaseException) -> None:
        super().__init__("fails")
        self.error = error

    def invoke(self, ctx: click.Context) -> object:
        raise self.error


@pytest.mark.parametrize(("error", "code", "sentence"), [
    (Exit(WARNINGS, "Two warnings."), 4, "Two warnings.\n"),
    (Exit(0), 0, ""),
    (Conflict("The slug “%(slug)s” is taken.", "Choose another.", slug="a"), 1, "The slug “a” is taken. Choose another.\n"),
    (KeyError("x"), 1, "Our mistake. KeyError: 'x'. To see where, run it again with: camp --debug …\n"),
    (KeyboardInterrupt(), 130, "Interrupted.\n"),
])
def test_what_goes_wrong_becomes_a_sentence_and_a_code(error: BaseException, code: int, sentence: str,
                                                       monkeypatch: pytest.MonkeyPatch,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cli.Commands, "get_command", lambda *_: _Fails(error))
    assert run(["load"]) == code
    assert capsys.readouterr().err.lstrip() == sentence


def test_debug_shows_the_whole_story(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cli.Commands, "get_command", lambda *_: _Fails(KeyError("x")))
    with pytest.raises(KeyError):
        run(["--debug", "load"])
    monkeypatch.setattr(cli.Commands, "get_command", lambda *_: _Fails(Conflict("Taken.")))
    assert run(["--debug", "load"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_the_instance_comes_from_option_then_environment(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMP_INSTANCE", str(tmp_path / "a"))
    assert run(["db", "current"]) == 1
    assert run(["--instance", str(tmp_path / "b"), "db", "current"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{tmp_path}{os.sep}{name} is no instance yet. Make it with: camp --instance {tmp_path}{os.sep}{name} init"
        for name in "ab"]
