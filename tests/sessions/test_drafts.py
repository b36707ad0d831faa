"""Tests of sessions/drafts.py."""

from __future__ import annotations

import pytest
from flask import Flask

from camp import venue
from camp.db import db, writing
from camp.errors import Conflict, NotFound
from camp.models import ClosedCell
from sessions import drafts, planning
from sessions.drafts import Comparison, Point, Together
from sessions.models import Session
from sessions.planner import Plan, score_of
from sessions.planner.problem import Placement
from sessions.standing import room_id, session_id, slot_id, standing_of
from tests import make

KEY = "v" * 43


class Proposal:
    """A camp with two rooms and two slots; One lies in A at 10, Two in A at 11, Three nowhere. Proposed: the circle."""

    def __init__(self, app: Flask) -> None:
        self.camp = make.camp()
        self.sessions = [make.session(self.camp, title) for title in ("One", "Two", "Three")]
        make.vote(app, make.participant(self.camp), *self.sessions)
        grid = venue.grid(self.camp)
        self.rooms, self.slots = [room.id for room in grid.rooms], [slot.id for slot in grid.session_slots]
        db.session.rollback()
        with writing():
            for number in (0, 1):
                planning.move(self.camp, self.sessions[number].id, self.rooms[0], self.slots[number])
        self.propose((0, 0, 1), (1, 0, 0), (2, 1, 0))

    def propose(self, *cells: tuple[int, int, int]) -> None:
        """Let a search end with this plan: number of session, room and slot."""
        rows = tuple(Placement(session_id(self.sessions[n].id), room_id(self.rooms[r]), slot_id(self.slots[s])) for n, r, s in cells)
        standing = standing_of(self.camp, KEY)
        with writing():
            drafts.begin(self.camp, None, 1, standing)
            drafts.propose(self.camp.id, None, Plan(rows, (), score_of(standing.problem, rows)))

    def compared(self) -> Comparison:
        draft = drafts.of(self.camp)
        assert draft is not None
        found = drafts.compared(draft, standing_of(self.camp, KEY))
        db.session.rollback()
        return found

    def take(self, *chosen: int, whole: bool = False, seen: str = "") -> int:
        seen = seen or self.compared().seen
        with writing():
            return drafts.take(self.camp, seen, None if whole else {self.name(number) for number in chosen}, key=KEY)

    def name(self, number: int) -> str:
        return session_id(self.sessions[number].id)

    def where(self) -> dict[str, tuple[int, int]]:
        found = {row.session_id: (self.rooms.index(row.room_id), self.slots.index(row.slot_id)) for row in planning.placements(self.camp)}
        db.session.rollback()
        return {session.title: found[session.id] for session in self.sessions if session.id in found}


def test_the_comparison_tells_what_changes_and_what_both_plans_are_worth(app: Flask) -> None:
    place = Proposal(app)
    found = place.compared()
    assert [(one.session, one.before is None) for one in found.changes] == [(place.name(0), False), (place.name(1), False), (place.name(2), True)]
    assert (found.diff.before.attendance, found.diff.after.attendance, found.stale) == (2, 2, False)


def test_the_whole_plan_is_put_in_and_the_proposal_goes(app: Flask) -> None:
    place = Proposal(app)
    assert place.take(whole=True) == 3
    assert place.where() == {"One": (0, 1), "Two": (0, 0), "Three": (1, 0)}
    assert drafts.of(place.camp) is None
    with pytest.raises(NotFound), writing():
        drafts.take(place.camp, "", None, key=KEY)


def test_a_part_that_stands_alone_is_put_in_and_the_rest_stays_proposed(app: Flask) -> None:
    place = Proposal(app)
    assert place.take(2) == 1
    assert place.where() == {"One": (0, 0), "Two": (0, 1), "Three": (1, 0)}
    rest = place.compared()
    assert ({one.session for one in rest.changes}, rest.stale) == ({place.name(0), place.name(1)}, False)


def test_a_part_that_goes_only_with_more_is_refused_with_what_goes_along(app: Flask) -> None:
    place = Proposal(app)
    with pytest.raises(Together) as refused:
        place.take(0)
    assert [(one.session, one.because) for one in refused.value.part.along] == [(place.name(1), place.name(0))]
    assert place.where() == {"One": (0, 0), "Two": (0, 1)}
    assert place.take(0, 1) == 2
    assert place.where() == {"One": (0, 1), "Two": (0, 0)}


def test_a_plan_that_changed_since_it_was_looked_at_is_not_overwritten(app: Flask) -> None:
    place = Proposal(app)
    seen = place.compared().seen
    with writing():
        planning.take_out(place.camp, place.sessions[0].id)
    assert place.compared().stale
    with pytest.raises(Conflict) as refused:
        place.take(whole=True, seen=seen)
    assert refused.value.text == "The plan has changed meanwhile."
    assert place.where() == {"Two": (0, 1)}


def test_a_camp_that_changed_since_is_checked_anew(app: Flask) -> None:
    place = Proposal(app)
    with writing():
        db.session.add(ClosedCell(room_id=place.rooms[1], slot_id=place.slots[0]))
    with pytest.raises(planning.Blocked) as refused:
        place.take(whole=True)
    assert [(breach.rule, breach.session) for breach in refused.value.breaches] == [("closed", place.name(2))]
    assert place.take(0, 1) == 2


def test_sessions_that_came_or_went_since_stay_as_they_are(app: Flask) -> None:
    place = Proposal(app)
    late = make.session(place.camp, "Late")
    with writing():
        planning.move(place.camp, late.id, place.rooms[1], place.slots[1])
        db.session.get_one(Session, place.sessions[2].id).state = "withdrawn"
    assert {one.session for one in place.compared().changes} == {place.name(0), place.name(1)}
    assert place.take(whole=True) == 2
    assert {row.session_id for row in planning.placements(place.camp)} == {place.sessions[0].id, place.sessions[1].id, late.id}


def test_only_the_search_that_began_last_may_propose(app: Flask) -> None:
    place = Proposal(app)
    with pytest.raises(Conflict), writing():
        drafts.propose(place.camp.id, 7, Plan((), (), score_of(standing_of(place.camp).problem, ())))
    with writing():
        drafts.note(place.camp.id, 7, [Point(1, 1, 1, 1, 1)], 5)
    draft = drafts.of(place.camp)
    assert draft is not None and drafts.curve(draft) == []


def test_steps_are_the_better_plans_newest_first() -> None:
    first, same, better = Point(0.1, 1, 5, 0, 2), Point(0.4, 9, 5, 0, 2), Point(0.9, 20, 8, 1, 2)
    assert drafts.steps([first, same, better]) == [(better, 3)]
    assert drafts.steps([]) == []


def test_a_proposal_thrown_away_leaves_the_plan_as_it_was(app: Flask) -> None:
    place = Proposal(app)
    with writing():
        drafts.discard(place.camp)
    assert drafts.of(place.camp) is None
    assert place.where() == {"One": (0, 0), "Two": (0, 1)}
