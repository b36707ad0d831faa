"""Proposals and votes from the files of a camp's folder: parse them, and store them under `camp load`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from camp import clock, people, tokens
from camp.camp_file import FEATURES
from camp.db import db
from camp.errors import N_, CampError
from camp.loaders import Folder, Held, Loader, Tally
from camp.models import Camp, Participant
from camp.tables import Problem, Row, read
from sessions.models import Host, Placement, Session, Vote
from sessions.offers import DESCRIPTION, TAG, TITLE
from sessions.proposals import leave_cells

PROPOSALS, VOTES = "proposals.csv", "votes.csv"
_COLUMNS = {
    "title": ("title", "Titel"), "tag": ("tag", "Thema", "Schlagwort"), "hosts": ("hosts", "Wer", "E-Mail"),
    "length": ("length", "Länge", "Slots"), "needs": ("needs", "Ausstattung", "braucht"),
    "unavailable": ("unavailable", "nicht verfügbar"), "description": ("description", "Beschreibung"),
}
_VOTE_COLUMNS = {"person": ("person", "E-Mail"), "title": ("title", "Titel")}
_HALF_DAYS = {"": "", "morning": "morning", "afternoon": "afternoon", "vormittag": "morning", "nachmittag": "afternoon"}
_LONGEST = {"title": TITLE, "tag": TAG, "description": DESCRIPTION}


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A line of proposals.csv; `away` is the half-day in which none of its hosts can."""

    title: str
    tag: str
    hosts: tuple[str, ...]
    length: int
    needs: tuple[str, ...]
    away: str
    description: str | None


@dataclass(frozen=True, slots=True)
class Records:
    """What the two files say: proposals, and votes as (address, title)."""

    sessions: tuple[SessionRecord, ...] = ()
    votes: tuple[tuple[str, str], ...] = ()


class _Wrong(CampError):
    """A cell that cannot be used."""


def loader(vote_key: str) -> Loader:
    """The wing's part of `camp load`; the key makes the pseudonyms under which votes lie."""
    return Loader((PROPOSALS, VOTES), parse, lambda camp, records: store(camp, records, vote_key), held)


def parse(folder: Folder) -> tuple[Records, list[Problem]]:
    """The records of both files, either of which may be missing, and what is wrong with them."""
    sessions: list[SessionRecord] = []
    votes: list[tuple[str, str]] = []
    problems: list[Problem] = []
    if PROPOSALS in folder.files:
        sessions, problems = parse_proposals(folder.files[PROPOSALS], folder.addresses)
    if VOTES in folder.files:
        titles = {record.title for record in sessions}
        if folder.camp is not None:
            titles |= set(db.session.scalars(select(Session.title).where(Session.camp_id == folder.camp.id)))
        # With a broken list of proposals every vote would be reported too.
        votes, found = parse_votes(folder.files[VOTES], folder.addresses, None if problems else titles)
        problems += found
    return Records(tuple(sessions), tuple(votes)), problems


def parse_proposals(data: bytes, addresses: Collection[str]) -> tuple[list[SessionRecord], list[Problem]]:
    """The records of proposals.csv; `addresses` are those of the people who can be hosts."""
    rows, problems = read(PROPOSALS, data, _COLUMNS, ("title", "hosts"))
    records: dict[str, SessionRecord] = {}
    for row in rows:
        try:
            record = _session(row, addresses)
            if record.title in records:
                raise _Wrong(N_("The proposal “%(title)s” comes twice."), title=record.title[:60])
            records[record.title] = record
        except CampError as error:
            problems.append(Problem(PROPOSALS, row.line, error.text, error.values))
    return list(records.values()), problems


def parse_votes(data: bytes, addresses: Collection[str],
                titles: Collection[str] | None) -> tuple[list[tuple[str, str]], list[Problem]]:
    """The votes of votes.csv as (address, title); titles are not looked at if None."""
    rows, problems = read(VOTES, data, _VOTE_COLUMNS, ("person", "title"))
    votes = []
    for row in rows:
        address, title = row.cells["person"].lower(), row.cells["title"]
        if address not in addresses:
            problems.append(_stranger(VOTES, row.line, address))
        elif titles is not None and title not in titles:
            problems.append(Problem(VOTES, row.line, N_("There is no proposal “%(title)s”."), {"title": title[:60]}))
        else:
            votes.append((address, title))
    return list(dict.fromkeys(votes)), problems


