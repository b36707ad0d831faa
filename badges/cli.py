"""The command of the badges wing: badges as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from camp.commands.context import NOTHING, Exit, application, camp_of, say


@click.command()
@click.option("--camp", "slug", required=True, metavar="SLUG", help="The camp's short name.")
@click.option("-o", "--output", required=True, type=click.File("wb", lazy=True), metavar="FILE.pdf",
              help="Where the PDF goes; - is standard output.")
@click.option("--only", type=click.Choice(["all"]), default="all", show_default=True, help="Whose badges.")
@click.pass_obj
def badges(folder: Path, slug: str, output: IO[bytes], only: str) -> None:
    """Print the badges of everybody who has a place: A4, ten cards on a sheet, by family name.

    A reprint carries the same codes. Exit code 3: nobody has a place yet.

    \b
    Example: camp badges --camp ecm27 -o badges.pdf
    """
    with application(folder):
        from badges import jobs, printing  # the models load with the application

        camp = camp_of(slug)
        number = printing.numbers(camp).admitted
        if number == 0:
            raise Exit(NOTHING, "Nobody has a place yet, so there are no badges to print.")
        jobs.make_missing(camp)
        content = jobs.pdf_of(camp)
    output.write(content)
    say(f"{number} badges, {len(content) // 1000} kB.")
