"""What the sessions wing forgets of an erased participant: votes, picks, hosting, memberships, and names in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, select, update

from camp import clock, tokens
from camp.db import db
from camp.models import Camp, Participant, Slot
from camp.names import BLOT, blotted, traces_of
from sessions import agenda, begun, offers
from sessions.board_models import Reply, Step
from sessions.models import Entry, Host, Member, Outcome, Pick, Placement, Project, Session, Vote
from sessions.outcomes import TEXTS
from sessions.pitch_models import Introduction, Turn
from sessions.plan_models import LateHost
from sessions.proposal_models import HostInvitation
from sessions.vote_models import Judged


def forget(camp: Camp, participant: Participant, key: str) -> None:
    """Forget a participant's rows, and the name wherever a text of this camp has it, in published versions too.

    A session without another host is withdrawn, a project without another member goes; notes stay. `key` is the vote
    key, without which nobody knows which votes are theirs.
    """
    wanted = traces_of(participant)
    pseudonym = tokens.vote_pseudonym(key, camp.id, participant.id)
    db.session.execute(delete(Vote).where(Vote.pseudonym == pseudonym))
    db.session.execute(delete(Judged).where(Judged.pseudonym == pseudonym))
    db.session.execute(update(Reply).where(Reply.person_id == participant.person_id, Reply.session_id.in_(
        select(Session.id).where(Session.camp_id == camp.id))).values(person_id=None))
    db.session.execute(update(Step).where(Step.camp_id == camp.id, Step.person_id == participant.person_id)
                       .values(person_id=None))
    for table in (Pick, LateHost):
        db.session.execute(delete(table).where(table.participant_id == participant.id))
    _leave_line(participant)
    mine = list(db.session.scalars(select(Session).join(Host).where(Host.participant_id == participant.id)))
    _blot_agendas(camp, participant, mine, wanted)
    for session in mine:
        _leave(session, participant)
    begun.forget(participant)
    db.session.execute(delete(HostInvitation).where(
        (HostInvitation.participant_id == participant.id) | (HostInvitation.typed == participant.person.email)))
    _leave_projects(participant)
    _blot_texts(camp, wanted)


def _leave(session: Session, participant: Participant) -> None:
    session.hosts = [host for host in session.hosts if host.participant_id != participant.id]
    session.edit_number += 1
    if not session.hosts:
        session.state = "withdrawn"
        db.session.execute(delete(Placement).where(Placement.session_id == session.id))


def _leave_line(participant: Participant) -> None:
    db.session.execute(delete(Turn).where(Turn.participant_id == participant.id))
    db.session.execute(delete(Introduction).where(Introduction.participant_id == participant.id))


def _leave_projects(participant: Participant) -> None:
    mine = db.session.scalars(select(Project).join(Member).where(Member.participant_id == participant.id)).all()
    for project in mine:
        project.members = [member for member in project.members if member.participant_id != participant.id]
        if not project.members:
            db.session.delete(project)
    db.session.flush()


def _blot_agendas(camp: Camp, participant: Participant, mine: Iterable[Session], wanted: re.Pattern[str]) -> None:
    """Published versions are frozen, but not against this. What people have in calendars is told to come anew."""
    newest = agenda.current(camp)
    hosted = {session.id: [host.participant.name for host in session.hosts if host.participant_id != participant.id]
              for session in mine}
    for entry in db.session.scalars(select(Entry).join(Session).where(Session.camp_id == camp.id)):
        texts = {name: blotted(getattr(entry, name), wanted) for name in ("title", "description", "tag")}
        texts["hosts"] = (_without(entry.hosts, participant.name, hosted[entry.session_id])
                          if entry.session_id in hosted else blotted(entry.hosts, wanted))
        if _put(entry, texts) and newest is not None and entry.agenda_id == newest.id:
            entry.sequence += 1
            entry.changed_at = clock.now()


def _without(text: str, name: str, others: list[str]) -> str:
    """The hosts of an entry without one of them, once; who stands there under a former name goes too."""
    names = text.split(", ")
    if name in names:
        names[names.index(name)] = BLOT
        return ", ".join(names)
    return ", ".join(one if one in others else BLOT for one in names)


def _blot_texts(camp: Camp, wanted: re.Pattern[str]) -> None:
    for session in db.session.scalars(select(Session).where(Session.camp_id == camp.id)):
        session.edit_number += _blot(session, wanted, "title", "description", "tag", "guest", "hidden_because",
                                     *offers.CHALLENGE)
        session.more_tags = [blotted(tag, wanted) for tag in session.more_tags]
    for turn in db.session.scalars(select(Turn).where(Turn.camp_id == camp.id)):
        _blot(turn, wanted, "title", "name")
    outcomes = select(Outcome).join(Session).where(Session.camp_id == camp.id)
    for outcome in db.session.scalars(outcomes):
        outcome.edit_number += _blot(outcome, wanted, *TEXTS)
    for reply in db.session.scalars(select(Reply).join(Session, Session.id == Reply.session_id)
                                    .where(Session.camp_id == camp.id)):
        _blot(reply, wanted, "place")
    for project in db.session.scalars(select(Project).where(
            Project.outcome_id.in_(outcomes.with_only_columns(Outcome.id)))):
        _blot(project, wanted, "title", "question")
    db.session.flush()


def _blot(row: Any, wanted: re.Pattern[str], *names: str) -> bool:
    return _put(row, {name: blotted(getattr(row, name), wanted) for name in names})


def _put(row: Any, texts: dict[str, str]) -> bool:
    changed = {name: text for name, text in texts.items() if getattr(row, name) != text}
    for name, text in changed.items():
        setattr(row, name, text)
    return bool(changed)


def numbers(camp: Camp, participant: Participant, key: str) -> dict[str, int]:
    """What there is to forget, by its word."""
    def count(table: Any, *where: Any) -> int:
        return db.session.scalar(select(func.count()).select_from(table).where(*where)) or 0

    return {
        "votes": count(Vote, Vote.pseudonym == tokens.vote_pseudonym(key, camp.id, participant.id)),
        "picks": count(Pick, Pick.participant_id == participant.id),
        "sessions": count(Host, Host.participant_id == participant.id),
        "pitches": count(Turn, Turn.participant_id == participant.id),
        "introduction": count(Introduction, Introduction.participant_id == participant.id),
        "projects": count(Member, Member.participant_id == participant.id)}


def tell(camp: Camp, participant: Participant, key: str) -> dict[str, list[dict[str, Any]]]:
    """What is stored about a participant, whole, for their own eyes."""
    hosted = db.session.scalars(select(Session).join(Host).where(Host.participant_id == participant.id))
    voted = db.session.scalars(select(Session.title).join(Vote, Vote.session_id == Session.id).where(
        Vote.pseudonym == tokens.vote_pseudonym(key, camp.id, participant.id)))
    judged = db.session.scalars(select(Session.title).join(Judged, Judged.session_id == Session.id).where(
        Judged.pseudonym == tokens.vote_pseudonym(key, camp.id, participant.id)))
    picked = db.session.scalars(select(Session.title).join(Pick, Pick.session_id == Session.id).where(
        Pick.participant_id == participant.id))
    joined = db.session.scalars(select(Project).join(Member).where(Member.participant_id == participant.id))
    draft = begun.of(participant)
    late = db.session.scalars(select(Slot).join(LateHost, LateHost.slot_id == Slot.id).where(
        LateHost.participant_id == participant.id))
    told: dict[str, list[dict[str, Any]]] = {
            "hosted": [{"title": one.title, "description": one.description, "tag": one.tag, "state": one.state}
                       for one in hosted],
            "begun": [dict(draft.fields) | {"saved_at": draft.saved_at}] if draft else [],
            "votes": [{"session": title} for title in voted], "picks": [{"session": title} for title in picked],
            "judged": [{"session": title} for title in judged],
            "late": [{"there_from": f"{slot.date} {slot.starts:%H:%M}"} for slot in late],
            "projects": [{"title": one.title, "question": one.question} for one in joined]}
    return told | _pitches(participant)


def _pitches(participant: Participant) -> dict[str, list[dict[str, Any]]]:
    turns = db.session.scalars(select(Turn).where(Turn.participant_id == participant.id))
    wishes = db.session.scalars(select(Introduction).where(Introduction.participant_id == participant.id))
    return {"pitches": [{"title": one.title, "joined_at": one.joined_at, "state": one.state} for one in turns],
            "introduction": [{"hashtags_on_beamer": one.cloud, "buddy": one.buddy} for one in wishes]}


def keeps(camp: Camp, participant: Participant) -> bool:
    """Whether somebody joined a project, and so agreed to be kept until leaving it."""
    return db.session.scalar(select(Member.id).where(Member.participant_id == participant.id).limit(1)) is not None
