"""`camp init`: an instance with settings, keys, a database and its first administrator."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import click

from camp import config
from camp.commands.context import FAILED, NOTHING, Exit, bare_application, example, refusals, say

EXAMPLE = Path(__file__).with_name("config.example.toml")


@click.command(epilog=example("camp --instance /srv/camp init --email you@example.org"))
@click.option("--email", metavar="ADDRESS", help="Who runs this installation; asked for if it is missing.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.pass_obj
def init(folder: Path, email: str | None, yes: bool) -> None:
    """Make an instance: settings, keys, database, first administrator.

    What is there already stays as it is. Prints a sign-in link that works once, for 15 minutes.
    """
    if email is None and (folder / config.KEYS_FILE).exists():
        raise Exit(NOTHING, f"{folder} is an instance already. A new sign-in link: camp init --email ADDRESS")
    address = _address(email, yes)
    lay_out(folder)
    click.echo(_administrator(folder, address))
    say(f"This link signs {address} in, once, within 15 minutes. The instance is {folder}.\n"
        "Next: camp serve, then open the link. A camp from files: camp load FOLDER")


def lay_out(folder: Path) -> None:
    """Make the folder of an instance with its settings and keys; what is there stays."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder / "config.toml", EXAMPLE.read_text("utf-8"))
    _write(folder / config.KEYS_FILE, "# Keep this file secret, and keep it: see config.toml.\n" + "".join(
        f'{key} = "{secrets.token_urlsafe(32)}"\n' for key in config.KEYS))
    settings = config.load(folder)
    missing = [key for key in config.KEYS if not getattr(settings, key)]
    if missing:
        raise Exit(FAILED, f"{folder / config.KEYS_FILE} lacks {', '.join(missing)}. Put the key back, or a new one: "
                   "a text of at least 32 random characters.")


def _write(path: Path, text: str) -> None:
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(text)


def _address(email: str | None, yes: bool) -> str:
    from camp.people import normal_address
    if email is None and (yes or not sys.stdin.isatty()):
        raise click.UsageError("Who runs this installation? Give it as: --email ADDRESS")
    with refusals():
        return normal_address(email or click.prompt("Your mail address", err=True))


def _administrator(folder: Path, address: str) -> str:
    with bare_application(folder):
        from camp import pages, people, schema, signing_in
        from camp.db import writing
        schema.upgrade()
        with writing():
            person = people.ensure(address)
            person.administrator = True
            return pages.external("people.link", token=signing_in.operator_link(person, "/"))
