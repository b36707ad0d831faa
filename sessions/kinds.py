"""Which kinds of organisation bring sessions and vote: sums only, and none that would point at one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from camp import tokens
from camp.db import db
from camp.models import KINDS, Camp, Participant
from sessions import voting
from sessions.models import Host, Session

LEAST = 5  # people; of fewer, how many of them voted is not told


@dataclass(frozen=True, slots=True)
class Share:
    """Of a kind of organisation: how many people there are, how many host, how many vote (None: too few to tell)."""

    kind: str
    people: int
    hosts: int
    voters: int | None


def shares(camp: Camp, key: str) -> Sequence[Share]:
    """Each kind of organisation that is there. `key` makes the pseudonyms under which votes lie."""
    people = db.session.execute(select(Participant.id, Participant.kind).where(
        Participant.camp_id == camp.id, Participant.state != "cancelled")).all()
    running = Session.camp_id == camp.id, Session.state == "proposed"
    holding = select(Host.participant_id).join(Session, Session.id == Host.session_id).where(*running)
    hosts, voters = set(db.session.scalars(holding)), set(voting.votes_by_pseudonym(camp))
    there = Counter(kind for _, kind in people)
    host = Counter(kind for number, kind in people if number in hosts)
    votes = Counter(kind for number, kind in people if tokens.vote_pseudonym(key, camp.id, number) in voters)
    return [Share(kind, there[kind], host[kind], votes[kind] if there[kind] >= LEAST else None)
            for kind in KINDS if there[kind]]
