"""`camp serve`: the web processes and the worker, kept running."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import click

from camp import config as settings
from camp import serve as serving
from camp.commands.context import application, example, refusals, say


@click.command(epilog=example("camp serve --host 127.0.0.1 --port 8000"))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 is all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.pass_obj
def serve(folder: Path, host: str, port: int) -> None:
    """Run web processes and the worker until you press Ctrl-C. Never makes or changes the schema."""
    with application(folder):  # refuses where a step is missing
        pass
    with refusals():
        config = settings.load(folder)
        plug = serving.listen(host, port)
    config = at(config, plug)
    say(f"Camp runs at {config.base_url}; it listens at {where(plug)}. Ctrl-C ends it.")
    if warning := serving.warning(config, host):
        say(warning)
    serving.run(config, plug, say)
    say("Camp has ended.")


def at(config: settings.Config, plug: socket.socket) -> settings.Config:
    """The settings with the address of the socket, unless base_url is set to something."""
    if config.base_url != settings.Config(config.folder).base_url:
        return config
    host, port = plug.getsockname()[:2]
    everywhere = host in ("0.0.0.0", "::")  # nosec B104  # compares, binds nothing
    shown = "127.0.0.1" if everywhere else f"[{host}]" if ":" in host else host
    return replace(config, base_url=f"http://{shown}:{port}")


def where(plug: socket.socket) -> str:
    """Host and port of a listening socket."""
    host, port = plug.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
