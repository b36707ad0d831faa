"""Restoring a backup: everything is checked and made ready beside the data, then put in its place in one step."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, func, select, update

from camp import archive, backup, clock, config, database_dump, database_file, erasure, ledger, log, schema
from camp.archive import Refused
from camp.config import KEYS_FILE, Config
from camp.db import db
from camp.erasure import Means
from camp.models import Camp, Invitation, Job, Mail, SecondFactor, SignIn, SignInLink

# No erasure takes longer from its line in the ledger to its commit; older lines are in the backup for certain.
_LONGEST = timedelta(days=1)
# Larger than what any camp counts between two backups: no number that was given out since comes again.
_AHEAD = 1_000_000


@dataclass(frozen=True, slots=True)
class Ready:
    """A checked backup, laid out in a folder beside the data; `settings` are those that hold once it is in place."""

    manifest: archive.Manifest
    place: Path
    settings: Config
    lines: tuple[ledger.Line, ...]

    @property
    def database(self) -> Path:
        """The file of the database, or its dump."""
        return self.place / (archive.SQLITE if archive.SQLITE in self.manifest.files else archive.DUMP)

    @property
    def staged(self) -> Config:
        """Settings with which the backup's own database can be opened before it is in place."""
        if not backup.is_embedded(self.settings):
            return self.settings
        return replace(self.settings, database_url=f"sqlite:///{self.database}")


@dataclass(frozen=True, slots=True)
class Settled:
    """What a restored database had to lose."""

    sign_ins: int
    mails: int
    jobs: int
    erased: int
    factors: int


@contextmanager
def ready(folder: Path, path: Path, keys_from: Path | None) -> Iterator[Ready]:
    """Check a backup by its content and lay it out beside an instance. Raises CampError before anything is touched."""
    manifest = archive.look(path)
    keys = _keys(folder, manifest, path, keys_from)
    if not schema.knows(manifest.revision):
        raise Refused(f"This backup has the schema {manifest.revision!r}, which this program does not know.",
                      "Restore it with the program that made it, or a newer one.")
    parent = _existing(folder)
    if shutil.disk_usage(parent).free < 2 * path.stat().st_size:
        raise Refused(f"There is not enough room in {parent}.", "Make room for twice the size of the backup.")
    with tempfile.TemporaryDirectory(dir=parent, prefix=".restoring-") as name:
        place = Path(name)
        archive.check(path, backup.seal_key(keys), place)
        settings = _settings(folder, place, keys)
        _check_database(place, manifest, settings)
        lines = ledger.merge(place / ledger.NAME, folder / ledger.NAME, path.parent / ledger.NAME)
        yield Ready(manifest, place, settings, tuple(lines))


@contextmanager
def held(found: Ready) -> Iterator[None]:
    """Nobody else uses the data meanwhile. Raises Conflict if somebody does."""
    if backup.is_embedded(found.settings):
        with database_file.alone(database_file.path_of(found.settings.database)):
            yield
    else:
        database_dump.refuse_if_used(found.settings.database)
        yield


def put_in(found: Ready) -> None:
    """Put everything that was made ready in its place; the database last, in one step.

    What was there stays as .before-restore; what can be made anew (files/) goes, as it may show what is undone.
    """
    folder = found.settings.folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (archive.CONFIG, KEYS_FILE):
        _put_setting(folder / name, found.place / name)
    ledger.merge(folder / ledger.NAME, found.place / ledger.NAME)
    _put_uploads(folder, found.place)
    if backup.is_embedded(found.settings):
        database_file.replace(database_file.path_of(found.settings.database), found.database)
    _take_out_uploads(folder, found.manifest.files)
    for stale in (folder / "files", *(path for path in folder.glob(".restoring-*") if path != found.place)):
        shutil.rmtree(stale, ignore_errors=True)
    ledger.sync_folder(folder)


def play(found: Ready) -> None:
    """For a database server: keep a dump of what is there, then put the backup's content in its place."""
    address, kept = found.settings.database, found.settings.folder / f"database{database_file.BEFORE}.dump"
    if database_dump.revision(address):
        kept.unlink(missing_ok=True)
        database_dump.make(address, kept)
    database_dump.play(address, found.database)


def settle(found: Ready, means: Means) -> Settled:
    """In the restored database: end all sign-ins and devices, drop unsent mail, re-apply erasures made since.

    A mail that was unsent then may have been sent since, and its links are void: none goes out twice. Second factors
    are made from the sign-in secret; under a new one only their recovery codes open, and they are counted.
    """
    now = clock.now()
    ended = _count(delete(SignIn))
    db.session.execute(delete(SignInLink))
    db.session.execute(delete(Invitation))  # one of them may have been withdrawn since
    mails = _count(update(Mail).where(Mail.state.in_(("queued", "sending"))).values(
        state="void", values={}, claimed_until=None, trouble=""))
    jobs = _count(update(Job).where(Job.state.in_(("queued", "running"))).values(state="cancelled", ended_at=now))
    for eraser in means.erasers:
        eraser.settle()
    db.session.execute(update(Camp).values(change_number=Camp.change_number + _AHEAD))
    erased = erasure.again(_since(found), means)
    void = found.manifest.secret != backup.secret_mark(found.settings)
    factors = db.session.scalar(select(func.count()).select_from(SecondFactor)) or 0 if void else 0
    log.note("restored a backup", made_at=found.manifest.made_at.isoformat(), erased=erased)
    return Settled(ended, mails, jobs, erased, factors)


