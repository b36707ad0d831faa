"""Outcomes: write down what a session leaves without losing anybody's text, and tell how much is documented."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import func, select

from camp import camps, clock, editions, log
from camp.db import db
from camp.errors import N_, BadInput, Conflict, NotAllowed, NotFound, NotOpen
from camp.models import Camp
from camp.text import clean
from sessions import agenda
from sessions.models import Entry, Outcome, Session

MOST = 20_000  # characters of one text


@dataclass(frozen=True, slots=True)
class Notes:
    """The five texts of an outcome, in Markdown."""

    question: str = ""
    findings: str = ""
    decisions: str = ""
    next_steps: str = ""
    who_tries: str = ""

    def cleaned(self) -> Notes:
        """The same without control characters and outer blanks."""
        return Notes(*(clean(getattr(self, name)) for name in TEXTS))


TEXTS = tuple(field.name for field in fields(Notes))


@dataclass(frozen=True, slots=True)
class Row:
    """A session with its place on the agenda and its outcome, where there are any."""

    session: Session
    entry: Entry | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many sessions of the newest agenda have an outcome."""

    documented: int
    of: int

    @property
    def percent(self) -> int:
        """The share in whole per cent, rounded down, so that 100 means all."""
        return self.documented * 100 // self.of if self.of else 0


class Overtaken(Conflict):
    """Somebody saved while this person wrote, or nothing was `seen`; `theirs` is what stands there now."""

    def __init__(self, theirs: Outcome, who: str, seen: int) -> None:
        super().__init__(editions.UNNUMBERED if seen == editions.NEVER_SEEN
                         else N_("%(who)s saved these notes while you were writing.") if who
                         else N_("Somebody else saved these notes while you were writing."),
                         N_("Your text is still in the fields, theirs stands beside it. "
                            "Put them together and save again."), who=who)
        self.theirs = theirs


def row_of(camp: Camp, session_id: int) -> Row:
    """A session of this camp with its place and its outcome, which nobody sees off the record. Raises NotFound."""
    session = db.session.scalar(select(Session).where(Session.camp_id == camp.id, Session.id == session_id))
    if session is None or session.hidden_because:
        raise NotFound(N_("There is no such session at this camp."), N_("Look for it in the list of notes."))
    return Row(session, agenda.where_is(camp, session_id), None if session.off_record else _outcome_of(session_id))


def rows(camp: Camp) -> list[Row]:
    """Every session that was not withdrawn: those on the agenda by time and room, then the others by title."""
    entries = {entry.session_id: entry for entry in agenda.shown(camp)}
    found = db.session.execute(select(Session, Outcome).outerjoin(Outcome, Outcome.session_id == Session.id)
                               .where(Session.camp_id == camp.id, Session.state == "proposed")).all()
    listed = [Row(session, entries.get(session.id), None if session.off_record else outcome)
              for session, outcome in found]
    placed = [(_place(row.entry), row) for row in listed if row.entry is not None]
    loose = [row for row in listed if row.entry is None]
    placed.sort(key=lambda pair: pair[0])
    return [row for _, row in placed] + sorted(loose, key=lambda row: (row.session.title.casefold(), row.session.id))


def notes_of(outcome: Outcome | None) -> Notes:
    """The texts of an outcome; empty ones if there is none."""
    return Notes(*(getattr(outcome, name) for name in TEXTS)) if outcome else Notes()


def record(camp: Camp, session: Session, notes: Notes, edit_number: int, person_id: int) -> Outcome:
    """Write a session's notes down; `edit_number` is the number of the text that the writer began with (0: none).

    The same text twice changes nothing. Raises NotOpen for a withdrawn session, NotAllowed off the record, BadInput
    for empty or overlong notes, Overtaken if somebody saved another text in the meantime.
    """
    camps.lock(camp)
    if session.state == "withdrawn":
        raise NotOpen(N_("This session was withdrawn."), N_("Its notes can be read and no longer changed."))
    if session.off_record:
        raise NotAllowed(N_("This session is off the record."), N_("Its hosts asked that nothing is written down."))
    notes = notes.cleaned()
    _check(notes)
    outcome = _outcome_of(session.id)
    if outcome is not None and notes == notes_of(outcome):
        return outcome
    if outcome is not None and outcome.edit_number != edit_number:
        raise Overtaken(outcome, editions.last_writer(camp, ("wrote notes",), session=session.id), edit_number)
    if outcome is None:
        outcome = Outcome(session_id=session.id, edit_number=0)
        db.session.add(outcome)
    for name in TEXTS:
        setattr(outcome, name, getattr(notes, name))
    outcome.edit_number += 1
    outcome.changed_at = clock.now()
    camps.changed(camp)
    log.note("wrote notes", camp_id=camp.id, person_id=person_id, session=session.id, edit=outcome.edit_number)
    return outcome


def documented_share(camp: Camp) -> Share:
    """How many sessions of the newest agenda have an outcome; those off the record do not count."""
    newest = agenda.current(camp)
    if newest is None:
        return Share(0, 0)
    held, documented = db.session.execute(
        select(func.count(Entry.id), func.count(Outcome.id)).select_from(Entry)
        .join(Session, Session.id == Entry.session_id).outerjoin(Outcome, Outcome.session_id == Entry.session_id)
        .where(Entry.agenda_id == newest.id, Entry.cancelled.is_(False), Session.off_record.is_(False))).one()
    return Share(documented, held)


def _outcome_of(session_id: int) -> Outcome | None:
    return db.session.scalar(select(Outcome).where(Outcome.session_id == session_id))


def _check(notes: Notes) -> None:
    if notes == Notes():
        raise BadInput(N_("All five fields are empty."), N_("Fill in at least one; key words will do."),
                       field="findings")
    for name in TEXTS:
        if len(getattr(notes, name)) > MOST:
            raise BadInput(N_("This is too long: at most %(number)s characters."), field=name, number=MOST)


def _place(entry: Entry) -> tuple[object, ...]:
    return entry.date, entry.starts, len(entry.room_letter), entry.room_letter, entry.session_id
