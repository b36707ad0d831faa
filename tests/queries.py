"""Count the queries that a piece of code sends, to notice a query for each row of a list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from camp.db import db


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """Collect the statements that reach the database inside the block, without BEGIN; `len` of it is their number."""
    statements: list[str] = []

    def _note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", _note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", _note)
