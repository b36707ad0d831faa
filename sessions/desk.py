"""The pitch desk: what a typist types while somebody pitches becomes a session with hands and a cell, in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from camp import camps, clock, log
from camp.db import db
from camp.errors import N_, BadInput, NotOpen
from camp.models import Camp
from camp.text import line as one_line
from sessions import budget, cells, entering, hands, live, named, pitches, planning, proposals, rounds, stage, voting
from sessions.audience import expected
from sessions.models import Host, Session
from sessions.offers import Draft
from sessions.pitch_models import Turn
from sessions.standing import Standing, standing_of

# Beside a cell "room-slot": the best one at the moment of saving, none for now, the one where it lies already.
BEST, LATER, STAYS = "best", "later", "stays"


@dataclass(frozen=True, slots=True)
class Pitch:
    """What the desk sends. `turn_id` and `edit_number`: who is on the stage, as the desk saw it (0: nobody)."""

    nonce: str
    title: str
    host: str
    hands: int | None = None
    cell: str = BEST
    turn_id: int = 0
    edit_number: int = 0


def save(camp: Camp, pitch: Pitch, *, person_id: int | None = None) -> Turn:
    """Keep a pitch: session, host, hands, cell; then the next one begins. The same nonce again changes nothing.

    A title that is on the wall is that proposal. Raises NotOpen, BadInput, Conflict when somebody else has saved this
    pitch or the cell is taken; nothing of it is kept then.
    """
    going = rounds.kept(camp)
    if not live.is_live(camp):
        raise NotOpen(N_("The pitch round is not open."), N_("Open it on the page of phases."))
    before = db.session.scalar(select(Turn).where(Turn.camp_id == camp.id, Turn.nonce == pitch.nonce))
    if before is not None:
        return before
    rounds.begun(camp)
    turn = pitches.of(camp, pitch.turn_id) if pitch.turn_id else None
    if turn is not None:
        pitches.check(turn, pitch.edit_number)
    title, host = _words(pitch)
    on_wall = about(turn) or known(camp, title)
    session = _session(camp, on_wall, title, host, person_id)
    hands.count(session.id, pitch.hands)
    _lay(camp, session, pitch, _expected(on_wall, pitch.hands, going.percent), person_id)
    turn = turn or (_earlier(camp, on_wall) if on_wall else None) or _without_line(camp, session, title, host)
    turn.session_id, turn.title, turn.state, turn.nonce = session.id, title, "done", pitch.nonce
    turn.participant_id = turn.participant_id or next((one.participant_id for one in session.hosts), None)
    turn.ended_at, turn.edit_number = clock.now(), turn.edit_number + 1
    db.session.flush()
    stage.call_next(camp, pitches.behind(camp, turn))
    log.note("pitched session", camp_id=camp.id, person_id=person_id, session_id=session.id)
    return turn


def offers(camp: Camp, session: Session | None, host: str, raised: int | None) -> tuple[int, list[cells.Offer]]:
    """How many people are expected, and the cells to suggest, best first."""
    who = named.find(camp, host) if session is None else None
    people = _expected(session, raised, rounds.of(camp).percent)
    return people, _offers(camp, standing_of(camp), session, [who.id] if who else [], people)


def known(camp: Camp, title: str) -> Session | None:
    """The proposal of this title, whatever its capitals; the oldest one of several."""
    wanted = one_line(title).casefold()
    found = next((number for number, name in wall(camp) if name.casefold() == wanted), None) if wanted else None
    return db.session.get(Session, found) if found is not None else None


def about(turn: Turn | None) -> Session | None:
    """What a turn is about: of a merged session the one that stands for it; a hidden one stays hidden."""
    session = turn.session if turn is not None else None
    if session is not None and session.merged_into is not None:
        session = db.session.get(Session, session.merged_into)
    return None if session is None or session.hidden_because else session


def wall(camp: Camp) -> Sequence[tuple[int, str]]:
    """Id and title of every proposal, the oldest first; one query."""
    return db.session.execute(select(Session.id, Session.title).where(
        Session.camp_id == camp.id, Session.state == "proposed").order_by(Session.id)).tuples().all()


def host_of(session: Session | None, turn: Turn | None = None) -> str:
    """What stands in the field of the host to begin with."""
    if session is not None and (session.hosts or session.guest):
        first = named.label(session.hosts[0].participant) if len(session.hosts) == 1 else ", ".join(
            host.participant.name for host in session.hosts)
        return ", ".join(words for words in (first, session.guest) if words)
    if turn is not None:
        return named.label(turn.participant) if turn.participant else turn.name
    return ""


def _words(pitch: Pitch) -> tuple[str, str]:
    title = one_line(pitch.title)
    if not title:
        raise BadInput(N_("A title is missing."), N_("A question is enough."), field="title")
    if len(title) > proposals.TITLE:
        raise BadInput(N_("This is too long: at most %(number)s characters."), field="title", number=proposals.TITLE)
    return title, named.checked(pitch.host)


def _session(camp: Camp, session: Session | None, title: str, host: str, person_id: int | None) -> Session:
    """The proposal that was pitched with what was typed about it, or a new one."""
    if session is None:
        return entering.put(camp, Draft(title=title), named.find(camp, host), host, person_id=person_id)
    if (session.title, session.state) != (title, "proposed"):
        session.title, session.state, session.edit_number = title, "proposed", session.edit_number + 1
        budget.trim(camp, session)
    if host != host_of(session):
        _take_host(camp, session, host)
    camps.changed(camp)
    db.session.flush()
    return session


def _take_host(camp: Camp, session: Session, host: str) -> None:
    """Somebody on the list becomes one of the hosts; another name stands beside them as it was said."""
    who = named.find(camp, host)
    if who is None:
        session.guest = host
    elif not proposals.is_host(session, who):
        session.hosts.append(Host(participant_id=who.id, participant=who, away=""))
        session.guest = ""


def _lay(camp: Camp, session: Session, pitch: Pitch, people: int, person_id: int | None) -> None:
    if pitch.cell in (LATER, STAYS):
        return
    standing = standing_of(camp)
    if pitch.cell == BEST:
        found = _offers(camp, standing, session, [], people)
        if not found:
            return
        room, slot = found[0].room.id, found[0].slot.id
    else:
        numbers = pitch.cell.split("-")
        if len(numbers) != 2 or not all(one.isdecimal() and len(one) < 10 for one in numbers):
            raise BadInput(N_("There is no such cell."), N_("Choose one of the list."), field="cell")
        room, slot = int(numbers[0]), int(numbers[1])
    planning.move(camp, session.id, room, slot, person_id=person_id, standing=standing)


def _expected(session: Session | None, raised: int | None, percent: int) -> int:
    return expected(voting.count_of(session) if session is not None else 0, raised, percent)


def _offers(camp: Camp, standing: Standing, session: Session | None, hosts: list[int], people: int,
            ) -> list[cells.Offer]:
    return cells.offers(standing, session, hosts, people, clock.local(clock.now(), camp.timezone))


def _earlier(camp: Camp, session: Session) -> Turn | None:
    """The turn in which this session was pitched or waits: saving it once more is no second pitch."""
    return db.session.scalar(select(Turn).where(Turn.camp_id == camp.id, Turn.session_id == session.id,
                                                Turn.state != "gone").order_by(Turn.id.desc()).limit(1))


def _without_line(camp: Camp, session: Session, title: str, host: str) -> Turn:
    """A turn for somebody who went straight to the stage."""
    turn = Turn(camp_id=camp.id, session_id=session.id, title=title, joined_at=clock.now(),
                name="" if session.hosts else host, edit_number=0)
    db.session.add(turn)
    return turn
