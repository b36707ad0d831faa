from __future__ import annotations

import pytest
from flask import Flask

from camp import camps, clock
from camp.db import writing
from camp.errors import BadInput, CampError, Conflict, NotAllowed, NotFound, NotOpen
from sessions import pitches
from tests import make
from tests.sessions.pitching import joined, live_camp, titles


def test_whoever_has_pitched_waits_behind_those_who_have_not(app: Flask) -> None:
    camp = live_camp()
    first, _ = joined(camp, "Mai", "Ben")
    with writing():
        first.state = "done"
        pitches.join(camp, name="MAI", title="Again")
        pitches.join(camp, name="Jo", title="Jos topic")
    assert titles(camp) == ["Ben", "Jo", "Again"]


def test_a_second_topic_in_line_goes_back_when_the_first_is_done(app: Flask) -> None:
    camp = live_camp()
    first, _, _, _ = joined(camp, "Mai", "Ben", "Jo", "Eva")
    with writing():
        pitches.join(camp, name="Mai", title="Again")
        pitches.move(camp, pitches.line(camp)[4].id, -3, 0)
    assert titles(camp) == ["Mai", "Again", "Ben", "Jo", "Eva"]
    with writing():
        first.state = "done"
        pitches.behind(camp, first)
    assert titles(camp) == ["Ben", "Jo", "Eva", "Again"]


def test_the_order_is_changed_by_hand_by_one_person_at_a_time(app: Flask) -> None:
    camp = live_camp()
    rows = joined(camp, "Mai", "Ben", "Jo")
    with writing():
        pitches.move(camp, rows[2].id, -1, 0)
    assert titles(camp) == ["Mai", "Jo", "Ben"]
    with pytest.raises(Conflict), writing():
        pitches.move(camp, rows[0].id, 1, 0)
    with writing():
        pitches.move(camp, rows[0].id, 99, 1)
    assert titles(camp) == ["Jo", "Ben", "Mai"]


def test_second_pitches_wait_for_a_second_round(app: Flask) -> None:
    camp = live_camp()
    first, _ = joined(camp, "Mai", "Ben")
    with writing():
        first.state = "done"
        pitches.join(camp, name="Mai", title="Again")
        assert pitches.second_round(camp) == 1
        pitches.join(camp, name="Jo", title="Jos topic")
    assert [(turn.title, turn.later) for turn in pitches.line(camp)] == [("Bens topic", False), ("Jos topic", False), ("Again", True)]


def test_a_host_stands_in_line_with_a_proposal_once_and_steps_out(app: Flask) -> None:
    camp = live_camp()
    host, other = make.participant(camp), make.participant(camp, "Ben")
    session = make.session(camp, "Returns", [host, other])
    with writing():
        turn = pitches.join(camp, session=session)
    assert (turn.participant_id, turn.title, pitches.sessions_of(camp)) == (host.id, "Returns", {session.id})
    with pytest.raises(Conflict), writing():
        pitches.join(camp, session=session, participant=other)
    stranger = make.participant(camp, "Eva")
    with pytest.raises(NotFound), writing():
        pitches.leave(camp, turn.id, stranger)
    with writing():
        pitches.leave(camp, turn.id, other)
    assert (pitches.line(camp), pitches.sessions_of(camp)) == ([], frozenset())


def test_what_cannot_stand_in_line_is_refused(app: Flask) -> None:
    camp = live_camp()
    gone = make.participant(camp, state="cancelled")
    for values, error in (({"name": "Mai", "title": " "}, BadInput), ({"title": "T"}, BadInput), ({"name": "M", "title": "x" * 151}, BadInput),
                          ({"title": "T", "participant": gone}, NotAllowed)):
        with pytest.raises(error), writing():
            pitches.join(camp, **values)  # type: ignore[arg-type]
    with writing():
        camps.set_phase(camp, "pitch", None, clock.now())
    with pytest.raises(NotOpen), writing():
        pitches.join(camp, name="Mai", title="T")
    assert pitches.line(camp) == []


def test_turns_belong_to_their_camp_and_to_the_state_that_was_seen(app: Flask) -> None:
    camp = live_camp()
    turn = joined(camp, "Mai")[0]
    for at, number in ((make.camp("ecm28"), turn.id), (camp, 0), (camp, 2**40)):
        with pytest.raises(NotFound):
            pitches.of(at, number)
    pitches.check(turn, 0)
    with pytest.raises(CampError):
        pitches.check(turn, 1)
