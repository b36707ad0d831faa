"""Plain builders for what a camp leaves: a published agenda, an outcome, a project."""

from __future__ import annotations

from camp import clock, venue
from camp.db import db, writing
from camp.models import Camp, Participant
from sessions import agenda as agendas
from sessions import outcomes, planning, projects
from sessions.models import Agenda, Entry, Outcome, Project, Session


def agenda(at: Camp, *sessions: Session, number: int = 1, cancelled: tuple[Session, ...] = ()) -> Agenda:
    """A version with the sessions in the cells of the grid: first slot, room by room, then the next slot."""
    grid = venue.grid(at)
    cells = [(slot, room) for slot in grid.session_slots for room in grid.rooms]
    with writing():
        made = Agenda(camp_id=at.id, number=number, published_at=clock.now())
        db.session.add(made)
        db.session.flush()
        for session, (slot, room) in zip((*sessions, *cancelled), cells, strict=False):
            db.session.add(
                Entry(
                    agenda_id=made.id,
                    session_id=session.id,
                    title=session.title,
                    description=session.description,
                    hosts="",
                    tag=session.tag,
                    room_id=room.id,
                    room_letter=room.letter,
                    room_name=room.name,
                    date=slot.date,
                    starts=slot.starts,
                    ends=slot.ends,
                    changed_at=clock.now(),
                    cancelled=session in cancelled,
                )
            )
    return made


def published(at: Camp, *cells: tuple[Session, int, int]) -> None:
    """A version with each session in its cell: the number of the room, that of the slot."""
    grid = venue.grid(at)
    with writing():
        for session, room, slot in cells:
            planning.move(at, session.id, grid.rooms[room].id, grid.session_slots[slot].id)
        agendas.publish(at)


def outcome(at: Camp, of: Session, by: Participant, **texts: str) -> Outcome:
    """An outcome; its findings are "It works." unless texts are given."""
    with writing():
        return outcomes.record(at, of, outcomes.Notes(**(texts or {"findings": "It works."})), 0, by.person_id)


def project(at: Camp, of: Outcome, *members: Participant, title: str = "Hear your invoice") -> Project:
    """A project founded by the first member and joined by the others."""
    with writing():
        made = projects.found(at, of, members[0], title)
        for member in members[1:]:
            projects.join(at, made, member)
    return made
