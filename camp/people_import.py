"""People from a list of whatever program: read it, say what would happen and what is wrong, then store it whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from camp import camps, enrol, log, people_columns, people_file, spreadsheet, tables, wlan
from camp.db import db
from camp.errors import N_, BadInput
from camp.loaders import Tally
from camp.models import Camp, Participant, Person
from camp.people_file import PersonRecord
from camp.tables import BadLines, Problem, Sheet


@dataclass(slots=True)
class Plan:
    """What an import would do: good records with their lines, bad lines, and who is new or known already.

    `cancelled` people are left out because the list says that they do not come; `doubled` lines say nothing new.
    """

    records: list[tuple[int, PersonRecord]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cancelled: int = 0
    doubled: int = 0
    new: int = 0
    known: int = 0


def read(name: str, data: bytes) -> tuple[Sheet, list[Problem]]:
    """The lines of a CSV file or spreadsheet, and what broke it off. Raises tables.Unreadable."""
    return spreadsheet.read(name, data, people_columns.known())


def plan(camp: Camp, name: str, sheet: Sheet, broken: Sequence[Problem], fields: Sequence[str]) -> Plan:
    """Say what importing a list would do; `fields` tells what each column is. Reads only."""
    made = Plan(problems=list(broken))
    number, heading = sheet.lines[0]
    if lacking := missing(fields):
        made.problems.append(Problem(name, number, lacking))
        return made
    seen: dict[str, tuple[int, PersonRecord]] = {}

    def take(line: int, cells: list[str]) -> None:
        _take(made, seen, line, people_columns.merged(heading, fields, cells), camp.timezone)

    made.problems += tables.each(name, sheet, take)
    made.records = list(seen.values())
    _check_codes(camp, name, made)
    made.problems.sort(key=lambda problem: problem.line)
    there = _addresses(camp)
    made.known = sum(record.email in there for _, record in made.records)
    made.new = len(made.records) - made.known
    return made


def missing(fields: Sequence[str]) -> str:
    """What keeps a list from being imported at all, as a msgid; empty if nothing does."""
    if "email" not in fields:
        return N_("No column is the mail address. People are known by it.")
    if not {"given_name", "family_name", "name"} & set(fields):
        return N_("No column is a name.")
    return ""


def carry_out(camp: Camp, made: Plan, *, partial: bool) -> dict[str, Tally]:
    """Store the people of a plan. Raises BadLines while lines are bad, unless `partial` leaves these out."""
    if made.problems and not partial:
        raise BadLines(made.problems)
    camps.lock(camp)
    tallies = enrol.enrol(camp, [record for _, record in made.records], "imported")
    if any(tallies.values()):
        camps.changed(camp)
        log.note("imported people", camp_id=camp.id, new=tallies["people"].new, changed=tallies["people"].changed)
    db.session.flush()
    return tallies


def _take(made: Plan, seen: dict[str, tuple[int, PersonRecord]], line: int, cells: dict[str, str],
          timezone: str) -> None:
    """Add a line to the plan, unless it says nothing, nothing new, or that somebody does not come."""
    if not cells:
        return
    if people_columns.has_cancelled(cells):
        made.cancelled += 1
        return
    record = people_file.record({"email": "", **cells}, timezone)
    earlier = seen.setdefault(record.email, (line, record))
    if earlier[0] == line:
        return
    if _name(earlier[1]) != _name(record):
        raise BadInput(N_("%(address)s stands in line %(line)s already, with another name."), address=record.email,
                       line=earlier[0])
    made.doubled += 1
    seen[record.email] = earlier[0], PersonRecord(record.email, {**earlier[1].values, **record.values},
                                                  {**earlier[1].needs, **record.needs}, record.wlan or earlier[1].wlan)


def _check_codes(camp: Camp, name: str, made: Plan) -> None:
    """Take lines out of the plan whose WLAN code is that of somebody else, in the list or at the camp."""
    wanted = {record.email for _, record in made.records if record.wlan}
    taken = {code: address for address, code in wlan.held(camp) if address not in wanted}
    good = []
    for line, record in made.records:
        if record.wlan and taken.setdefault(record.wlan, record.email) != record.email:
            made.problems.append(Problem(name, line, N_("The WLAN code “%(code)s” is for somebody else already."),
                                         {"code": record.wlan}))
        else:
            good.append((line, record))
    made.records = good


def _name(record: PersonRecord) -> tuple[str, str]:
    return record.values["given_name"], record.values["family_name"]


def _addresses(camp: Camp) -> frozenset[str]:
    return frozenset(db.session.scalars(select(Person.email).join(Participant).where(Participant.camp_id == camp.id)))
