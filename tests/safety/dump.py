"""What lies in the database, with everything that chance or the clock decides struck out, so that two runs compare."""

from __future__ import annotations

import re

from sqlalchemy import inspect, text

from camp.db import db

_BY_CHANCE = re.compile(r"(_at|until|since|salt|_hash|guid|uid|dedupe_key|at)$")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{40,}")
# Where a look at a page may note that somebody was here.
_NOT_COMPARED = {"alembic_version"}


def dump(ignore: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Table → its rows as text in order."""
    db.session.rollback()
    found = {}
    for table in sorted(set(inspect(db.engine).get_table_names()) - _NOT_COMPARED - set(ignore)):
        rows = db.session.execute(text(f'select * from "{table}"'))
        names = list(rows.keys())
        found[table] = sorted(_line(names, row) for row in rows)
    db.session.rollback()
    return found


def _line(names: list[str], row: object) -> str:
    shown = (f"{name}={'set' if value and _BY_CHANCE.search(name) else value}" for name, value in zip(names, row, strict=True))  # type: ignore[call-overload]
    return _TOKEN.sub("…", " ".join(shown))
