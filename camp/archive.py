"""The file of a backup: a plain tar whose manifest names each file with its SHA-256 and whose seal covers every byte.

Any tar opens it. Only what this module would have written itself is read back: no links, no folders, no compression,
no second name for a file, so that a hostile file has nothing to work with (POSIX.1-1988, "ustar").
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from camp.errors import BadInput

FORMAT, VERSION = "camp-backup", 1
MANIFEST, SEAL = "manifest.json", "seal"
SQLITE, DUMP, CONFIG, UPLOADS = "database.sqlite3", "database.dump", "config.toml", "uploads"
_BLOCK, _CHUNK = 512, 1024 * 1024
_LARGEST_MANIFEST = 64 * 1024 * 1024
_END = b"\0" * (2 * _BLOCK)
_HASH = re.compile(r"[0-9a-f]{64}")


class Refused(BadInput):
    """This file is not restored; nothing was touched."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: `files` name → SHA-256, `keys` the fingerprint of the keys that belong to it.

    `secret` is that of the sign-in secret, which may change: what was derived from it is then of no use.
    """

    made_at: datetime
    revision: str
    keys: str
    secret: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    size: int
    at: int  # where its content begins


def write(path: Path, files: Iterable[tuple[str, Path]], head: Manifest, key: bytes) -> Manifest:
    """Write a backup, for nobody else to read, and bring it to the disk. `key` makes the seal.

    Gives `head` with the files that are in it. A file that vanishes before its turn is left out; raises Refused for a
    name that cannot be kept.
    """
    hashes: dict[str, str] = {}
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as raw:
        out = _Sealed(raw, key)
        for name, source in files:
            try:
                with source.open("rb") as file:
                    hashes[name] = _put(out, name, file, os.fstat(file.fileno()).st_size)
            except FileNotFoundError:
                continue
        manifest = replace(head, files=hashes)
        _put_bytes(out, MANIFEST, _told(manifest))
        raw.write(_tail(out.mac.hexdigest()))
        raw.flush()
        os.fsync(raw.fileno())
    return manifest


def look(path: Path) -> Manifest:
    """What a file says of itself, by its structure alone. Raises Refused if it is foreign, cut or another version's."""
    with _opened(path) as file:
        return _manifest(file, _members(file))


def check(path: Path, key: bytes, folder: Path | None = None) -> Manifest:
    """Check seal and every hash; with a folder, lay the files down in it on the way. Raises Refused.

    What was laid down before a refusal is the caller's to remove.
    """
    with _opened(path) as file:
        members = _members(file)
        manifest = _manifest(file, members)
        _check_seal(file, members[-1], key)
        for member in members[:-2]:
            if _copied(file, member, folder) != manifest.files[member.name]:
                raise Refused(f"{path} is damaged: {member.name} is not what was put in.", "Take another backup.")
    return manifest


class _Sealed:
    """Bytes on their way into the file, each of which the seal covers."""

    def __init__(self, raw: BinaryIO, key: bytes) -> None:
        self.raw, self.mac = raw, hmac.new(key, digestmod=hashlib.sha256)

    def write(self, data: bytes) -> None:
        self.raw.write(data)
        self.mac.update(data)


def _put(out: _Sealed, name: str, file: BinaryIO, size: int) -> str:
    out.write(_header(name, size))
    found, left = hashlib.sha256(), size
    while left:
        chunk = file.read(min(_CHUNK, left))
        if not chunk:
            raise Refused(f"{name} shrank while it was read.", "Run it again.")
        out.write(chunk)
        found.update(chunk)
        left -= len(chunk)
    out.write(b"\0" * (-size % _BLOCK))
    return found.hexdigest()


def _put_bytes(out: _Sealed, name: str, data: bytes) -> None:
    out.write(_header(name, len(data)) + data + b"\0" * (-len(data) % _BLOCK))


def _told(manifest: Manifest) -> bytes:
    return json.dumps({
        "format": FORMAT, "version": VERSION, "made_at": manifest.made_at.isoformat(), "revision": manifest.revision,
        "keys": manifest.keys, "secret": manifest.secret, "files": dict(manifest.files)},
        indent=1, ensure_ascii=False).encode()


def _tail(digest: str) -> bytes:
    return _header(SEAL, len(digest)) + digest.encode().ljust(_BLOCK, b"\0") + _END


