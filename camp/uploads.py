"""Lists that organisers sent in, kept privately in the database between the preview and the import; a day at most."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from camp import clock
from camp.db import Model, Utc, db
from camp.errors import N_, BadInput
from camp.models import Camp, Person
from camp.tables import Problem, Sheet
from camp.text import line

LARGEST = 3 * 1024 * 1024
MOST_LINES, MOST_COLUMNS = 20_000, 200
AGE = timedelta(days=1)


class Upload(Model):
    """A list as lines of cells; the file itself is not kept. `broken` is what its end lacks, `fields` its columns."""

    __tablename__ = "upload"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    encoding: Mapped[str]
    separator: Mapped[str]
    lines: Mapped[list[Any]] = mapped_column(JSON)
    broken: Mapped[list[Any]] = mapped_column(JSON, default=list)
    fields: Mapped[list[str]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Utc, index=True)


def keep(camp: Camp, person: Person, name: str, sheet: Sheet, broken: list[Problem], fields: list[str]) -> Upload:
    """Keep a list in the place of an earlier one of the same person. Raises BadInput if it is too long or too wide."""
    if len(sheet.lines) > MOST_LINES:
        raise BadInput(N_("This file has more than %(most)s lines. Split it."), field="file", most=MOST_LINES)
    if max(len(cells) for _, cells in sheet.lines) > MOST_COLUMNS:
        raise BadInput(N_("This file has more than %(most)s columns."), field="file", most=MOST_COLUMNS)
    db.session.execute(delete(Upload).where(Upload.camp_id == camp.id, Upload.person_id == person.id))
    made = Upload(camp_id=camp.id, person_id=person.id, name=line(name)[:100], encoding=sheet.encoding,
                  separator=sheet.separator, lines=[[number, cells] for number, cells in sheet.lines],
                  broken=[[problem.line, problem.text, dict(problem.values)] for problem in broken],
                  fields=fields, made_at=clock.now())
    db.session.add(made)
    db.session.flush()
    return made


def of(camp: Camp, upload_id: int, fields: Collection[str]) -> Upload | None:
    """A list that waits at this camp, if its columns are of these fields: they tell people from proposals."""
    found = db.session.scalar(select(Upload).where(Upload.camp_id == camp.id, Upload.id == upload_id))
    return found if found and set(found.fields) <= set(fields) else None


def sheet_of(upload: Upload) -> tuple[Sheet, list[Problem]]:
    """The list as it was read, and what broke it off."""
    lines = [(number, cells) for number, cells in upload.lines]
    broken = [Problem(upload.name, number, text, values) for number, text, values in upload.broken]
    return Sheet(lines, upload.encoding, upload.separator), broken


def forget(upload_id: int) -> None:
    """Remove a list."""
    db.session.execute(delete(Upload).where(Upload.id == upload_id))


def forget_all(camp: Camp) -> None:
    """Remove every list that waits at a camp, because one may name a person who is erased."""
    db.session.execute(delete(Upload).where(Upload.camp_id == camp.id))


def prune() -> int:
    """Remove what nobody took up within a day; how many."""
    done = db.session.execute(delete(Upload).where(Upload.made_at <= clock.now() - AGE))
    return int(done.rowcount)  # type: ignore[attr-defined]
