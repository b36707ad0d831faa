"""The command of the badges wing: badges as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click
from flask import current_app

from badges import labels
from camp.commands.context import NOTHING, USAGE, Exit, application, camp_of, say
from camp.errors import Conflict


@click.command()
@click.option("--camp", "slug", required=True, metavar="SLUG", help="The camp's short name.")
@click.option("-o", "--output", required=True, type=click.File("wb", lazy=True), metavar="FILE.pdf",
              help="Where the PDF goes; - is standard output.")
@click.option("--layout", type=click.Choice(sorted(labels.SHEETS)), help="The sheet; else the one the camp chose.")
@click.option("--only", type=click.Choice(["new", "changed", "all", "blank", "drill"]), default="all",
              show_default=True,
              help="Whose badges: never printed, changed since, everybody's, blank ones without names, or for a drill.")
@click.option("--blank", "number", type=click.IntRange(1, 500), help="With --only blank: make so many new ones first.")
@click.option("--start", type=click.IntRange(1), default=1, show_default=True, help="Place of the first on its sheet.")
@click.option("--again", is_flag=True, help="Print those too that were printed and have not changed.")
@click.pass_obj
def badges(folder: Path, slug: str, output: IO[bytes], layout: str | None, only: str, number: int | None, start: int,
           again: bool) -> None:
    """Print badges, by family name; a reprint carries the same codes and is asked for with --again.

    Above 1,000 badges the file is a ZIP archive of several PDF. Exit code 3: there is nothing to print.

    \b
    Example: camp badges --camp ecm27 --only new --layout avery-l4785 -o badges.pdf
    """
    with application(folder):
        from badges import blanks, jobs, look  # the models load with the application
        from camp.db import writing

        camp = camp_of(slug)
        wish = jobs.Wish(only, layout or look.of(camp).layout, start, again=again)
        if start > labels.SHEETS[wish.layout].cards:
            raise Exit(USAGE, f"The sheet {wish.layout} has {labels.SHEETS[wish.layout].cards} places.")
        if only == "blank" and number:
            with writing():
                blanks.make(camp, number, current_app.config["CAMP"].badge_key)
        try:
            batch = jobs.gather(camp, wish)
        except Conflict as error:
            hint = f"{error.text} Add --again." if error.hint == jobs.AGAIN else error.sentence()
            raise Exit(NOTHING, hint) from error
        content, _ = jobs.one_file(jobs.render(batch))
        output.write(content)
        with writing():
            jobs.note(camp, wish, batch, None)
    say(f"{batch.number} badges, {len(content) // 1000} kB.")
