"""The plan that a search proposes: it lies beside the one that stands until somebody takes it, whole or in part."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import delete

from camp import camps, clock
from camp.db import db
from camp.errors import N_, CampError, Conflict, NotFound
from camp.models import Camp
from sessions import planning
from sessions.plan_models import Draft
from sessions.planner import Plan, compare
from sessions.planner.diff import Diff
from sessions.planner.part import Change, Part, changes, part
from sessions.planner.problem import Figures, Placement
from sessions.standing import Standing, standing_of


class Together(CampError):
    """What was chosen goes only with more; `part` says with what."""

    status = 422

    def __init__(self, found: Part) -> None:
        super().__init__(N_("What you ticked goes only together with more."),
                         N_("Look at what goes along, then take it."))
        self.part = found


@dataclass(frozen=True, slots=True)
class Point:
    """What a search had found by then."""

    seconds: float
    moves: int
    kept: int
    standing: int
    placed: int

    @property
    def worth(self) -> tuple[int, int, int]:
        """What makes it better or worse than another."""
        return self.kept, self.standing, self.placed


@dataclass(frozen=True, slots=True)
class Comparison:
    """The proposed plan beside the one that stands. `stale`: the latter is no longer what it was at the beginning.

    `seen` stands for both plans: whoever takes one says with it what they looked at.
    """

    standing: Standing
    proposed: tuple[Placement, ...]
    changes: tuple[Change, ...]
    diff: Diff
    stale: bool
    seen: str


def begin(camp: Camp, job_id: int | None, seed: int, standing: Standing) -> None:
    """A search has begun: the proposal of the one before goes."""
    discard(camp)
    db.session.add(Draft(camp_id=camp.id, job_id=job_id, seed=seed, began=_written(standing.placed),
                         known=list(standing.sessions), made_at=clock.now()))
    db.session.flush()


def note(camp_id: int, job_id: int | None, points: Iterable[Point], bound: int) -> None:
    """Keep what the search has found so far."""
    draft = db.session.get(Draft, camp_id)
    if draft is not None and draft.job_id == job_id:
        draft.curve = [[one.seconds, one.moves, one.kept, one.standing, one.placed] for one in points]
        draft.bound = bound


def propose(camp_id: int, job_id: int | None, plan: Plan) -> None:
    """The search has ended: this is its plan. Raises Conflict if another search has begun meanwhile."""
    draft = db.session.get(Draft, camp_id)
    if draft is None or draft.job_id != job_id:
        raise Conflict(N_("Another search has begun meanwhile."), N_("Look at its plan."))
    draft.rows, draft.bound, draft.ready = _written(plan.placements), plan.figures.bound, True


def of(camp: Camp) -> Draft | None:
    """The camp's proposed plan, or the one that is being looked for."""
    return db.session.get(Draft, camp.id)


def curve(draft: Draft) -> Sequence[Point]:
    """What the search found, and when."""
    return [Point(*row) for row in draft.curve]


def steps(points: Sequence[Point]) -> list[tuple[Point, int]]:
    """When the search found better plans, newest first, and by how many wishes each was better than the one before."""
    return [(late, late.kept - early.kept) for early, late in pairwise(points) if late.worth != early.worth][::-1]


def compared(draft: Draft, standing: Standing) -> Comparison:
    """The proposal against the plan that stands; sessions that are new since stay where they are."""
    proposed = _proposed(draft, standing)
    return Comparison(standing, proposed, changes(standing.placed, proposed),
                      compare(standing.problem, standing.placed, proposed),
                      _written(standing.placed) != draft.began, _seen(standing.placed, proposed))


def some(comparison: Comparison, chosen: Iterable[str]) -> Part:
    """What becomes of the plan that stands with the chosen changes, and what goes along."""
    return part(comparison.standing.problem, comparison.standing.placed, comparison.proposed, chosen)


def figures_of(comparison: Comparison, found: Part) -> Figures:
    """What the plan would be worth with a part of the changes."""
    return compare(comparison.standing.problem, (), found.placements).after


def take(camp: Camp, seen: str, chosen: Iterable[str] | None, *, key: str, person_id: int | None = None) -> int:
    """Put the proposal in, whole (None) or the chosen sessions only. Gives how many sessions change.

    Raises NotFound without a proposal, Conflict if one of the plans is not what was looked at, Together if the chosen
    ones go only with more, and Blocked if the camp has changed so that it breaks a rule.
    """
    camps.lock(camp)
    draft = of(camp)
    if draft is None or not draft.ready:
        raise NotFound(N_("There is no proposed plan any more."), N_("Search for one."))
    comparison = compared(draft, standing_of(camp, key))
    if comparison.seen != seen:
        raise Conflict(N_("The plan has changed meanwhile."), N_("Look at the comparison again."))
    wanted = {one.session for one in comparison.changes} if chosen is None else set(chosen)
    found = some(comparison, wanted)
    if found.breaches:
        raise planning.Blocked(found.breaches, comparison.standing.names)
    if found.along:
        raise Together(found)
    planning.apply(camp, found.placements, person_id=person_id)
    if len(found.taken) == len(comparison.changes):
        discard(camp)
    else:
        draft.began = _written(standing_of(camp).placed)
    return len(found.taken)


def discard(camp: Camp) -> None:
    """Throw the proposal away."""
    db.session.execute(delete(Draft).where(Draft.camp_id == camp.id))
    db.session.flush()


def _written(rows: Iterable[Placement]) -> list[list[str]]:
    return [[row.session, row.room, row.slot] for row in rows]


def _proposed(draft: Draft, standing: Standing) -> tuple[Placement, ...]:
    """The proposal as far as its sessions, rooms and slots are still there, and what is new since as it lies."""
    rooms, slots = ({one.id for one in kind} for kind in (standing.problem.rooms, standing.problem.slots))
    rows = [Placement(*row) for row in draft.rows]
    known = set(draft.known)
    return (*(row for row in rows if row.session in standing.sessions and row.room in rooms and row.slot in slots),
            *(row for row in standing.placed if row.session not in known))


def _seen(*plans: Iterable[Placement]) -> str:
    return hashlib.sha256(repr([sorted(_written(rows)) for rows in plans]).encode()).hexdigest()[:32]
