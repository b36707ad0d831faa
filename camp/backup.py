"""Backups: one verified archive of an installation, its lasting keys beside it, and only so many kept.

Kept are the database, uploads/ and config.toml without its secrets. Left out is what can be made anew (files/: prints
and books), what is of the moment (mail/), and keys.toml: the two keys that never change go into a file of their own.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from camp import archive, clock, database_dump, database_file, ledger
from camp.config import KEYS, Config

FOLDER = "backups"
LASTING = ("vote_key", "badge_key")
_OURS = re.compile(r"camp-\d{8}T\d{6}\.\d{6}Z\.tar")
_SECRETS = KEYS
_ADDRESSES = ("smtp_url", "database_url")  # which may hold a password


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup left: the archive, the file of keys (and whether it is new), older archives that went, secrets
    of config.toml that are not in it."""

    path: Path
    keys: Path
    new_keys: bool
    gone: tuple[Path, ...]
    left_out: tuple[str, ...]


def make(config: Config, folder: Path | None = None, keep: int | None = None) -> Made:
    """Make a backup in a folder (instance/backups), read it back, then remove the oldest beyond `keep`.

    Raises CampError if it cannot be made; then nothing is left and nothing older is gone.
    """
    folder = folder or config.folder / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _only_one(folder), tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as place:
        path, left_out = _archive(config, folder, Path(place))
        keys, new = _keep_keys(config, folder)
        ledger.merge(folder / ledger.NAME, config.folder / ledger.NAME)
        gone = _older(folder, keep) if keep else ()
        for old in gone:
            old.unlink()
        ledger.sync_folder(folder)
    return Made(path, keys, new, gone, left_out)


def all_in(folder: Path) -> list[Path]:
    """The archives of a folder, oldest first."""
    return sorted(path for path in folder.glob("camp-*.tar") if _OURS.fullmatch(path.name)) if folder.is_dir() else []


def has_schema(config: Config) -> bool:
    """Whether there is anything to save; opens no application."""
    if is_embedded(config):
        path = database_file.path_of(config.database)
        return path.exists() and database_file.revision(path) != ""
    return database_dump.revision(config.database) != ""


def is_embedded(config: Config) -> bool:
    """Whether the database is a file of ours."""
    return config.database.startswith("sqlite")


def fingerprint(keys: dict[str, str]) -> str:
    """By what a backup knows the vote key and the badge key that belong to it; tells nobody anything about them."""
    return hmac.new(_joined(keys), b"camp backup fingerprint", hashlib.sha256).hexdigest()[:16]


def secret_mark(config: Config) -> str:
    """By what a backup knows whether the sign-in secret is still the same."""
    return hmac.new(config.secret_key.encode(), b"camp backup secret", hashlib.sha256).hexdigest()[:16]


def seal_key(keys: dict[str, str]) -> bytes:
    """The key of the archive's seal, so that nobody without the keys can make one that is taken."""
    return hmac.new(_joined(keys), b"camp backup seal", hashlib.sha256).digest()


def lasting_keys(config: Config) -> dict[str, str]:
    """The two keys that never change while a camp lives."""
    return {name: getattr(config, name) for name in LASTING}


def keys_file(folder: Path, mark: str) -> Path:
    """Where the keys of a fingerprint lie beside the archives."""
    return folder / f"keys-{mark}.toml"


def _archive(config: Config, folder: Path, place: Path) -> tuple[Path, tuple[str, ...]]:
    keys, now = lasting_keys(config), clock.now()
    name, revision = _database(config, place)
    text, left_out = without_secrets(config.folder / archive.CONFIG)
    files = [(name, place / name)]
    if text is not None:
        (place / archive.CONFIG).write_text(text, "utf-8")
        files.append((archive.CONFIG, place / archive.CONFIG))
    files += [(str(path.relative_to(config.folder)), path) for path in _uploads(config.folder)]
    draft = place / "draft.tar"
    head = archive.Manifest(now, revision, fingerprint(keys), secret_mark(config), {})
    archive.write(draft, files, head, seal_key(keys))
    archive.check(draft, seal_key(keys))
    path = folder / f"camp-{now:%Y%m%dT%H%M%S.%f}Z.tar"
    draft.rename(path)
    ledger.sync_folder(folder)
    return path, left_out


def _database(config: Config, place: Path) -> tuple[str, str]:
    if is_embedded(config):
        copy = place / archive.SQLITE
        database_file.copy(database_file.path_of(config.database), copy)
        revision = database_file.revision(copy)
        database_file.check(copy, revision)
        return archive.SQLITE, revision
    revision = database_dump.revision(config.database)
    database_dump.make(config.database, place / archive.DUMP)
    database_dump.check(place / archive.DUMP)
    return archive.DUMP, revision


def _uploads(folder: Path) -> Iterator[Path]:
    for path in sorted((folder / archive.UPLOADS).rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.endswith(".part"):
            yield path


def without_secrets(path: Path) -> tuple[str | None, tuple[str, ...]]:
    """The text of a config.toml without passwords and keys, and which ones were left out; no text if that fails."""
    if not path.exists():
        return None, ()
    text = path.read_text("utf-8")
    values = tomllib.loads(text)
    secret = [name for name in _SECRETS if values.get(name)]
    secret += [name for name in _ADDRESSES if _has_password(values.get(name, ""))]
    for name in secret:
        text = re.sub(rf"(?m)^[ \t]*[\"']?{name}[\"']?[ \t]*=.*$", f"# {name} is not in the backup.", text)
    try:
        whole = tomllib.loads(text) == {name: value for name, value in values.items() if name not in secret}
    except tomllib.TOMLDecodeError:
        whole = False
    return (text, tuple(secret)) if whole else (None, (archive.CONFIG,))


def _has_password(address: Any) -> bool:
    return isinstance(address, str) and "://" in address and bool(make_url(address).password)


def _keep_keys(config: Config, folder: Path) -> tuple[Path, bool]:
    keys = lasting_keys(config)
    path = keys_file(folder, fingerprint(keys))
    text = "# Without these keys the backups beside this file cannot be restored. Keep a copy somewhere else.\n"
    text += "".join(f"{name} = {json.dumps(value)}\n" for name, value in keys.items())
    if path.exists() and path.read_text("utf-8") == text:
        return path, False
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path, True


def _older(folder: Path, keep: int) -> tuple[Path, ...]:
    found = all_in(folder)
    return tuple(found[:max(0, len(found) - keep)])


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder; what one that was killed left behind goes."""
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        for stale in folder.glob(".making-*"):
            for path in stale.iterdir():
                path.unlink()
            stale.rmdir()
        yield
    finally:
        os.close(number)


def _joined(keys: dict[str, str]) -> bytes:
    return "\0".join(keys[name] for name in LASTING).encode()
