"""Whether an installation can serve: what turns `/readyz` red, each with the limit that it passed."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from camp import clock, schema
from camp.config import Config
from camp.db import db
from camp.models import Mail

LEAST_FREE = 500 * 1024 ** 2  # bytes
MOST_LOG = 64 * 1024 ** 2  # bytes of SQLite's write-ahead log
LONGEST_WAIT = timedelta(minutes=15)  # of a mail that is due


def troubles(config: Config) -> list[str]:
    """What keeps the installation from serving, in words for whoever runs it; nothing if it can. Reads only."""
    found = [trouble for look in (_schema, _mail) if (trouble := look())]
    return found + [trouble for look in (_disk, _log, _writable) if (trouble := look(config))]


def _schema() -> str:
    return "" if schema.is_current(db.session.connection()) else "the schema is old: run camp db upgrade"


def _mail() -> str:
    oldest = db.session.scalar(select(func.min(Mail.due_at)).where(Mail.state.in_(("queued", "sending"))))
    if oldest is not None and clock.now() - oldest > LONGEST_WAIT:
        return f"a mail has been due since {oldest:%H:%M} UTC: is the worker running, does the mail server answer?"
    return ""


def _disk(config: Config) -> str:
    free = shutil.disk_usage(config.folder).free
    return f"only {free // 1024 ** 2} MB are free in {config.folder}" if free < LEAST_FREE else ""


def _log(config: Config) -> str:
    log = Path(config.database.removeprefix("sqlite:///") + "-wal")
    size = log.stat().st_size if config.database.startswith("sqlite") and log.exists() else 0
    if size <= MOST_LOG:
        return ""
    return f"the database's log has grown to {size // 1024 ** 2} MB: something reads without end"


def _writable(config: Config) -> str:
    try:
        with tempfile.TemporaryFile(dir=config.folder):
            return ""
    except OSError as error:
        return f"nothing can be written to {config.folder}: {error.strerror}"
