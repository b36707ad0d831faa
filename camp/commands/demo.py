"""`camp demo`: a full, invented camp that takes place today, in an instance of its own, served."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import click
from click.core import ParameterSource

from camp import config as settings
from camp import serve as serving
from camp.commands.context import FAILED, Exit, bare_application, example, refusals, say
from camp.commands.init import lay_out
from camp.commands.serve import at

MARK = "this-is-a-demo"
_PHASES = ("voting", "pitch", "day", "after")  # as in camp.demo_camp, which loads the database's library


@click.command(epilog=example("camp demo --phase voting --port 8001"))
@click.option("--phase", type=click.Choice(_PHASES), default="day", show_default=True,
              help="Before the camp, in the pitch round, in the third session slot, the day after.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 is all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--instance", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="The demo's own folder, made anew each time. Default: ./instance/demo")
@click.option("--keep", is_flag=True, help="Go on with the demo camp of last time.")
@click.pass_context
def demo(ctx: click.Context, phase: str, host: str, port: int, instance: Path | None, keep: bool) -> None:
    """Make an invented camp of today, print a sign-in link for each role, and serve it until you press Ctrl-C."""
    folder = (instance or _folder(ctx)).resolve()
    with refusals():
        plug = serving.listen(host, port)
    with closing(plug):
        prepare(folder, keep)
        config = at(settings.load(folder), plug)
        for role, link in links(config, folder, phase):
            click.echo(f"{role:<14} {link}")
        say("Each link signs in once, within 15 minutes; new ones come with: camp demo --keep\n"
            f"The demo runs at {config.base_url}; its folder is {folder}. Ctrl-C ends it.")
        if warning := serving.warning(config, host):
            say(warning)
        serving.run(config, plug, say)
    say("The demo has ended.")


def _folder(ctx: click.Context) -> Path:
    group = ctx.parent
    if group is not None and group.get_parameter_source("instance") is not ParameterSource.DEFAULT:
        return Path(ctx.obj)
    return Path(ctx.obj) / "demo"


def prepare(folder: Path, keep: bool) -> None:
    """An empty demo instance, or the one of last time. Raises Exit(1) for a folder that holds anything else."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise Exit(FAILED, f"{folder} holds something that is no demo. Choose another folder: "
                       "camp demo --instance DIR")
        if not keep:
            shutil.rmtree(folder)
    lay_out(folder)
    (folder / MARK).touch()


def links(config: settings.Config, folder: Path, phase: str) -> list[tuple[str, str]]:
    """Make the demo camp if it is not there, and give a sign-in link for each role."""
    with bare_application(folder) as app:
        from camp import camps, demo_camp, schema
        from camp.db import db, writing
        from camp.signing_in import operator_link
        app.config["CAMP"] = config
        if schema.revision() != schema.newest():
            schema.upgrade()
        camp = camps.by_slug(demo_camp.SLUG)
        if camp is None:
            db.session.rollback()
            say(f"Making the demo camp ({phase}) …")
            camp = demo_camp.make(app, phase)
            if camp.timezone != "Europe/Berlin":
                say(f"At this hour the camp takes place in the time zone {camp.timezone}, so that its day fits.")
        with writing():
            cast = demo_camp.cast(app, camp)
            rows = [(role, f"{config.base_url}/sign-in/{operator_link(who.person, path)}")
                    for role, (who, path) in cast.roles.items()]
    return rows + cast.lines
