"""The ledger of erased people: beside the database, so that a restored backup forgets them again.

A line holds a keyed hash of the address, the camp's short name (empty: everywhere), the moment, and a number that the
erasing transaction writes into its log too; so a restored database itself tells which lines it knows already.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from camp import tokens

NAME = "erased.jsonl"


@dataclass(frozen=True, slots=True)
class Line:
    """One erasure. `who` tells nobody anything without the vote key."""

    number: str
    who: str
    camp: str
    at: str

    @property
    def moment(self) -> datetime:
        """When it was."""
        return datetime.fromisoformat(self.at)


def mark(key: str, address: str) -> str:
    """What stands in the ledger for an address; only who holds the key can compare it."""
    return tokens.masked(key, "erased", address)


def line(key: str, address: str, camp: str, now: datetime) -> Line:
    """A new line for an address, not written yet."""
    return Line(secrets.token_hex(16), mark(key, address), camp, now.isoformat())


def append(path: Path, lines: Iterable[Line]) -> None:
    """Write lines to the end, for nobody else to read, and bring them to the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    torn = path.exists() and not path.read_bytes().endswith((b"\n",)) and path.stat().st_size > 0
    text = "\n" * torn + "".join(json.dumps(asdict(one)) + "\n" for one in lines)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def read(path: Path) -> list[Line]:
    """The lines of a ledger; empty if there is none. A torn last line belongs to an erasure that never happened."""
    if not path.exists():
        return []
    found = []
    for text in path.read_text("utf-8", "replace").splitlines():
        try:
            found.append(Line(**json.loads(text)))
        except (ValueError, TypeError):
            continue
    return found


def merge(path: Path, *others: Path) -> list[Line]:
    """Add to a ledger what only the others know; gives every line, each once."""
    mine = read(path)
    known = {one.number for one in mine}
    new = {one.number: one for other in others for one in read(other) if one.number not in known}
    if new:
        append(path, new.values())
    return [*mine, *new.values()]


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
