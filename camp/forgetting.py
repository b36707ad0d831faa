"""Forgetting people down to the last file: the ledger before the commit, printed files and laid-down mails after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from camp import (
    backup,
    catering_orders,
    clock,
    database_dump,
    database_file,
    erasure,
    ledger,
    people,
    retention,
    roster,
)
from camp.config import Config
from camp.db import db
from camp.erasure import Means
from camp.errors import N_, Conflict
from camp.models import Camp, Participant, Person


def forget(config: Config, means: Means, person: Person, places: Sequence[tuple[Camp, Participant]],
           camp: Camp | None) -> list[Path]:
    """Erase a person at a camp, or everywhere; gives the files to remove after the commit (`clean_up`).

    `places` are those where it happens. The line goes into the ledger before the commit: better one erasure too many
    after a restore than one too few. Raises Conflict while something is printed with the names of a camp.
    """
    erasure.refuse_while_printing(at for at, _ in places)
    stale = [path for at, _ in places for eraser in means.erasers for path in eraser.files(config.folder, at)]
    stale += erasure.letters_to(config.mail_folder, person.email)
    line = ledger.line(means.key, person.email, camp.slug if camp else "", clock.now())
    ledger.append(config.folder / ledger.NAME, [line])
    if camp is None:
        erasure.erase_person(person, means, line.number)
    else:
        erasure.erase(*places[0], means, line.number)
    return [*stale, *(config.folder / "files").glob("*.part")]


def at_own_wish(config: Config, means: Means, camp: Camp, who: Participant) -> list[Path]:
    """Erase somebody at a camp who asked for it. Raises Conflict for the last organiser: a camp always has one."""
    if camp in erasure.last_organisers(who.person):
        raise Conflict(N_("Nobody else organises this camp."),
                       N_("Make somebody else organiser first, then erase yourself."))
    return forget(config, means, who.person, [(camp, who)], camp)


def by_date(config: Config, means: Means, camp_id: int, ids: Sequence[int]) -> list[Path]:
    """Erase these participants of a camp, because their time is over; those who are gone meanwhile are left out."""
    stale: list[Path] = []
    for number in ids:
        camp = db.session.get_one(Camp, camp_id)
        who = people.of(camp, number)
        if who is not None:
            stale += forget(config, means, who.person, [(camp, who)], camp)
    return stale


def helpers_by_date(config: Config, means: Means, camp_id: int) -> list[Path]:
    """End the roles of helpers and caterers; who is nowhere else is forgotten altogether.

    The roster goes with them; of meals the numbers stay.
    """
    stale: list[Path] = []
    camp = db.session.get_one(Camp, camp_id)
    catering_orders.forget_all(camp)
    roster.forget_all(camp)
    for number in retention.helpers(camp):
        person = db.session.get_one(Person, number)
        for name in people.roles_of(camp_id, number) - {"organiser", "moderator"}:
            people.take_role(camp, person, name)
        if not erasure.is_needed(person):
            stale += forget(config, means, person, [], None)
    return stale


def clean_up(config: Config, paths: Iterable[Path]) -> None:
    """After the commit: let the backups know, and remove the files."""
    if (config.folder / backup.FOLDER).is_dir():
        ledger.merge(config.folder / backup.FOLDER / ledger.NAME, config.folder / ledger.NAME)
    for path in paths:
        path.unlink(missing_ok=True)


def clear_log(config: Config) -> bool:
    """Rewrite the database, so that its pages and its log hold nothing of those erased; False if somebody reads on."""
    if backup.is_embedded(config):
        return database_file.forget(database_file.path_of(config.database))
    return database_dump.forget(config.database)
