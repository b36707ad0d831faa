"""`camp work`: the worker alone."""

from __future__ import annotations

from pathlib import Path

import click

from camp.commands.context import application, example


@click.command(epilog=example("camp work"))
@click.pass_obj
def work(folder: Path) -> None:
    """Send mails and run jobs until SIGTERM. `camp serve` starts this itself; one worker is enough."""
    with application(folder, acts=False) as app:
        from camp import worker
        worker.run(app)
