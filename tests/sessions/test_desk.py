from __future__ import annotations

import pytest
from flask import Flask

from camp import camps, clock, venue
from camp.db import db, writing
from camp.editions import NEVER_SEEN
from camp.errors import BadInput, CampError, Conflict, NotOpen
from camp.models import Camp
from sessions import agenda, desk, hands, pitches, stage
from sessions.desk import Pitch
from sessions.models import Session
from sessions.pitch_models import Turn
from tests import make
from tests.sessions.pitching import joined, live_camp, titles


def _where(camp: Camp) -> dict[str, str]:
    return {entry.title: f"{entry.starts.hour} {entry.room_letter} {entry.hosts}" for entry in agenda.shown(camp)}


@pytest.fixture
def camp(app: Flask) -> Camp:
    """A live camp, looked at before its day."""
    return live_camp()


def test_what_was_typed_becomes_a_session_with_host_hands_and_the_first_cell(camp: Camp) -> None:
    make.participant(camp, organisation="Lagerpilot")
    before = camp.change_number
    with writing():
        turn = desk.save(camp, Pitch("n1", " Returns ", "mai krause, lagerpilot", 12))
    db.session.refresh(camp)
    assert (_where(camp), hands.counted(camp), turn.state, camp.change_number > before) == (
        {"Returns": "10 A Mai Krause"}, {turn.session_id: 12}, "done", True)


def test_the_same_save_again_changes_nothing(camp: Camp) -> None:
    for _ in range(2):
        with writing():
            desk.save(camp, Pitch("n1", "Returns", "Jo", 12))
    assert (db.session.query(Session).count(), db.session.query(Turn).count(), len(_where(camp))) == (1, 1, 1)


def test_a_host_who_is_not_registered_stands_in_the_grid_by_the_name_that_was_said(camp: Camp) -> None:
    with writing():
        desk.save(camp, Pitch("n1", "Returns", "Jemand Neues"))
    assert _where(camp) == {"Returns": "10 A Jemand Neues"}


def test_a_title_of_the_wall_is_that_proposal_whatever_its_capitals(camp: Camp) -> None:
    session = make.session(camp, "Über Äpfel", [make.participant(camp)])
    with writing():
        turn = desk.save(camp, Pitch("n1", "über äpfel", desk.host_of(session), 3))
    assert (turn.session_id, session.title, [host.participant.name for host in session.hosts], session.guest) == (
        session.id, "über äpfel", ["Mai Krause"], "")


def test_saving_ends_the_turn_and_the_next_one_begins(camp: Camp) -> None:
    joined(camp, "Mai", "Ben", "Jo")
    with writing():
        turn = stage.call_next(camp)
        assert turn is not None
        desk.save(camp, Pitch("n1", turn.title, "Mai", 4, turn_id=turn.id, edit_number=turn.edit_number))
    now = stage.on_stage(camp)
    assert now is not None and (turn.state, now.title, titles(camp)) == ("done", "Bens topic", ["Jo"])


def test_of_two_moderators_the_second_is_told_and_may_save_again(camp: Camp) -> None:
    joined(camp, "Mai")
    with writing():
        turn = stage.call_next(camp)
        assert turn is not None
        seen = turn.edit_number
        desk.save(camp, Pitch("n1", turn.title, "Mai", 4, turn_id=turn.id, edit_number=seen))
    for number, said in ((seen, "Somebody else"), (NEVER_SEEN, "did not say which text")):
        with pytest.raises(Conflict, match=said), writing():
            desk.save(camp, Pitch("n2", turn.title, "Mai", 9, turn_id=turn.id, edit_number=number))
    assert list(hands.counted(camp).values()) == [4]
    with writing():
        desk.save(camp, Pitch("n2", turn.title, "Mai", 9, desk.STAYS))
    assert (list(hands.counted(camp).values()), db.session.query(Turn).count(), len(_where(camp))) == ([9], 1, 1)


def test_a_chosen_cell_is_taken_and_one_that_is_taken_is_refused_with_nothing_kept(camp: Camp) -> None:
    grid = venue.grid(camp)
    cell = f"{grid.rooms[1].id}-{grid.session_slots[1].id}"
    with writing():
        desk.save(camp, Pitch("n1", "One", "Mai", 4, cell))
    assert _where(camp) == {"One": "11 B Mai"}
    with pytest.raises(Conflict), writing():
        desk.save(camp, Pitch("n2", "Two", "Ben", 4, cell))
    assert (db.session.query(Session).count(), db.session.query(Turn).count()) == (1, 1)


