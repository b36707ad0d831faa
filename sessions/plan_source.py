"""Where the `camp plan` commands take problem and plans from: files, or a camp as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import USAGE, Exit, application, camp_of
from sessions.plan_files import own_names, plan_in, problem_in

if TYPE_CHECKING:  # the planner loads when a command needs it, the database only for --camp
    from sessions.planner.problem import Placement, Problem
    from sessions.planner.rules import Names
    from sessions.standing import Standing

CAMP = click.option("--camp", "slug", metavar="SLUG", help="The camp's short name, in the place of files.")


@dataclass(frozen=True, slots=True)
class Source:
    """A problem, plans of it in the order given, and what to call its ids; of a camp its plan comes first."""

    problem: Problem
    plans: tuple[tuple[Placement, ...], ...]
    names: Names
    standing: Standing | None = None
    key: str = ""  # of the votes

    def session(self, word: str) -> str:
        """The id of a session: as it is, or of a camp the number in its address too. Raises Exit(2)."""
        ids = {one.id for one in self.problem.sessions}
        found = word if word in ids or self.standing is None else f"s{word}"
        if found not in ids:
            where = "an id of the file" if self.standing is None else "the number in the address of its page"
            raise Exit(USAGE, f"There is no session {word}; write {where}.")
        return found


@contextmanager
def source(folder: Path, slug: str | None, file: Path | None, plans: Sequence[Path] = ()) -> Iterator[Source]:
    """Read the files, or the camp without holding its database. Raises Exit(2) unless it is one of both."""
    if (file is None) == (slug is None):
        raise Exit(USAGE, "Name either a FILE or --camp SLUG.")
    if file is not None:
        problem = problem_in(file)
        yield Source(problem, tuple(plan_in(one) for one in plans), own_names(problem))
    elif slug is not None:
        with application(folder) as app:
            from camp.db import db
            from sessions.standing import standing_of

            key, more = app.config["CAMP"].vote_key, tuple(plan_in(one) for one in plans)
            standing = standing_of(camp_of(slug), key)
            db.session.rollback()
            yield Source(standing.problem, (standing.placed, *more), standing.names, standing, key)
