"""Files of the `camp plan` commands: read with a sentence for what is wrong, written to a file or to stdout."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from camp.commands.context import FAILED, USAGE, Exit, say

if TYPE_CHECKING:  # the planner loads when a command needs it
    from sessions.planner import Problem
    from sessions.planner.problem import Breach, Placement
    from sessions.planner.rules import Names

_Read = TypeVar("_Read")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = click.Path(dir_okay=False, allow_dash=True, path_type=Path)
OUTPUT = click.option("-o", "--output", type=TARGET, metavar="FILE",
                      help="Where to write it; without it, or with -, to stdout.")
WISHES = ("firsts-first", "tags-apart", "track-in-one-room", "meet-other-kinds")  # the keys of the planner's WANTS


def problem_in(path: Path) -> Problem:
    """The problem in a file. Raises Exit(2) with what is wrong and where."""
    from sessions.planner.files import read_problem

    return _read(path, read_problem)


def plan_in(path: Path) -> tuple[Placement, ...]:
    """The placements in a file. Raises Exit(2)."""
    from sessions.planner.files import read_plan

    return _read(path, read_plan)


def wanting(problem: Problem, names: Iterable[str]) -> Problem:
    """The same problem of a camp that wants these things too."""
    from sessions.planner.files import WANTS

    return replace(problem, wants=replace(problem.wants, **{WANTS[name]: True for name in names}))


def own_names(problem: Problem) -> Names:
    """What to call the sessions of a file: by title and id."""
    from sessions.planner.rules import Names

    return Names({one.id: f"{one.title} ({one.id})" if one.title else one.id for one in problem.sessions})


def sentences(breaches: Iterable[Breach], names: Names) -> list[str]:
    """Each breach as an English sentence, none twice."""
    from sessions.planner.rules import sentence

    pairs = [sentence(breach, names) for breach in breaches]
    return list(dict.fromkeys(msgid % values for msgid, values in pairs))


def write(path: Path | None, content: bytes) -> None:
    """Write to the file, or to stdout without one (or for -). Raises Exit(1) if it cannot be written."""
    if path is None or str(path) == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Exit(FAILED, f"{path} cannot be written: {error.strerror}. Choose another place with -o.") from error
    say(f"Written: {path}")


def _read(path: Path, reader: Callable[[str], _Read]) -> _Read:
    from sessions.planner import ProblemError

    try:
        return reader(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise Exit(USAGE, f"{path} is no UTF-8 text. Export the file again.") from error
    except ProblemError as error:
        raise Exit(USAGE, f"{path}: {error}") from error