def test_later_and_a_full_grid_leave_it_without_a_cell_and_block_nobody(camp: Camp) -> None:
    with writing():
        desk.save(camp, Pitch("n0", "Later", "Mai", 1, desk.LATER))
        for number in range(5):
            desk.save(camp, Pitch(f"n{number + 1}", f"S{number}", f"Host {number}", 1))
    assert (sorted(_where(camp)), stage.number_done(camp)) == (["S0", "S1", "S2", "S3"], 6)


def test_saving_a_placed_one_again_lays_it_anew_or_leaves_it(camp: Camp) -> None:
    grid = venue.grid(camp)
    with writing():
        desk.save(camp, Pitch("n1", "One", "Mai", 4))
        desk.save(camp, Pitch("n2", "One", "Mai", 5, desk.STAYS))
    assert _where(camp) == {"One": "10 A Mai"}
    with writing():
        desk.save(camp, Pitch("n3", "One", "Mai", 5, f"{grid.rooms[1].id}-{grid.session_slots[0].id}"))
    assert _where(camp) == {"One": "10 B Mai"}


@pytest.mark.parametrize("pitch", [Pitch("n", "", "Mai"), Pitch("n", "T", " "), Pitch("n", "x" * 151, "Mai"), Pitch("n", "T", "x" * 201),
                                   Pitch("n", "T", "Mai", -1), Pitch("n", "T", "Mai", 1, "nowhere"), Pitch("n", "T", "Mai", 1, "1-2-3"),
                                   Pitch("n", "T", "Mai", 1, "9-9"), Pitch("n", "T", "Mai", turn_id=7)])
def test_what_cannot_be_is_refused_and_nothing_is_kept(camp: Camp, pitch: Pitch) -> None:
    with pytest.raises(CampError), writing():
        desk.save(camp, pitch)
    assert (db.session.query(Session).count(), db.session.query(Turn).count()) == (0, 0)


def test_nothing_is_saved_when_no_round_is_open(camp: Camp) -> None:
    with writing():
        camps.set_phase(camp, "pitch", None, clock.now())
    with pytest.raises(NotOpen), writing():
        desk.save(camp, Pitch("n", "T", "Mai"))


def test_another_name_beside_a_host_is_added_and_takes_nobody_away(camp: Camp) -> None:
    session = make.session(camp, "Returns", [make.participant(camp)])
    ben = make.participant(camp, "Ben", "Ode")
    with writing():
        desk.save(camp, Pitch("n1", "Returns", "Ben Ode"))
        desk.save(camp, Pitch("n2", "Returns", "Jemand", cell=desk.STAYS))
    assert ([host.participant_id for host in session.hosts][1:], desk.host_of(session)) == ([ben.id], "Mai Krause, Ben Ode, Jemand")


def test_refusals_name_their_field(camp: Camp) -> None:
    for pitch, field in ((Pitch("n", "", "M"), "title"), (Pitch("n", "T", ""), "host"), (Pitch("n", "T", "M", -1), "hands"), (Pitch("n", "T", "M", 1, "x"), "cell")):
        with pytest.raises(BadInput) as refused, writing():
            desk.save(camp, pitch)
        assert refused.value.field == field
    assert pitches.line(camp) == []


def test_a_turn_of_a_merged_session_is_about_the_one_that_stands_and_a_hidden_one_stays_hidden(app: Flask, camp: Camp) -> None:
    gone, kept, hidden = (make.session(camp, title, [make.participant(camp)]) for title in ("Old", "New", "Bad"))
    joined(camp, "Mai", "Ben")
    first, second = pitches.line(camp)
    with writing():
        gone.state, gone.merged_into, first.session_id = "withdrawn", kept.id, gone.id
        hidden.state, hidden.hidden_because, second.session_id = "withdrawn", "advertising", hidden.id
    with writing():
        saved = [desk.save(camp, Pitch(f"n{row.id}", title, "Jo", turn_id=row.id, edit_number=row.edit_number)).session_id
                 for row, title in ((first, "New"), (second, "Good"))]
    assert (saved[0], saved[1] in (gone.id, kept.id, hidden.id), gone.state, hidden.state) == (kept.id, False, "withdrawn", "withdrawn")
