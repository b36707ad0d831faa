"""`camp import-proposals`: proposals from a list of whatever program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from camp.commands.context import FAILED, NOTHING, Exit, application, camp_of, example, fields_told, say


@click.command("import-proposals", epilog=example("camp import-proposals topics.csv --camp ecm27 --dry-run"))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--camp", "slug", required=True, metavar="SLUG", help="The camp on whose wall they go.")
@click.option("--column", "columns", multiple=True, metavar="HEADING=FIELD",
              help="What a column is, if its heading does not tell; FIELD is one of: title, hosts, description, tags, "
                   "format, language, level, length, needs, away, off_record, note_taker, who_comes, offers, how; "
                   "empty: leave it out.")
@click.option("--leave-out-bad", is_flag=True, help="Import the good lines although others are bad.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and store nothing.")
@click.pass_obj
def import_proposals(instance: Path, file: Path, slug: str, columns: Sequence[str], leave_out_bad: bool,
                     dry_run: bool) -> None:
    """Put the proposals of FILE (CSV or XLSX) on a camp's wall, or update them by title.

    All or nothing, unless bad lines are left out; importing again makes nothing double. Bad lines are printed on
    stdout, one a line.
    """
    with application(instance):
        from camp.db import db, writing
        from camp.tables import Unreadable
        from sessions import proposal_file, proposal_import
        camp = camp_of(slug)
        try:
            sheet, broken = proposal_import.read(file.name, file.read_bytes())
        except Unreadable as error:
            raise Exit(FAILED, error.problem.sentence()) from error
        fields = fields_told(sheet.lines[0][1], proposal_file.guess(sheet.lines[0][1]), columns, proposal_file.FIELDS)
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
