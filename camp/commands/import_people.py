"""`camp import`: people from a list of whatever program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands import lists
from camp.commands.context import NOTHING, Exit, application, camp_of, example, say

if TYPE_CHECKING:  # they load the database's library, which help does without
    from camp.people_import import Plan


@click.command("import", epilog=example("camp import attendees.csv --camp ecm27 --dry-run"))
@lists.options("given_name, family_name, name, email, organisation, kind, town, hashtags, shirt, diet, photo, "
               "first_time, registered_at")
@click.pass_obj
def import_people(instance: Path, file: Path, slug: str, columns: Sequence[str], leave_out_bad: bool,
                  dry_run: bool) -> None:
    """Register or update the people of FILE (CSV or XLSX) at a camp.

    Lists of pretix, Eventbrite, XING and our own export are known. All or nothing, unless bad lines are left out;
    importing again makes nobody double. Bad lines are printed on stdout, one a line.
    """
    with application(instance):
        from camp import people_columns, people_import
        from camp.db import db, writing
        camp = camp_of(slug)
        sheet, broken = lists.read(file, people_import.read)
        heading = sheet.lines[0][1]
        fields = lists.fields_told(heading, people_columns.guess(heading), columns, people_columns.FIELDS)
        plan = people_import.plan(camp, file.name, sheet, broken, fields)
        db.session.rollback()
        _say(plan, people_columns.layout(heading))
        if dry_run:
            return
        with writing():
            tallies = people_import.carry_out(camp, plan, partial=leave_out_bad)
        for name, tally in tallies.items():
            if tally:
                say(f"{name}: {tally}")
        if not any(tallies.values()):
            raise Exit(NOTHING, "The camp holds all of this already; nothing changed.")


def _say(plan: Plan, layout: str) -> None:
    if layout:
        say(f"The list comes from {'an export of ours' if layout == 'camp' else layout}.")
    for problem in plan.problems:
        click.echo(problem.sentence())
    counts = ((plan.new, "new"), (plan.known, "registered already"), (plan.cancelled, "left out: cancelled there"),
              (plan.doubled, "lines that say nothing new"), (len(plan.problems), "bad lines"))
    say(", ".join(f"{number} {word}" for number, word in counts if number) or "The list holds nobody.")