def _session(row: Row, addresses: Collection[str]) -> SessionRecord:
    cells = row.cells
    for key, most in _LONGEST.items():
        if len(cells.get(key, "")) > most:
            raise _Wrong(N_("The column “%(column)s” holds more than %(most)s characters."), column=_COLUMNS[key][0],
                         most=most)
    if not cells["title"]:
        raise _Wrong(N_("A title is missing."))
    if cells.get("length", "1") not in ("", "1", "2"):
        raise _Wrong(N_("“%(length)s” is no length; a session takes 1 slot or 2."), length=cells["length"][:20])
    hosts = tuple(dict.fromkeys(re.split(r"[\s,;]+", cells["hosts"].lower().strip(" ,;"))))
    if hosts == ("",):
        raise _Wrong(N_("Nobody holds this session; name at least one address."))
    for host in hosts:
        if host not in addresses:
            raise _Wrong(*_STRANGER, address=host[:60])
    needs = tuple(sorted(set(re.split(r"[\s,;]+", cells.get("needs", "").casefold())) - {""}))
    for need in needs:
        if need not in FEATURES:
            raise _Wrong(N_("No room can have “%(need)s”; there is: %(known)s."), need=need[:40],
                         known=", ".join(FEATURES))
    away = cells.get("unavailable", "").casefold()
    if away not in _HALF_DAYS:
        raise _Wrong(N_("“%(word)s” is no half-day; it is morning, afternoon or empty."), word=away[:40])
    return SessionRecord(cells["title"], cells.get("tag", ""), hosts, int(cells.get("length") or 1), needs,
                         _HALF_DAYS[away], cells.get("description"))


_STRANGER = (N_("“%(address)s” stands in no file of people."),)


def _stranger(file: str, line: int, address: str) -> Problem:
    return Problem(file, line, _STRANGER[0], {"address": address[:60]})


def held(camp: Camp) -> Held:
    """The rooms and slots in which sessions are placed."""
    rows = db.session.execute(select(Placement.room_id, Placement.slot_id).join(
        Session, Session.id == Placement.session_id).where(Session.camp_id == camp.id)).all()
    return Held(frozenset(row.room_id for row in rows), frozenset(row.slot_id for row in rows))


def store(camp: Camp, records: Records, vote_key: str) -> dict[str, Tally]:
    """Make or update the camp's proposals by title and add the votes that are not there yet.

    With another length a session leaves the plan. Hosts' votes for their own sessions are kept as the file has them;
    they count for nothing in the plan (`planning.popularity`).
    """
    who = {participant.person.email: participant for participant in people.participants(camp)}
    tallies = {"proposals": Tally(), "votes": Tally()}
    known: dict[str, Session] = {}
    for session in db.session.scalars(select(Session).where(Session.camp_id == camp.id).order_by(Session.id.desc())):
        known[session.title] = session
    for record in records.sessions:
        new = record.title not in known
        if new:
            known[record.title] = Session(camp_id=camp.id, guid=str(uuid4()), title=record.title,
                                          proposed_at=clock.now())
            db.session.add(known[record.title])
        touched = Tally()
        _fill(known[record.title], record, touched)
        _set_hosts(known[record.title], record, who, touched)
        tallies["proposals"].new += new
        tallies["proposals"].changed += bool(touched) and not new
    db.session.flush()
    _store_votes(records.votes, known, who, camp, vote_key, tallies["votes"])
    return tallies


def _fill(session: Session, record: SessionRecord, tally: Tally) -> None:
    description = {} if record.description is None else {"description": record.description}
    if session.id is not None and session.length != record.length:
        leave_cells(session)
    tally.put(session, tag=record.tag, length=record.length, needs=list(record.needs), **description)


def _set_hosts(session: Session, record: SessionRecord, who: Mapping[str, Participant], tally: Tally) -> None:
    wanted = {who[address].id: who[address] for address in record.hosts}
    kept = {host.participant_id: host for host in session.hosts if host.participant_id in wanted}
    for host in kept.values():
        tally.put(host, away=record.away)
    if len(kept) == len(wanted) == len(session.hosts):
        return
    tally.changed += 1
    session.hosts = [kept.get(key) or Host(participant_id=key, participant=participant, away=record.away)
                     for key, participant in wanted.items()]


def _store_votes(votes: tuple[tuple[str, str], ...], sessions: Mapping[str, Session], who: Mapping[str, Participant],
                 camp: Camp, key: str, tally: Tally) -> None:
    ids = [session.id for session in sessions.values()]
    there = {(row.session_id, row.pseudonym) for row in db.session.execute(
        select(Vote.session_id, Vote.pseudonym).join(Session, Session.id == Vote.session_id)
        .where(Session.camp_id == camp.id))} if ids else set()
    names = {address: tokens.vote_pseudonym(key, camp.id, who[address].id) for address, _ in votes}
    wanted = {(sessions[title].id, names[address]) for address, title in votes}
    missing = sorted(wanted - there)
    if missing:
        db.session.execute(Vote.__table__.insert(),  # type: ignore[attr-defined]
                           [{"session_id": session, "pseudonym": name} for session, name in missing])
    tally.new = len(missing)
