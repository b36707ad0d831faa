"""What commands that import a list share: its file, what its columns are, and what is done about bad lines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from camp.commands.context import FAILED, USAGE, Exit

if TYPE_CHECKING:  # they load what help does without
    from camp.tables import Problem, Sheet


def options(fields: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The arguments `file, slug, columns, leave_out_bad, dry_run`; `fields` are the names for --column."""
    parts = (
        click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False)),
        click.option("--camp", "slug", required=True, metavar="SLUG", help="The camp that takes the list in."),
        click.option("--column", "columns", multiple=True, metavar="HEADING=FIELD",
                     help=f"What a column is, if its heading does not tell; FIELD is one of: {fields}; empty: leave it "
                          "out."),
        click.option("--leave-out-bad", is_flag=True, help="Import the good lines although others are bad."),
        click.option("--dry-run", is_flag=True, help="Say what would happen, and store nothing."))

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for part in reversed(parts):
            command = part(command)
        return command

    return decorate


def read(file: Path, reader: Callable[[str, bytes], tuple[Sheet, list[Problem]]]) -> tuple[Sheet, list[Problem]]:
    """The lines of a list, and what broke it off. Raises Exit(1) for what is none."""
    from camp.tables import Unreadable
    try:
        return reader(file.name, file.read_bytes())
    except Unreadable as error:
        raise Exit(FAILED, error.problem.sentence()) from error


def fields_told(heading: Sequence[str], guessed: Sequence[str], columns: Sequence[str],
                known: Collection[str]) -> list[str]:
    """What each column of a list is, with what options like HEADING=FIELD say.

    Raises Exit(2) for a heading or a field that there is not.
    """
    from camp.tables import plain
    places, fields = {plain(cell): n for n, cell in enumerate(heading)}, list(guessed)
    for told in columns:
        name, _, field = told.rpartition("=")
        if plain(name) not in places or field not in known:
            raise Exit(USAGE, f"“{told}” names no column and field. The list has the columns: {', '.join(heading)}.")
        fields[places[plain(name)]] = field
    return fields
