"""What organisers see of the votes: sums over time, spread, what is wanted together and by whom; never a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from sqlalchemy import select

from camp import tokens
from camp.db import db
from camp.models import KINDS, Camp, Participant
from sessions import proposals, voting
from sessions.kinds import LEAST
from sessions.vote_models import VoteHour

_STEPS = (0, 1, 5, 10, 20, 40, 80)  # votes from which a row of the spread begins


@dataclass(frozen=True, slots=True)
class Both:
    """Two proposals: how many would come to each, and to both (None: too few to tell)."""

    one: int
    other: int
    both: int | None


@dataclass(frozen=True, slots=True)
class OneKind:
    """A proposal whose voters all come from one kind of organisation."""

    session_id: int
    kind: str
    voters: int


def by_hour(camp: Camp) -> Sequence[tuple[datetime, int]]:
    """Hour → votes given in it, in order of time; those taken back are not taken off."""
    rows = db.session.execute(select(VoteHour.hour, VoteHour.number).where(VoteHour.camp_id == camp.id)
                              .order_by(VoteHour.hour)).tuples()
    return rows.all()


def spread(camp: Camp) -> list[tuple[int, int | None, int]]:
    """Rows of (from so many votes, to so many, proposals); the last one has no end."""
    counts = voting.counts(camp)
    numbers = [counts.get(row.id, 0) for row in proposals.open_proposals(camp)]
    ends: list[int | None] = [*(step - 1 for step in _STEPS[1:]), None]
    return [(start, end, sum(start <= number and (end is None or number <= end) for number in numbers))
            for start, end in zip(_STEPS, ends, strict=True)]


def together(camp: Camp, one: int, other: int) -> Both:
    """How many would come to each of two proposals and to both; of fewer than `kinds.LEAST` it is not told."""
    wanted = [set(ids) for ids in voting.votes_by_pseudonym(camp).values()]
    both = sum({one, other} <= ids for ids in wanted)
    return Both(sum(one in ids for ids in wanted), sum(other in ids for ids in wanted), both if both >= LEAST else None)


def wanted_together(camp: Camp, most: int = 10) -> list[tuple[int, int, int]]:
    """Pairs of proposals that most people want both, as (id, id, people); none that fewer than `kinds.LEAST` want."""
    pairs = Counter(pair for ids in voting.votes_by_pseudonym(camp).values() for pair in combinations(ids, 2))
    strong = sorted(((number, pair) for pair, number in pairs.items() if number >= LEAST),
                    key=lambda row: (-row[0], row[1]))
    return [(one, other, number) for number, (one, other) in strong[:most]]


def of_one_kind(camp: Camp, key: str) -> list[OneKind]:
    """Proposals that only people of one kind of organisation want. `key` makes the pseudonyms, in memory alone.

    Not told: a proposal or a kind with fewer than `kinds.LEAST` people, of whom one could be known.
    """
    people = db.session.execute(select(Participant.id, Participant.kind).where(
        Participant.camp_id == camp.id, Participant.state != "cancelled")).all()
    size = Counter(kind for _, kind in people)
    kind_of = {tokens.vote_pseudonym(key, camp.id, number): kind for number, kind in people}
    voters: dict[int, Counter[str]] = defaultdict(Counter)
    for pseudonym, ids in voting.votes_by_pseudonym(camp).items():
        for session_id in ids if pseudonym in kind_of else ():
            voters[session_id][kind_of[pseudonym]] += 1
    found = [OneKind(session_id, *kinds.most_common(1)[0]) for session_id, kinds in voters.items() if len(kinds) == 1]
    return sorted((row for row in found if row.voters >= LEAST and size[row.kind] >= LEAST),
                  key=lambda row: (KINDS.index(row.kind), -row.voters, row.session_id))
