"""`camp load`: make or update a camp from a folder of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import FAILED, NOTHING, Exit, application, example, say

if TYPE_CHECKING:  # they load the database's library, which help does without
    from camp.load import LoadError
    from camp.models import Camp


@click.command(epilog=example("camp load ./our-camp --organiser you@example.org"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--organiser", metavar="ADDRESS", help="Make this person an organiser of the camp.")
@click.pass_obj
def load(instance: Path, folder: Path, organiser: str | None) -> None:
    """Make or update a camp from FOLDER: camp.toml, people*.csv, proposals.csv, votes.csv.

    All or nothing. Loading again updates: people are known by their address, proposals by their title, rooms by their
    name, slots by day and time. Prints the camp's address.
    """
    with application(instance) as app:
        from camp import load as loading
        from camp import loaders, pages, people
        from camp.db import db, writing
        try:
            address = people.normal_address(organiser) if organiser else None
            parsed = loading.parse(folder, loaders.of(app))
            db.session.rollback()
            with writing():
                report = loading.store(parsed)
                added = address is not None and _organises(report.camp, address)
        except loading.LoadError as error:
            raise Exit(FAILED, _told(error)) from error
        click.echo(pages.external("public.home", camp=report.camp.slug))
        for name, tally in report.rows.items():
            if tally:
                say(f"{name}: {tally}")
        say(f"{people.count(report.camp, 'admitted')} people have a place, "
            f"{people.count(report.camp, 'waiting')} wait.")
        if report.camp.opened_at is None:
            say("The camp is not open yet; its organisers find what it lacks on the page Set-up.")
        if not report.changed and not added:
            raise Exit(NOTHING, "The camp holds all of this already; nothing changed.")


def _organises(camp: Camp, address: str) -> bool:
    from camp import people
    person = people.ensure(address)
    new = "organiser" not in people.roles_of(camp.id, person.id)
    people.give_role(camp, person, "organiser")
    return new


def _told(error: LoadError) -> str:
    lines = [problem.sentence() for problem in error.problems]
    if error.count > len(lines):
        lines.append(f"… and {error.count - len(lines)} more.")
    return "\n".join([*lines, error.sentence()])
