from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from camp import camps, clock
from camp.db import writing
from camp.errors import BadInput, Conflict, NotFound
from sessions import pitch_clock, pitches, rounds, stage
from tests import make
from tests.sessions.pitching import joined, live_camp, titles


def test_the_next_one_begins_and_the_clock_runs(app: Flask) -> None:
    camp = live_camp()
    joined(camp, "Mai", "Ben")
    with writing():
        turn = stage.call_next(camp)
        assert turn is not None and stage.call_next(camp) is None
    found = rounds.of(camp)
    assert (turn.state, stage.on_stage(camp), titles(camp), found.runs_since, found.left) == ("stage", turn, ["Ben"], turn.began_at, 60)


def test_nobody_in_line_leaves_the_stage_free(app: Flask) -> None:
    camp = live_camp()
    with writing():
        assert stage.call_next(camp) is None
    assert (stage.on_stage(camp), rounds.of(camp).runs_since) == (None, None)


def test_who_is_skipped_waits_at_the_end_and_the_next_one_begins(app: Flask) -> None:
    camp = live_camp()
    joined(camp, "Mai", "Ben", "Jo")
    with writing():
        first = stage.call_next(camp)
        assert first is not None
        stage.put_back(camp, first.id, first.edit_number)
    now = stage.on_stage(camp)
    assert now is not None and (now.title, titles(camp)) == ("Bens topic", ["Jo", "Mai"])
    with pytest.raises(Conflict), writing():
        stage.put_back(camp, first.id, 1)


def test_the_last_one_comes_back_and_who_had_begun_waits_in_front(app: Flask) -> None:
    camp = live_camp()
    joined(camp, "Mai", "Ben", "Jo")
    with pytest.raises(NotFound), writing():
        stage.bring_back(camp)
    with writing():
        first = stage.call_next(camp)
        assert first is not None
        first.state, first.ended_at, first.nonce = "done", clock.now(), "n"
        stage.call_next(camp)
        assert stage.bring_back(camp) is first
    assert (first.state, first.nonce, stage.on_stage(camp), titles(camp)) == ("stage", None, first, ["Ben", "Jo"])


def test_the_clock_is_paused_resumed_and_begun_anew(app: Flask) -> None:
    camp = live_camp()
    shown = []
    for after, act in ((0, "start"), (20, "pause"), (50, "start"), (60, "reset")):
        with clock.shifted(timedelta(seconds=after)):
            with writing():
                stage.turn_clock(camp, act)
            found = rounds.of(camp)
            shown.append(pitch_clock.seconds_left(found.left, found.runs_since, clock.now()))
    assert shown == [60, 40, 40, 60]
    with pytest.raises(BadInput), writing():
        stage.turn_clock(camp, "explode")


def test_the_outlook_counts_this_round_and_who_is_on_the_stage(app: Flask) -> None:
    camp = live_camp()
    joined(camp, "Mai", "Ben", "Jo")
    with writing():
        stage.call_next(camp)
        pitches.line(camp)[1].later = True
        camps.set_phase(camp, "pitch", None, clock.now() + timedelta(minutes=1))
    found = stage.outlook(camp, pitches.line(camp))
    assert (found.left, found.mean, found.late > 0) == (2, 85, True)


def test_without_a_closing_time_the_plenary_of_the_day_says_when_it_should_end(app: Flask) -> None:
    camp = live_camp(slots=3)
    assert stage.planned_end(camp) is None
    with clock.shifted(make.until_noon(camp)), writing():
        from datetime import time

        from camp import venue
        venue.slots(camp)[0].kind = "plenary"
        assert stage.planned_end(camp) == clock.at(make.DAY, time(10, 45), camp.timezone)
