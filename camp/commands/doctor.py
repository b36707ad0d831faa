"""`camp doctor`: what is missing or unsafe."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from camp.commands.context import FAILED, WARNINGS, Exit, bare_application, example


@click.command(epilog=example("camp doctor --json"))
@click.option("--json", "as_json", is_flag=True, help="For programs: one list of objects.")
@click.option("--strict", is_flag=True, help="End with 4 if there are warnings.")
@click.pass_obj
def doctor(folder: Path, as_json: bool, strict: bool) -> None:
    """Look at Python, PDF library, fonts, database, mail, disk, keys and address; say what to do."""
    with bare_application(folder) as app:
        from camp.doctor import findings
        found = list(findings(app.config["CAMP"]))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], indent=2))
    else:
        for finding in found:
            click.echo(f"{finding.level:<5} {finding.name:<9} {finding.text} {finding.remedy}".rstrip())
    levels = {finding.level for finding in found}
    if "fail" in levels:
        raise Exit(FAILED, "Something fails; the lines say what to do.")
    if strict and "warn" in levels:
        raise Exit(WARNINGS, "There are warnings; the lines say what to do.")
