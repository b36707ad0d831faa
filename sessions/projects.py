"""Joint projects: found one from an outcome, join, leave, and say which kinds of organisation come together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select

from camp import camps, clock, log
from camp.db import db
from camp.errors import N_, BadInput, Conflict, NotFound
from camp.models import KINDS, Camp, Participant
from camp.text import clean, line
from sessions.models import Member, Outcome, Project, Session

MOST_TITLE, MOST_QUESTION = 150, 2_000  # characters


def found(camp: Camp, outcome: Outcome | None, founder: Participant, title: str, question: str = "",
          next_date: date | None = None) -> Project:
    """Found a project from an outcome; the founder is its first member.

    Raises Conflict without an outcome or if the outcome has a project of this title, BadInput for an empty or overlong
    title, an overlong question or a day that is over.
    """
    if outcome is None:
        raise Conflict(N_("A project begins with what was found out, and these notes are still empty."),
                       N_("Write down one sentence first; then begin the project."))
    title, question = line(title), clean(question)
    _check(camp, title, question, next_date)
    camps.lock(camp)
    if any(other.title.casefold() == title.casefold() for other in of_outcome(outcome)):
        raise Conflict(N_("“%(title)s” was already begun from these notes."), N_("Join it, or choose another title."),
                       field="title", title=title)
    now = clock.now()
    project = Project(outcome_id=outcome.id, title=title, question=question, next_date=next_date, founded_at=now)
    project.members = [Member(participant_id=founder.id, participant=founder, joined_at=now)]
    db.session.add(project)
    db.session.flush()
    camps.changed(camp)
    log.note("founded project", camp_id=camp.id, person_id=founder.person_id, project=project.id)
    return project


def join(camp: Camp, project: Project, participant: Participant) -> None:
    """Become a member; once is enough."""
    camps.lock(camp)
    if membership(project, participant) is None:
        project.members.append(Member(participant_id=participant.id, participant=participant, joined_at=clock.now()))
        camps.changed(camp)
        log.note("joined project", camp_id=camp.id, person_id=participant.person_id, project=project.id)


def leave(camp: Camp, project: Project, participant: Participant) -> None:
    """Be a member no longer; nothing happens to whoever is none. Raises Conflict for the last one."""
    camps.lock(camp)
    member = membership(project, participant)
    if member is None:
        return
    if len(project.members) == 1:
        raise Conflict(N_("You are the last one in “%(title)s”."),
                       N_("Win somebody who carries on, then you can leave."), title=project.title)
    project.members.remove(member)
    camps.changed(camp)
    log.note("left project", camp_id=camp.id, person_id=participant.person_id, project=project.id)


def membership(project: Project, participant: Participant | None) -> Member | None:
    """What makes a participant a member, if they are one."""
    return next((member for member in project.members if participant and member.participant_id == participant.id), None)


def is_founder(project: Project, member: Member) -> bool:
    """Whether this member began the project."""
    return member.joined_at == project.founded_at


def kinds(project: Project) -> tuple[str, ...]:
    """The kinds of organisation that come together, each once, in the order of `camp.models.KINDS`."""
    there = {member.participant.kind for member in project.members}
    return tuple(kind for kind in KINDS if kind in there)


def in_camp(camp: Camp, project_id: int) -> tuple[Project, Session]:
    """A project of this camp and the session it comes from. Raises NotFound."""
    row = db.session.execute(_of(camp).where(Project.id == project_id)).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such project at this camp."), N_("Look for it in the list of projects."))
    return row[0], row[1]


def all_of(camp: Camp) -> list[tuple[Project, Session]]:
    """Every project of the camp with the session it comes from, the oldest first."""
    rows = db.session.execute(_of(camp).order_by(Project.founded_at, Project.id))
    return [(project, session) for project, session in rows]


def of_outcome(outcome: Outcome | None) -> Sequence[Project]:
    """The projects that began with an outcome, the oldest first."""
    if outcome is None:
        return ()
    return db.session.scalars(select(Project).where(Project.outcome_id == outcome.id).order_by(Project.id)).all()


def of_participant(participant: Participant) -> Sequence[Project]:
    """The projects in which a participant is a member, the oldest first."""
    return db.session.scalars(select(Project).join(Member, Member.project_id == Project.id)
                              .where(Member.participant_id == participant.id).order_by(Project.id)).all()


def _of(camp: Camp) -> Select[Project, Session]:
    return (select(Project, Session).join(Outcome, Outcome.id == Project.outcome_id)
            .join(Session, Session.id == Outcome.session_id).where(Session.camp_id == camp.id))


def _check(camp: Camp, title: str, question: str, next_date: date | None) -> None:
    too_long = N_("This is too long: at most %(number)s characters.")
    if not title:
        raise BadInput(N_("This is still empty."), field="title")
    if len(title) > MOST_TITLE:
        raise BadInput(too_long, field="title", number=MOST_TITLE)
    if len(question) > MOST_QUESTION:
        raise BadInput(too_long, field="question", number=MOST_QUESTION)
    if next_date is not None and next_date < camps.today(camp):
        raise BadInput(N_("This day is over."), N_("Choose today or a later day, or leave it open."), field="next_date")
