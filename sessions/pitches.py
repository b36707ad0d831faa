"""The line in front of the stage: who stands in it and in which order; whoever has pitched waits behind the others."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from camp import clock, editions
from camp.db import LARGEST_ID, db
from camp.errors import N_, BadInput, Conflict, NotAllowed, NotFound, NotOpen
from camp.models import Camp, Participant
from camp.text import line as one_line
from sessions import live, rounds
from sessions.models import Session
from sessions.pitch_models import Turn
from sessions.proposals import TITLE

_RELOAD = N_("Load the page again.")


def join(camp: Camp, *, participant: Participant | None = None, session: Session | None = None, name: str = "",
         title: str = "") -> Turn:
    """Stand in line: with a proposal, or with a title; as a participant, or by the name that was said.

    Whoever has pitched waits behind those who have not. Raises NotOpen, NotAllowed, BadInput, or Conflict for who
    stands in line with the same already.
    """
    rounds.kept(camp)
    if not live.is_live(camp):
        raise NotOpen(N_("The pitch round is not open."), N_("The camp's first page says when it is."))
    if participant is not None and participant.state == "cancelled":
        raise NotAllowed(N_("You have cancelled, so you cannot pitch."), N_("Ask the organisers for a place."))
    name, title = one_line(name), session.title if session else one_line(title)
    if not title:
        raise BadInput(N_("A title is missing."), N_("A question is enough."), field="title")
    if len(title) > TITLE or len(name) > TITLE:
        raise BadInput(N_("This is too long: at most %(number)s characters."), field="title", number=TITLE)
    if session is None and participant is None and not name:
        raise BadInput(N_("A name is missing."), N_("The stage calls it."), field="name")
    if participant is None and session is not None and session.hosts:
        participant = session.hosts[0].participant
    turn = Turn(camp_id=camp.id, participant_id=participant.id if participant else None,
                session_id=session.id if session else None, name=name, title=title, joined_at=clock.now())
    _not_twice(camp, turn)
    rows, done = line(camp), pitched(camp)
    place = next((number for number, row in enumerate(rows) if row.later or who(row) in done), len(rows))
    rows.insert(len(rows) if who(turn) in done else place, turn)
    db.session.add(turn)
    number(rows)
    return turn


def leave(camp: Camp, turn_id: int, participant: Participant | None = None) -> Turn:
    """Step out of the line; a participant only with their own turn. Raises NotFound."""
    rounds.kept(camp)
    turn = of(camp, turn_id)
    if participant is not None and turn.participant_id != participant.id and not _holds(turn, participant):
        raise NotFound(N_("You do not stand in line with this."), _RELOAD)
    if turn.state == "waiting":
        turn.state = "gone"
        turn.edit_number += 1
    return turn


def move(camp: Camp, turn_id: int, by: int, order_number: int) -> None:
    """Put somebody so many places forward (below zero) or back.

    Raises Conflict if somebody else has changed the order since `order_number` was read.
    """
    found = rounds.kept(camp)
    turn = of(camp, turn_id)
    if found.order_number != order_number:
        raise Conflict(N_("Somebody else has changed the line in the meantime."), N_("Now you see how it is."))
    rows = line(camp)
    if turn not in rows:
        raise NotFound(N_("This turn no longer waits."), _RELOAD)
    here = rows.index(turn)
    there = min(max(here + by, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    turn.later = rows[there - 1].later if there else False
    number(rows)
    found.order_number += 1


def second_round(camp: Camp) -> int:
    """Let whoever has pitched already wait for a second round, so that the first one ends in time; tells how many."""
    found = rounds.kept(camp)
    rows = line(camp)
    done = pitched(camp)
    again = [row for row in rows if not row.later and who(row) in done]
    for row in again:
        row.later = True
    number([*(row for row in rows if not row.later), *(row for row in rows if row.later)])
    found.order_number += 1
    return len(again)


def behind(camp: Camp, turn: Turn) -> list[Turn]:
    """Let other turns of somebody who has just pitched wait behind those who have not; gives the line."""
    rows = line(camp)
    mine = [row for row in rows if not row.later and who(row) == who(turn)]
    if mine:
        others = [row for row in rows if row not in mine]
        rows = [*(row for row in others if not row.later), *mine, *(row for row in others if row.later)]
        number(rows)
    return rows


def line(camp: Camp) -> list[Turn]:
    """Who waits, in order; those of the second round last."""
    return list(db.session.scalars(select(Turn).where(Turn.camp_id == camp.id, Turn.state == "waiting")
                                   .order_by(Turn.later, Turn.position, Turn.id)))


def of(camp: Camp, turn_id: int) -> Turn:
    """A turn of this camp. Raises NotFound."""
    turn = db.session.get(Turn, turn_id) if turn_id <= LARGEST_ID else None
    if turn is None or turn.camp_id != camp.id:
        raise NotFound(N_("There is no such turn in the line."), _RELOAD)
    return turn


def check(turn: Turn, edit_number: int) -> None:
    """Refuse what was meant for a state of a turn that is over. Raises Conflict."""
    if turn.edit_number != edit_number:
        raise Conflict(editions.UNNUMBERED if edit_number == editions.NEVER_SEEN
                       else N_("Somebody else has saved or moved this pitch in the meantime."),
                       N_("What you typed is still here. Saving again replaces the other version."))


def number(rows: Iterable[Turn]) -> None:
    """Keep this order."""
    for position, row in enumerate(rows):
        row.position = position
    db.session.flush()


def who(turn: Turn) -> str:
    """Who stands there, to compare: a participant, or a name in whatever case."""
    return f"#{turn.participant_id}" if turn.participant_id else turn.name.casefold()


def pitched(camp: Camp) -> frozenset[str]:
    """Who has pitched, as `who` says it; one query."""
    return frozenset(who(row) for row in db.session.scalars(
        select(Turn).where(Turn.camp_id == camp.id, Turn.state == "done")))


def sessions_of(camp: Camp) -> frozenset[int]:
    """The ids of the sessions that wait, are on the stage or have been pitched."""
    return frozenset(one for one in db.session.scalars(select(Turn.session_id).where(
        Turn.camp_id == camp.id, Turn.state != "gone")) if one is not None)


def _not_twice(camp: Camp, turn: Turn) -> None:
    rows = db.session.scalars(select(Turn).where(Turn.camp_id == camp.id, Turn.state.in_(("waiting", "stage"))))
    for row in rows:
        same = row.session_id == turn.session_id if turn.session_id else row.title == turn.title
        if same and (turn.session_id or who(row) == who(turn)):
            raise Conflict(N_("This stands in line already."), N_("The list says where."), field="title")


def _holds(turn: Turn, participant: Participant) -> bool:
    return turn.session is not None and any(host.participant_id == participant.id for host in turn.session.hosts)