def _since(found: Ready) -> Iterable[ledger.Line]:
    known, oldest = erasure.known_lines(), found.manifest.made_at - _LONGEST
    return [line for line in found.lines if line.number not in known and line.moment > oldest]


def _count(statement: object) -> int:
    return int(db.session.execute(statement).rowcount)  # type: ignore[call-overload]


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.is_dir())


def _keys(folder: Path, manifest: archive.Manifest, path: Path, keys_from: Path | None) -> dict[str, str]:
    """The keys that belong to a backup: those given, else the instance's, else those beside the backup."""
    mine = backup.lasting_keys(config.load(folder))
    beside = backup.keys_file(path.parent, manifest.keys)
    if keys_from is None and all(mine.values()):
        if backup.fingerprint(mine) != manifest.keys:
            raise Refused("This backup belongs to other keys than this instance has: votes and printed badges would be "
                          "nobody's.", f"Give its keys: --keys {beside.name}")
        return mine
    keys = _read_keys(keys_from or beside)
    if backup.fingerprint(keys) != manifest.keys:
        raise Refused(f"{keys_from or beside} does not hold the keys of this backup.", f"They are in {beside.name}.")
    if keys != mine and all(mine.values()) and ledger.read(folder / ledger.NAME):
        raise Refused("This instance has erased people under other keys, which could not be erased again.",
                      "Restore into a new folder: camp --instance DIR restore …")
    return keys


def _read_keys(path: Path) -> dict[str, str]:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
        return {name: str(values[name]) for name in backup.LASTING}
    except (OSError, KeyError, ValueError) as error:
        raise Refused(f"The keys of this backup are missing: {path} cannot be read.",
                      "Give the file: --keys FILE") from error


def _settings(folder: Path, place: Path, keys: dict[str, str]) -> Config:
    """Lay the settings out that will hold: the instance's own config.toml, else the backup's, and the keys."""
    own = folder / archive.CONFIG
    if own.exists():
        shutil.copy(own, place / archive.CONFIG)
    values = tomllib.loads((folder / KEYS_FILE).read_text("utf-8")) if (folder / KEYS_FILE).exists() else {}
    values = {"secret_key": secrets.token_urlsafe(32)} | values | keys
    text = "# Keep this file secret, and keep it: see config.toml.\n"
    text += "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items())
    with os.fdopen(os.open(place / KEYS_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    settings = replace(config.load(place), folder=folder)
    if backup.lasting_keys(settings) != keys:
        raise Refused("The environment sets other keys than those of this backup.",
                      "Take CAMP_VOTE_KEY and CAMP_BADGE_KEY away.")
    return settings


def _check_database(place: Path, manifest: archive.Manifest, settings: Config) -> None:
    expected = archive.SQLITE if backup.is_embedded(settings) else archive.DUMP
    if expected not in manifest.files:
        raise Refused("This backup is of another kind of database than this instance uses.",
                      "Set database_url to that kind first.")
    if expected == archive.SQLITE:
        database_file.check(place / expected, manifest.revision)
    else:
        database_dump.check(place / expected)


def _put_setting(path: Path, fresh: Path) -> None:
    """A setting that is there and says the same stays as it is, comments and all."""
    if not fresh.exists():
        return
    if path.exists():
        if tomllib.loads(path.read_text("utf-8")) == tomllib.loads(fresh.read_text("utf-8")):
            return
        path.replace(path.with_name(path.name + database_file.BEFORE))
    fresh.chmod(0o600)
    fresh.replace(path)


def _put_uploads(folder: Path, place: Path) -> None:
    """Add what is missing and replace what differs; nothing goes yet, so that each database finds its files."""
    source = place / archive.UPLOADS
    for fresh in sorted(path for path in source.rglob("*") if path.is_file()):
        path = folder / archive.UPLOADS / fresh.relative_to(source)
        if path.exists():
            _set_aside(folder, path)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.replace(path)


def _take_out_uploads(folder: Path, kept: Iterable[str]) -> None:
    wanted = {folder / name for name in kept}
    for path in sorted((folder / archive.UPLOADS).rglob("*")):
        if path.is_file() and path not in wanted:
            _set_aside(folder, path)


def _set_aside(folder: Path, path: Path) -> None:
    aside = folder / f"{archive.UPLOADS}{database_file.BEFORE}" / path.relative_to(folder / archive.UPLOADS)
    aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.replace(aside)
