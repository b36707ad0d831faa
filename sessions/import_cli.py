"""`camp import-proposals`: proposals from a list of whatever program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from camp.commands import lists
from camp.commands.context import NOTHING, Exit, application, camp_of, example, say


@click.command("import-proposals", epilog=example("camp import-proposals topics.csv --camp ecm27 --dry-run"))
@lists.options("title, hosts, description, tags, format, language, level, length, needs, away, off_record, note_taker, "
               "who_comes, offers, how")
@click.pass_obj
def import_proposals(instance: Path, file: Path, slug: str, columns: Sequence[str], leave_out_bad: bool,
                     dry_run: bool) -> None:
    """Put the proposals of FILE (CSV or XLSX) on a camp's wall, or update them by title.

    All or nothing, unless bad lines are left out; importing again makes nothing double. Bad lines are printed on
    stdout, one a line.
    """
    with application(instance):
        from camp.db import db, writing
        from sessions import proposal_file, proposal_import
        camp = camp_of(slug)
        sheet, broken = lists.read(file, proposal_import.read)
        heading = sheet.lines[0][1]
        fields = lists.fields_told(heading, proposal_file.guess(heading), columns, proposal_file.FIELDS)
        plan = proposal_import.plan(camp, file.name, sheet, broken, fields)
        for problem in plan.problems:
            click.echo(problem.sentence())
        say(f"{plan.new} new, {plan.known} on the wall already, {len(plan.problems)} bad lines")
        if dry_run:
            return
        db.session.rollback()
        with writing():
            again = proposal_import.plan(camp, file.name, sheet, broken, fields)
            tally = proposal_import.carry_out(camp, again, partial=leave_out_bad)
        if not tally:
            raise Exit(NOTHING, "The wall holds all of this already; nothing changed.")
        say(f"proposals: {tally}")
