"""What is printed for the day, as plain records: cards of topics, the grid, and which cells are free for a card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from camp import venue
from camp.db import db
from camp.models import Camp, Room, Slot
from sessions import agenda, hands, planning, proposals, voting
from sessions.models import Entry, Placement, Session

WHICH = ("all", "unplaced", "changed", "blank")
BLANKS = 4  # empty cards for what nobody has proposed yet


@dataclass(frozen=True, slots=True)
class Card:
    """A topic on paper: what it is, who holds it, how many would come, and where it lies."""

    session_id: int
    title: str
    hosts: str
    tag: str
    length: int
    needs: tuple[str, ...]
    votes: int
    hands: int | None
    place: Entry | None


def cards(camp: Camp, which: str = "all") -> list[Card]:
    """The cards of all topics, of those without a cell, or of those that differ from the agenda that is out."""
    entries = {entry.session_id: entry for entry in agenda.planned(camp)}
    votes, raised = voting.counts(camp), hands.counted(camp)
    found = [_card(one, votes.get(one.id, 0), raised.get(one.id), entries.get(one.id))
             for one in sorted(proposals.open_proposals(camp), key=lambda one: one.title.casefold())]
    if which == "unplaced":
        return [card for card in found if card.place is None]
    if which == "changed":
        differs = _changed(camp)
        return [card for card in found if card.session_id in differs]
    return found


def place_of(camp: Camp, session_id: int) -> Entry | None:
    """Where a session lies as the plan stands."""
    return next((entry for entry in agenda.planned(camp) if entry.session_id == session_id), None)


def free_cells(camp: Camp) -> list[tuple[Room, Slot]]:
    """The cells that are open and empty, by time and room."""
    grid = venue.grid(camp)
    taken = {(one.room_id, one.slot_id) for one in planning.placements(camp)}
    return [(room, slot) for slot in grid.session_slots for room in grid.rooms
            if (room.id, slot.id) not in grid.closed and (room.id, slot.id) not in taken]


def filled(camp: Camp) -> dict[tuple[int, int], str]:
    """(room id, slot id) → the title that lies there, in every cell that a session takes."""
    rows = db.session.query(Placement.room_id, Placement.slot_id, Session.title).join(
        Session, Session.id == Placement.session_id).filter(Session.camp_id == camp.id)
    return {(room, slot): title for room, slot, title in rows}


def _changed(camp: Camp) -> set[int]:
    found = agenda.changes(camp)
    moved: Iterable[Entry] = (entry for _, entry in found.moved)
    return {entry.session_id for entry in (*found.new, *found.reworded, *moved)}


def _card(one: Session, votes: int, raised: int | None, place: Entry | None) -> Card:
    names = [host.participant.name for host in one.hosts]
    return Card(one.id, one.title, ", ".join([*names, one.guest] if one.guest else names), one.tag, one.length,
                tuple(one.needs), votes, raised, place)