def _header(name: str, size: int) -> bytes:
    """The header of a plain file: mode 600, nobody's, no date; the manifest tells the time."""
    base, prefix = name.encode(), b""
    if len(base) > 100:
        cut = base.find(b"/", len(base) - 101)
        prefix, base = base[:max(cut, 0)], base[cut + 1:]
    if len(base) > 100 or len(prefix) > 155 or size >= 8 ** 11:
        raise Refused(f"{name} cannot be kept: its name or size is beyond what a tar holds.", "Give it a shorter name.")
    number = b"0000000\0"
    block = b"".join((
        base.ljust(100, b"\0"), b"0000600\0", number, number, b"%011o\0" % size, b"%011o\0" % 0, b" " * 8, b"0",
        b"\0" * 100, b"ustar\x0000", b"\0" * 64, number, number, prefix.ljust(155, b"\0"), b"\0" * 12))
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error


def _members(file: BinaryIO) -> list[_Member]:
    """Every member up to the seal. Raises Refused for anything that this program would not have written."""
    end = os.fstat(file.fileno()).st_size
    found: list[_Member] = []
    while not found or found[-1].name != SEAL:
        member = _member(file.read(_BLOCK), file.tell(), first=not found)
        if member.at + member.size > end:
            raise _cut()
        found.append(member)
        file.seek(member.at + member.size + -member.size % _BLOCK)
    names = [member.name for member in found]
    if len(found) < 3 or names[-2] != MANIFEST or len(set(names)) < len(names):
        raise _damaged()
    return found


def _member(header: bytes, at: int, first: bool) -> _Member:
    if len(header) < _BLOCK and not first:
        raise _cut()
    try:
        prefix, base = header[345:500].rstrip(b"\0").decode(), header[:100].rstrip(b"\0").decode()
        name, size = f"{prefix}/{base}" if prefix else base, int(header[124:135], 8)
        if _is_ours(name) and size >= 0 and header == _header(name, size):
            return _Member(name, size, at)
    except (ValueError, Refused):
        pass
    raise _foreign() if first else _damaged()


def _is_ours(name: str) -> bool:
    if name in (SQLITE, DUMP, CONFIG, MANIFEST, SEAL):
        return True
    first, *rest = name.split("/")
    return first == UPLOADS and bool(rest) and not {"", ".", ".."} & set(rest) and name.isprintable()


def _manifest(file: BinaryIO, members: list[_Member]) -> Manifest:
    member = members[-2]
    if member.size > _LARGEST_MANIFEST:
        raise _damaged()
    file.seek(member.at)
    try:
        told = json.loads(file.read(member.size))
        made = told["format"], told["version"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged() from error
    if made[0] != FORMAT:
        raise _foreign()
    if made[1] != VERSION:
        raise Refused(f"This backup has the format {made[1]!r}; this program reads {VERSION}.",
                      "Restore it with the program that made it, or a newer one.")
    manifest = _typed(told)
    if list(manifest.files) != [member.name for member in members[:-2]]:
        raise _damaged()
    return manifest


def _typed(told: Any) -> Manifest:
    try:
        files = {str(name): str(digest) for name, digest in told["files"].items()}
        manifest = Manifest(datetime.fromisoformat(told["made_at"]), str(told["revision"]), str(told["keys"]),
                            str(told["secret"]), files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged() from error
    if manifest.made_at.tzinfo is None or not all(map(_HASH.fullmatch, files.values())):
        raise _damaged()
    return manifest


def _check_seal(file: BinaryIO, seal: _Member, key: bytes) -> None:
    mac, left = hmac.new(key, digestmod=hashlib.sha256), seal.at - _BLOCK
    file.seek(0)
    while left:
        chunk = file.read(min(_CHUNK, left))
        mac.update(chunk)
        left -= len(chunk)
    if not hmac.compare_digest(file.read(), _tail(mac.hexdigest())):
        raise _damaged()


def _copied(file: BinaryIO, member: _Member, folder: Path | None) -> str:
    file.seek(member.at)
    found, left = hashlib.sha256(), member.size
    with _place(member.name, folder) as out:
        while left:
            chunk = file.read(min(_CHUNK, left))
            found.update(chunk)
            out.write(chunk)
            left -= len(chunk)
        out.flush()
        if folder is not None:
            os.fsync(out.fileno())
    return found.hexdigest()


def _place(name: str, folder: Path | None) -> BinaryIO:
    if folder is None:
        return Path(os.devnull).open("wb")
    path = folder / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _foreign() -> Refused:
    return Refused("This is no backup of this program.", "Take a file that camp backup made: camp-….tar")


def _damaged() -> Refused:
    return Refused("This backup is damaged: its bytes are not those that were written.", "Take another backup.")


def _cut() -> Refused:
    return Refused("This backup is cut off: its end is missing.", "Copy it again, or take another backup.")
