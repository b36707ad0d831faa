"""A camp from a folder of files: read and check everything first, then store it whole; a second time updates."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from sqlalchemy import select

from camp import camp_file, camps, enrol, load_venue, log, opening, people_file
from camp.camp_file import CampRecord
from camp.db import db
from camp.errors import N_, BadInput, CampError
from camp.loaders import Folder, Held, Loader, Tally
from camp.models import Camp, Participant, Person
from camp.people_file import PersonRecord
from camp.tables import BadLines, Problem

# Other files may lie in the folder; these are meant to be read, so one that nothing reads is a mistake.
_TABLES = (".csv", ".toml", ".xlsx", ".xls", ".ods", ".tsv")


class LoadError(BadLines):
    """A folder with mistakes."""

    TEXT = N_("Nothing was loaded. Places that need a look: %(count)s.")
    HINT = N_("Mend them and load again.")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A folder that was read and found good; nothing is written yet."""

    camp: CampRecord
    people: tuple[PersonRecord, ...]
    parts: tuple[tuple[Loader, Any], ...]


@dataclass(slots=True)
class Report:
    """What a loading did: the camp, by the name of the rows how many are new, changed and gone, and whether it opened.

    A camp opens when it brings all the texts that the law asks for.
    """

    camp: Camp
    rows: dict[str, Tally] = field(default_factory=dict)
    opened: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything is other than before."""
        return self.opened or any(self.rows.values())


def parse(folder: Path, loaders: Sequence[Loader]) -> Parsed:
    """Read and check the files of a folder; reads the database, writes nothing. Raises LoadError."""
    files = _files(folder)
    problems = _unclaimed(files, loaders)
    record, found = camp_file.parse(files[camp_file.NAME]) if camp_file.NAME in files else (None, [_no_camp(folder)])
    problems += found
    if record is not None:
        problems += _slug(record.slug)
    records, found = _people(files, record.values["timezone"] if record else "UTC")
    problems += found
    camp = camps.by_slug(record.slug) if record else None
    addresses = frozenset(person.email for person in records) | _addresses(camp)
    parts = []
    for loader in loaders:
        own = {name: files[name] for name in loader.files if name in files}
        part, found = loader.parse(Folder(own, addresses, camp))
        parts.append((loader, part))
        problems += found
    if problems or record is None:
        raise LoadError(problems)
    return Parsed(record, tuple(records), tuple(parts))


def store(parsed: Parsed) -> Report:
    """Make or update the camp; the caller's transaction keeps it whole. Raises LoadError if the venue cannot shrink."""
    record = parsed.camp
    camp = camps.by_slug(record.slug)
    tally = Tally()
    if camp is None:
        camp = camps.make(record.slug, record.values["title"], record.values["capacity"], record.days)
        Tally().put(camp, **record.values)
        tally.new = 1
    else:
        camps.lock(camp)
        tally.put(camp, **record.values)
    report = Report(camp, {"camp": tally})
    held = [loader.held(camp) for loader, _ in parsed.parts]
    rows, problems = load_venue.store(camp, record, Held(frozenset().union(*(one.rooms for one in held)),
                                                         frozenset().union(*(one.slots for one in held))))
    if problems:
        raise LoadError(problems)
    report.rows |= rows
    report.rows |= enrol.enrol(camp, parsed.people)
    for loader, part in parsed.parts:
        report.rows |= loader.store(camp, part)
    report.opened = camp.opened_at is None and not opening.lacks(camp)
    if report.opened:
        opening.open_camp(camp)
    if report.changed:
        camps.changed(camp)
        log.note("loaded camp", camp_id=camp.id, rows={name: [tally.new, tally.changed, tally.gone]
                                                       for name, tally in report.rows.items() if tally})
    db.session.flush()
    return report


def _files(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise BadInput(N_("%(folder)s is no folder."), N_("Name the one that holds camp.toml."), folder=str(folder))
    wanted = [path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix.lower() in _TABLES]
    try:
        return {path.name: path.read_bytes() for path in wanted}
    except OSError as error:
        raise BadInput(N_("%(file)s cannot be read: %(why)s."), file=error.filename, why=error.strerror) from error


def _unclaimed(files: Collection[str], loaders: Sequence[Loader]) -> list[Problem]:
    names = [camp_file.NAME, people_file.PATTERN, *(name for loader in loaders for name in loader.files)]
    problems = []
    for file in files:
        if not any(fnmatch(file, name) for name in names):
            near = difflib.get_close_matches(file, names, 1, 0.5)
            problems.append(Problem(file, 0, N_("Nothing reads a file of this name; the nearest one is %(near)s."),
                                    {"near": near[0] if near else camp_file.NAME}))
    return problems


def _no_camp(folder: Path) -> Problem:
    return Problem(camp_file.NAME, 0, N_("This file is missing in %(folder)s; it says what the camp is."),
                   {"folder": str(folder)})


def _slug(slug: str) -> list[Problem]:
    try:
        camps.check_slug(slug)
    except CampError as error:
        return [Problem(f"{camp_file.NAME}, slug", 0, error.text, error.values)]
    if slug != slug.lower():
        return [Problem(f"{camp_file.NAME}, slug", 0, N_("Write the short name in small letters: %(slug)s."),
                        {"slug": slug.lower()})]
    return []


def _people(files: dict[str, bytes], timezone: str) -> tuple[list[PersonRecord], list[Problem]]:
    first: dict[str, tuple[str, int]] = {}
    people_found, problems = [], []
    for name in files:
        if not fnmatch(name, people_file.PATTERN):
            continue
        records, found = people_file.parse(name, files[name], timezone)
        problems += found
        for line, record in records:
            if record.email in first:
                problems.append(Problem(name, line, N_("%(address)s stands in %(file)s, line %(line)s, already."), {
                    "address": record.email, "file": first[record.email][0], "line": first[record.email][1]}))
            first.setdefault(record.email, (name, line))
            people_found.append(record)
    return people_found, problems


def _addresses(camp: Camp | None) -> frozenset[str]:
    if camp is None:
        return frozenset()
    return frozenset(db.session.scalars(select(Person.email).join(Participant).where(Participant.camp_id == camp.id)))
