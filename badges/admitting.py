"""Who is in: let in once a day, or handed something once. The earliest scan counts, and each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update

from badges.events import IN
from badges.models import Admission, Device, Handout, Scan
from camp import clock, people
from camp.db import db, once
from camp.models import Participant

DONE = ("admitted", "handed")  # the verdict on the scan that did it


def enter(device: Device, scan: Scan, who: Participant, day: date, *, fact: bool,
          settle: Callable[[], None] = lambda: None) -> str:
    """Let a participant in, or hand something out: 'admitted' or 'handed', or 'already' if an earlier scan did it.

    The key of the table lets only one of any number of requests do it. A `fact` that comes in late, but happened
    earlier, takes the place of the other scan, which is told that it was the second; `settle` writes the scans before.
    """
    table, values = _key(device, who.id, day)
    new = db.session.scalar(once(table), values | {"at": scan.at, "device_id": device.id})
    done = "admitted" if table is Admission else "handed"
    if new is None:
        row: Any = db.session.scalars(select(table).filter_by(**values).with_for_update()).one()
        _note(scan, table, row.id)
        if not (fact and scan.at < row.at):
            return "already"
        settle()  # the scan before it may have come in with it
        _tell_second(scan, row)
        row.at, row.device_id = scan.at, device.id
    else:
        _note(scan, table, new)
    if table is Admission:
        people.mark_arrived(who, scan.at)
    return done


def undo(scan: Scan) -> None:
    """Take a scan back: the next scan that let the same person in takes its place, or nobody is in any more."""
    row = _made_by(scan)
    scan.undone_at = clock.now()
    if row is None:
        return
    others = [
        one
        for one in _scans_of(row)
        if one.id != scan.id and (one.decision != "already" or one.device_id != scan.device_id)
    ]
    if not others:
        _forget(row)
    elif row.at == scan.at and row.device_id == scan.device_id:
        first = others[0]
        row.at, row.device_id = first.at, first.device_id
        if first.verdict == "already":
            first.verdict = "admitted" if isinstance(row, Admission) else "handed"
        _note_arrival(row)


def undo_all(row: Admission | Handout) -> None:
    """Take back that a participant is in, or was handed something, whichever scans did it."""
    for scan in _scans_of(row):
        scan.undone_at = clock.now()
    _forget(row)


def row_of(device: Device, participant_id: int, day: date) -> Admission | Handout | None:
    """What a participant has at a station: the admission of a day, or what was handed out."""
    table, values = _key(device, participant_id, day)
    row: Admission | Handout | None = db.session.scalar(select(table).filter_by(**values))  # type: ignore[assignment]
    return row


def _key(device: Device, participant_id: int, day: date) -> tuple[type[Admission] | type[Handout], dict[str, object]]:
    if device.station == "door":
        return Admission, {"participant_id": participant_id, "date": day}
    return Handout, {
        "participant_id": participant_id,
        "station": device.station,
        "day": day.isoformat() if device.once == "day" else "",
    }


def _note(scan: Scan, table: type[Admission] | type[Handout], number: int) -> None:
    if table is Admission:
        scan.admission_id = number
    else:
        scan.handout_id = number


def _tell_second(scan: Scan, row: Admission | Handout) -> None:
    same = Scan.admission_id == row.id if isinstance(row, Admission) else Scan.handout_id == row.id
    db.session.execute(update(Scan).where(same, Scan.id != scan.id, Scan.verdict.in_(DONE)).values(verdict="already"))


def _scans_of(row: Admission | Handout) -> Sequence[Scan]:
    same = Scan.admission_id == row.id if isinstance(row, Admission) else Scan.handout_id == row.id
    return db.session.scalars(
        select(Scan).where(same, Scan.undone_at.is_(None), Scan.decision.in_(IN)).order_by(Scan.at, Scan.id)
    ).all()


def _made_by(scan: Scan) -> Admission | Handout | None:
    if scan.admission_id is not None:
        return db.session.get(Admission, scan.admission_id)
    return db.session.get(Handout, scan.handout_id) if scan.handout_id is not None else None


def _forget(row: Admission | Handout) -> None:
    db.session.flush()
    table, column = (Admission, Scan.admission_id) if isinstance(row, Admission) else (Handout, Scan.handout_id)
    db.session.execute(update(Scan).where(column == row.id).values({column: None}))
    db.session.execute(delete(table).where(table.id == row.id))
    _note_arrival(row)
    db.session.expunge(row)


def _note_arrival(row: Admission | Handout) -> None:
    """Whoever came in on several days arrived with the first one that has not been taken back."""
    if isinstance(row, Admission):
        db.session.flush()
        who = db.session.get_one(Participant, row.participant_id)
        who.arrived_at = db.session.scalar(select(func.min(Admission.at)).where(Admission.participant_id == who.id))
