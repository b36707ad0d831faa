"""What lies in the database, with everything that chance or the clock decides struck out, so that two runs compare."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import text

from camp.db import db

_BY_CHANCE = re.compile(r"(_at|until|since|salt|_hash|guid|uid|dedupe_key|at)$")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{40,}")


def dump(ignore: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Table → its rows as text in order; `ignore`: where a look at a page may note that somebody was here."""
    db.session.rollback()
    found = {}
    for table in sorted(set(db.metadata.tables) - set(ignore)):
        rows = db.session.execute(text(f'select * from "{table}"'))
        columns = [(name, bool(_BY_CHANCE.search(name))) for name in rows.keys()]  # noqa: SIM118
        found[table] = sorted(_line(columns, row) for row in rows)
    db.session.rollback()
    return found


def _line(columns: list[tuple[str, bool]], row: Iterable[object]) -> str:
    shown = (f"{name}={'set' if by_chance and value else value}" for (name, by_chance), value in zip(columns, row, strict=True))
    return _TOKEN.sub("…", " ".join(shown))
