"""What commands stand on: the application of an instance, a camp by its slug, and refusals with an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from camp.errors import CampError

if TYPE_CHECKING:  # Flask and SQLAlchemy load only when a command needs the application
    from flask import Flask

    from camp.config import Config
    from camp.models import Camp

DONE, FAILED, USAGE, NOTHING, WARNINGS, INTERRUPTED = 0, 1, 2, 3, 4, 130


class Exit(click.ClickException):
    """End the command with a code (see the constants above) and a sentence on stderr; an empty one is not said."""

    def __init__(self, code: int, sentence: str = "") -> None:
        super().__init__(sentence)
        self.exit_code = code  # type: ignore[misc]  # click declares it for the class

    def show(self, file: IO[Any] | None = None) -> None:
        """Say what is wrong and what to do."""
        if self.message:
            say(self.message)


def say(text: str) -> None:
    """Chatter: a line on stderr, so that stdout holds nothing but data."""
    click.echo(text, file=sys.stderr)


@contextmanager
def refusals() -> Iterator[None]:
    """Inside, a CampError ends the command with code 1 and its sentence."""
    try:
        yield
    except CampError as error:
        raise Exit(FAILED, error.sentence()) from error


@contextmanager
def application(folder: Path, *, acts: bool = True) -> Iterator[Flask]:
    """The application of an initialised instance, inside a context in which addresses and texts can be made.

    What is noted in a log inside was done by the command, if it `acts` and is not the worker, which works for others.
    Raises Exit(1) if the instance was never initialised, its schema is another one, or a CampError is raised inside.
    """
    with refusals():
        with bare_application(folder) as app:
            from camp import log

            _check(app, folder)
            running = click.get_current_context(silent=True)
            with log.by_command(running.command_path if running is not None and acts else ""):
                yield app


@contextmanager
def bare_application(folder: Path) -> Iterator[Flask]:
    """As `application`, but for commands that make the schema: takes the database as it is."""
    with refusals(), opened(settings_of(folder)) as app:
        yield app


def settings_of(folder: Path) -> Config:
    """The settings of an instance. Raises Exit(1) if it was never initialised."""
    from camp import config

    with refusals():
        settings = config.load(folder)
    if not all(getattr(settings, key) for key in config.KEYS):
        raise Exit(FAILED, f"{folder} is no instance yet. {_start(folder)}")
    return settings


@contextmanager
def opened(settings: Config) -> Iterator[Flask]:
    """The application of any settings, with the database as it is."""
    from camp.app import create_app
    from camp.db import db

    with refusals():
        os.umask(0o077)  # database and mails are for the program's own user
        app = create_app(settings)
        # The context of a request to our own address: url_for and gettext need one, and there is no other server name.
        with app.test_request_context("/", base_url=settings.base_url):
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()


def camp_of(slug: str) -> Camp:
    """The camp of a slug, inside `application`. Raises Exit(1) with the slugs there are."""
    from camp import camps

    found = camps.by_slug(slug)
    if found is None:
        known = ", ".join(camp.slug for camp in camps.all_camps())
        raise Exit(FAILED, f"There is no camp “{slug}”. "
                   + (f"There is: {known}." if known else "Load one first: camp load FOLDER"))
    return found


def example(text: str) -> str:
    """The epilog of a command: a real call, shown at the end of its help."""
    return f"\b\nExample:\n  {text}"


def _check(app: Flask, folder: Path) -> None:
    from sqlalchemy.exc import DBAPIError

    from camp import schema
    from camp.db import db

    database = app.config["CAMP"].database
    if database.startswith("sqlite:///") and not Path(database.removeprefix("sqlite:///")).exists():
        raise Exit(FAILED, f"{folder} has no database yet. {_start(folder)}")
    try:
        with db.engine.connect() as connection:
            current = schema.is_current(connection)
    except DBAPIError as error:
        raise Exit(FAILED, f"The database does not answer: {error.orig}. Look at it with: camp doctor") from error
    if not current:
        raise Exit(FAILED, "The database has not the schema of this program. Run: camp db upgrade")


def _start(folder: Path) -> str:
    where = "" if folder == Path("instance").resolve() else f" --instance {folder}"
    return f"Make it with: camp{where} init"
