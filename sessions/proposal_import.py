"""Proposals from a list: read it, say what would happen and what is wrong, then store it whole; twice is as once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from camp import camps, log, people, spreadsheet, tables
from camp.db import db
from camp.errors import N_, BadInput
from camp.loaders import Tally
from camp.models import Camp, Participant
from camp.tables import BadLines, Problem, Sheet
from sessions import entering, named, offers, proposal_file, proposals
from sessions.models import Host, Session
from sessions.offers import Draft
from sessions.proposal_file import ProposalRecord

MOST = 1000  # proposals in a list
_SEVERAL = re.compile(r"[;,\n]+")


@dataclass(slots=True)
class Plan:
    """What an import would do: (line, record, hosts with an account, names without); bad lines; new and known ones.

    `doubled`: lines whose title stands further up with the same hosts.
    """

    records: list[tuple[int, ProposalRecord, list[Participant], str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doubled: int = 0
    new: int = 0
    known: int = 0


def read(name: str, data: bytes) -> tuple[Sheet, list[Problem]]:
    """The lines of a CSV file or spreadsheet, and what broke it off. Raises tables.Unreadable."""
    return spreadsheet.read(name, data, proposal_file.known())


def plan(camp: Camp, name: str, sheet: Sheet, broken: Sequence[Problem], fields: Sequence[str]) -> Plan:
    """Say what importing a list would do; `fields` tells what each column is. Reads only."""
    made = Plan(problems=list(broken))
    number = sheet.lines[0][0]
    if lacking := proposal_file.missing(fields):
        made.problems.append(Problem(name, number, lacking))
        return made
    if len(sheet.lines) - 1 > MOST:
        made.problems.append(Problem(name, 0, N_("This file has more than %(most)s lines. Split it."), {"most": MOST}))
        return made
    there, seen = _by_title(camp), dict[str, tuple[int, str]]()
    by_address = {who.person.email: who for who in people.participants(camp) if who.state != "cancelled"}

    def take(line: int, cells: list[str]) -> None:
        _take(made, seen, line, cells, camp, fields, by_address, there)

    made.problems += tables.each(name, sheet, take)
    made.problems.sort(key=lambda problem: problem.line)
    made.known = sum(record.title.casefold() in there for _, record, _, _ in made.records)
    made.new = len(made.records) - made.known
    return made


def carry_out(camp: Camp, made: Plan, *, partial: bool, person_id: int | None = None) -> Tally:
    """Store the proposals of a plan. Raises BadLines while lines are bad, unless `partial` leaves these out.

    A title that is there already takes over what its line says and keeps its hosts; a withdrawn one stays as it is.
    """
    if made.problems and not partial:
        raise BadLines(made.problems)
    camps.lock(camp)
    there, tally = _by_title(camp), Tally()
    for _, record, hosts, guest in made.records:
        session = there.get(record.title.casefold())
        if session is None:
            _new(camp, record, hosts, guest, person_id)
            tally.new += 1
        elif session.state == "proposed":
            tally.changed += _change(camp, session, record)
    if tally:
        camps.changed(camp)
        log.note("imported proposals", camp_id=camp.id, person_id=person_id, new=tally.new, changed=tally.changed)
    db.session.flush()
    return tally


def _take(made: Plan, seen: dict[str, tuple[int, str]], line: int, cells: Sequence[str], camp: Camp,
          fields: Sequence[str], by_address: dict[str, Participant], there: dict[str, Session]) -> None:
    record = proposal_file.record(fields, cells)
    if record is None:
        return
    key = record.title.casefold()
    first, hosts = seen.setdefault(key, (line, record.hosts))
    if first != line:
        if hosts.casefold() != record.hosts.casefold():
            raise BadInput(N_("“%(title)s” stands in line %(line)s already, with other hosts."),
                           title=record.title[:60], line=first)
        made.doubled += 1
        return
    offers.checked(camp, _draft(record, there.get(key)), there.get(key))
    made.records.append((line, record, *_hosts(camp, record.hosts, by_address)))


def _hosts(camp: Camp, text: str, by_address: dict[str, Participant]) -> tuple[list[Participant], str]:
    """Who is meant, and the names of those who are not registered. An address has to be somebody's."""
    whole = named.find(camp, text)
    if whole is not None:
        return [whole], ""
    found: dict[int, Participant] = {}
    guests: list[str] = []
    for name in filter(None, map(str.strip, _SEVERAL.split(text))):
        who = by_address.get(name.lower()) if "@" in name else named.find(camp, name)
        if who is None and "@" in name:
            raise BadInput(N_("“%(address)s” is not registered at this camp."), address=name[:60])
        if who is None:
            guests.append(name)
        else:
            found[who.id] = who
    named.checked(", ".join(guests) or "-")
    return list(found.values()), ", ".join(guests)


def _draft(record: ProposalRecord, session: Session | None) -> Draft:
    before: dict[str, Any] = {}
    if session is not None:
        before = {name: value if not isinstance(value := getattr(session, name), list) else tuple(value)
                  for name in offers.STORED}
    return replace(Draft(record.title), **before | dict(record.values))


def _new(camp: Camp, record: ProposalRecord, hosts: list[Participant], guest: str, person_id: int | None) -> None:
    draft = offers.checked(camp, _draft(record, None))
    session = entering.put(camp, draft, hosts[0] if hosts else None, guest, person_id=person_id)
    session.guest = guest
    session.hosts += [Host(participant_id=who.id, participant=who) for who in hosts[1:]]


def _change(camp: Camp, session: Session, record: ProposalRecord) -> bool:
    draft = offers.checked(camp, _draft(record, session), session)
    before = _draft(ProposalRecord(session.title, "", {}), session)
    if all(getattr(draft, name) == getattr(before, name) for name in offers.STORED):
        return False
    if draft.length != session.length:
        proposals.leave_cells(session)
    offers.write(session, draft)
    session.edit_number += 1
    return True


def _by_title(camp: Camp) -> dict[str, Session]:
    """The camp's sessions in any state by title; of several the one on the wall, then the oldest."""
    rows = db.session.scalars(select(Session).where(Session.camp_id == camp.id).order_by(
        Session.state.desc(), Session.id.desc()))
    return {session.title.casefold(): session for session in rows}
