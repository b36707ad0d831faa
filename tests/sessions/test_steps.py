"""Tests of sessions/steps.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from camp import venue
from camp.db import db, writing
from camp.errors import Conflict, NotFound
from camp.models import Camp, ClosedCell, LogEntry
from sessions import planning, steps
from sessions.board_models import Step
from sessions.models import Placement, Session
from tests import make


class Board:
    """A camp with rooms A and B at 10 and 11, and what lies where."""

    def __init__(self) -> None:
        self.camp: Camp = make.camp()
        grid = venue.grid(self.camp)
        self.rooms, self.slots = [room.id for room in grid.rooms], [slot.id for slot in grid.session_slots]
        db.session.rollback()

    def move(self, session: Session, room: int, slot: int, **more: object) -> None:
        with writing():
            planning.move(self.camp, session.id, self.rooms[room], self.slots[slot], exchange=True, **more)  # type: ignore[arg-type]

    def where(self) -> dict[int, tuple[int, int]]:
        """Session id → number of room and first slot."""
        found = {row.session_id: (self.rooms.index(row.room_id), self.slots.index(row.slot_id))
                 for row in db.session.scalars(select(Placement).where(Placement.part == 1))}
        db.session.rollback()
        return found

    def undo(self, number: int | None = None) -> None:
        with writing():
            steps.undo(self.camp, self.next_undo() if number is None else number)

    def redo(self) -> None:
        with writing():
            _, step = steps.to_turn(self.camp)
            assert step is not None
            steps.redo(self.camp, step.id)

    def next_undo(self) -> int:
        step, _ = steps.to_turn(self.camp)
        return step.id if step else 0


@pytest.fixture
def board(app: Flask) -> Iterator[Board]:
    yield Board()


def test_undo_goes_back_through_all_steps_whoever_made_them_and_redo_forward(board: Board) -> None:
    one, other = make.session(board.camp, "One"), make.session(board.camp, "Other", length=2)
    board.move(one, 0, 0)
    board.move(one, 1, 1, pinned=True)
    board.move(other, 0, 0)
    states = [{}, {one.id: (0, 0)}, {one.id: (1, 1)}, {one.id: (1, 1), other.id: (0, 0)}]
    for state in states[2::-1]:
        board.undo()
        assert board.where() == state
    assert (steps.to_turn(board.camp)[0], db.session.rollback()) == (None, None)
    for state in states[1:]:
        board.redo()
        assert board.where() == state
    assert steps.to_turn(board.camp)[1] is None
    assert [row.pinned for row in db.session.scalars(select(Placement).where(Placement.session_id == one.id))] == [True]


def test_a_new_step_ends_what_can_be_made_again(board: Board) -> None:
    one, other = make.session(board.camp, "One"), make.session(board.camp, "Other")
    board.move(one, 0, 0)
    board.undo()
    board.move(other, 1, 0)
    assert steps.to_turn(board.camp)[1] is None
    board.undo()
    assert board.where() == {}


def test_an_exchange_is_one_step(board: Board) -> None:
    one, other = make.session(board.camp, "One"), make.session(board.camp, "Other")
    board.move(one, 0, 0)
    board.move(other, 1, 1)
    board.move(one, 1, 1)
    assert board.where() == {one.id: (1, 1), other.id: (0, 0)}
    board.undo()
    assert board.where() == {one.id: (0, 0), other.id: (1, 1)}


def test_undo_of_what_somebody_else_moved_since_is_refused_and_changes_nothing(board: Board) -> None:
    one, other = make.session(board.camp, "One"), make.session(board.camp, "Other")
    board.move(one, 0, 0)
    first = board.next_undo()
    board.move(one, 1, 0)
    with pytest.raises(Conflict, match="“One” was moved since"):
        board.undo(first)
    board.move(one, 0, 0)  # it lies there again: then the first step may be taken back
    board.move(other, 1, 0)
    board.undo(first)
    assert board.where() == {other.id: (1, 0)}
    with pytest.raises(Conflict, match="taken back already"):
        board.undo(first)


def test_undo_is_refused_where_the_cell_is_taken_closed_or_the_session_gone(board: Board) -> None:
    one, other = make.session(board.camp, "One"), make.session(board.camp, "Other")
    board.move(one, 0, 0)
    board.move(one, 1, 0)
    number = board.next_undo()
    board.move(other, 0, 0)
    with pytest.raises(Conflict, match="The cell of “One” holds “Other” by now"):
        board.undo(number)
    board.undo()
    with writing():
        db.session.add(ClosedCell(room_id=board.rooms[0], slot_id=board.slots[0]))
    with pytest.raises(Conflict, match="closed or gone by now"):
        board.undo(number)
    with writing():
        db.session.execute(ClosedCell.__table__.delete())
        db.session.get_one(Session, one.id).state = "withdrawn"
    with pytest.raises(Conflict, match="“One” was withdrawn or changed since"):
        board.undo(number)
    assert board.where() == {one.id: (1, 0)}


def test_a_made_plan_is_one_step_that_can_be_taken_back(board: Board) -> None:
    one, other = make.session(board.camp, "One"), make.session(board.camp, "Other")
    board.move(one, 0, 0)
    rows = planning.problem_of(board.camp, "").sessions
    with writing():
        planning.apply(board.camp, [planning.records.Placement(row.id, f"r{board.rooms[1]}", f"t{slot}")
                                    for row, slot in zip(rows, board.slots, strict=True)])
    assert set(board.where()) == {one.id, other.id}
    board.undo()
    assert board.where() == {one.id: (0, 0)}


def test_steps_belong_to_their_camp_and_are_told_with_who_made_them(board: Board) -> None:
    other = make.camp("ecm28")
    anna = make.participant(board.camp, "Anna", "Richter")
    one = make.session(board.camp, "One")
    board.move(one, 0, 0, person_id=anna.person_id)
    number = board.next_undo()
    with pytest.raises(NotFound), writing():
        steps.undo(other, number)
    with pytest.raises(NotFound):
        board.undo(-1)
    board.undo()
    told = steps.history(board.camp)
    assert [(row.step.verb, row.who) for row in told] == [(steps.UNDO, ""), ("moved session", "Anna Richter")]
    assert steps.since(board.camp, number)[0].step.of == number
    assert (steps.last(other), steps.history(other)) == (0, [])
    assert [row.verb for row in db.session.scalars(select(LogEntry).order_by(LogEntry.id))] == ["moved session", "undid step"]
    assert db.session.scalars(select(Step.camp_id)).all() == [board.camp.id] * 2
