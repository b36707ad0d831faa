"""`camp clone`: make a camp after the pattern of another one, without its people."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import application, camp_of, example, say

if TYPE_CHECKING:  # they load the database's library, which help does without
    from camp.cloning import New
    from camp.models import Camp


@click.command(epilog=example("camp clone ecm27 ecm28 --date 2028-04-22 --organiser you@example.org"))
@click.argument("source", metavar="CAMP")
@click.argument("slug", metavar="NEW")
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
              help="The first day of the new camp, as 2028-04-22; everything else moves with it.")
@click.option("--title", help="Its title. Default: that of the old camp with the year counted on.")
@click.option("--organiser", required=True, metavar="ADDRESS", help="Who organises the new camp.")
@click.pass_obj
def clone(instance: Path, source: str, slug: str, day: datetime, title: str | None, organiser: str) -> None:
    """Make the camp NEW with all that was set up at CAMP: texts, rooms, slots, phases, questions, partners, rules.

    No person, nothing that people wrote and no secret goes with it. It is not open, and its texts wait to be checked.
    Prints the new camp's address.
    """
    with application(instance) as app:
        from camp import cloners, cloning, pages, people
        from camp.db import writing
        address = people.normal_address(organiser)
        with writing():
            old = camp_of(source)
            new = _named(old, slug, title, day.date())
            made = cloning.clone(old, new, cloners.of(app), person_id=people.ensure(address).id)
        click.echo(pages.external("public.home", camp=made.slug))
        say(f"{address} organises it. The page Set-up says which texts wait to be checked.")


def _named(old: Camp, slug: str, title: str | None, day: date) -> New:
    from camp import cloning
    usual = cloning.proposed(old, day)
    return cloning.New(slug, title or usual.title, usual.hashtag, day)
