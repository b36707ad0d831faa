"""`camp erase`: forget a person, at one camp or everywhere, down to the last byte of the database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import NOTHING, Exit, application, camp_of, example, say

if TYPE_CHECKING:  # they load the database's library, which help does without
    from flask import Flask

    from camp.config import Config
    from camp.models import Camp, Participant, Person

    Places = list[tuple[Camp, Participant]]


@click.command(epilog=example("camp erase --email mai@example.org --dry-run"))
@click.option("--email", required=True, metavar="ADDRESS", help="Whom to erase.")
@click.option("--camp", "slug", metavar="CAMP", help="At this camp only. Default: everywhere.")
@click.option("--yes", is_flag=True, help="Do not ask for the address again.")
@click.option("--dry-run", is_flag=True, help="Only tell what would go.")
@click.pass_obj
def erase(folder: Path, email: str, slug: str | None, yes: bool, dry_run: bool) -> None:
    """Erase a person: registration, votes, picks, hosting, badge, sign-ins, mails, and the name in published texts.

    Prints what goes. A session without another host is withdrawn; notes stay, without the name. The ledger erased.jsonl
    keeps a keyed hash, so that a restored backup forgets them again.
    """
    with application(folder) as app:
        from camp import people
        from camp.db import db
        address = people.normal_address(email)
        _tell(app, *_found(address, slug))
        db.session.rollback()
        if dry_run:
            return
        _ask(address, yes)
        _erase(app, address, slug)
        _clear_log(app.config["CAMP"])
        _warn(folder)
    say(f"{address} is erased.")


def _found(address: str, slug: str | None) -> tuple[Person, Places]:
    from camp import erasure, people
    person = people.by_address(address)
    if person is None:
        raise Exit(NOTHING, f"Nobody here has the address {address}.")
    places = erasure.at_camps(person)
    if slug is not None:
        camp = camp_of(slug)
        places = [place for place in places if place[0].id == camp.id]
        if not places:
            raise Exit(NOTHING, f"{address} does not take part in {slug}.")
    return person, places


def _tell(app: Flask, person: Person, places: Places) -> None:
    from camp import erasers, erasure
    for camp, participant in places:
        counted: dict[str, int] = {"registration": 1}
        for eraser in erasers.of(app):
            counted |= eraser.numbers(camp, participant, app.config["CAMP"].vote_key)
        click.echo(f"{camp.slug}: " + ", ".join(f"{word} {number}" for word, number in counted.items()))
    for camp in erasure.last_organisers(person):
        say(f"Afterwards nobody organises {camp.slug}. Somebody new: camp load FOLDER --organiser ADDRESS")


def _ask(address: str, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("Nobody is there to type the address again. If you are sure: --yes")
    if str(click.prompt("This cannot be undone. Type the address again", err=True)).strip().lower() != address:
        raise click.UsageError("This is another address; nothing was erased.")


def _erase(app: Flask, address: str, slug: str | None) -> None:
    from camp import erasers, erasure, forgetting
    from camp.db import writing
    config: Config = app.config["CAMP"]
    means = erasure.Means(config.vote_key, erasers.of(app))
    with writing():
        person, places = _found(address, slug)
        stale = forgetting.forget(config, means, person, places, places[0][0] if slug is not None else None)
    forgetting.clean_up(config, stale)


def _clear_log(config: Config) -> None:
    from camp import forgetting
    from camp.db import db
    db.session.remove()
    db.engine.dispose()
    if not forgetting.clear_log(config):
        say("Somebody reads the database without end, so traces are left in its log. Run at a quiet time: camp erase "
            "for anybody, or end camp serve once.")


def _warn(folder: Path) -> None:
    from camp import backup
    older = [path.name for path in (*backup.all_in(folder / backup.FOLDER), *sorted(folder.glob("*.before-restore*")))]
    if older:
        say(f"These older copies still hold them: {', '.join(older)}.\n"
            "Restoring one erases them again; they go with camp backup --keep, or remove them.")
