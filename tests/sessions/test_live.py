from __future__ import annotations

from datetime import timedelta

from flask import Flask

from camp import camps, clock
from camp.db import db, writing
from camp.models import Camp
from sessions import live, pitches, rounds, stage
from tests import make
from tests.queries import count_queries
from tests.sessions.pitching import joined, live_camp


def _pitch(camp: Camp, opens: int | None, closes: int | None) -> None:
    """Open the round from and to so many minutes from now."""
    with writing():
        camps.set_phase(camp, "pitch", *(None if one is None else clock.now() + timedelta(minutes=one) for one in (opens, closes)))


def _glanced(*, line: bool = False) -> live.Mark:
    found = live.glance("ecm27", line=line)
    assert found is not None
    return found.mark


def test_the_camp_is_live_while_the_phase_is_open(app: Flask) -> None:
    camp = make.camp()
    assert not live.is_live(camp)
    for opens, closes, wanted in ((None, None, True), (-5, 5, True), (-5, None, True), (5, 9, False), (-9, -5, False)):
        _pitch(camp, opens, closes)
        assert live.is_live(camp) is wanted, (opens, closes)


def test_a_round_that_began_goes_on_past_its_time_until_somebody_closes_it(app: Flask) -> None:
    camp = make.camp()
    with clock.shifted(make.until_noon(camp)):
        _pitch(camp, -10, 10)
        with writing():
            rounds.begun(camp)
        with clock.shifted(make.until_noon(camp) + timedelta(minutes=30)):
            assert live.is_live(camp)
            assert _glanced() == live.Mark("0-live", 2)
        with clock.shifted(make.until_noon(camp) + timedelta(days=1)):
            assert not live.is_live(camp)
        with writing():
            rounds.close(camp)
        assert not live.is_live(camp)


def test_a_placement_raises_the_number_while_the_camp_is_live_and_only_then(app: Flask) -> None:
    camp = make.camp()
    with writing():
        live.placed(camp)
    assert camp.change_number == 0
    _pitch(camp, None, None)
    with writing():
        live.placed(camp)
    db.session.refresh(camp)
    assert camp.change_number == 1


def test_page_and_poll_carry_the_same_mark_and_the_poll_takes_one_query(app: Flask) -> None:
    camp = make.camp()
    for days, opens, wanted in ((0, -5, live.Mark("0-live", 2)), (0, 5, live.Mark("0", 5)), (3, 9999, live.Mark("0", 0))):
        with clock.shifted(make.until_noon(camp) + timedelta(days=days)):
            _pitch(camp, opens, None)
            assert live.mark(camp) == wanted
            db.session.rollback()
            with count_queries() as queries:
                assert _glanced() == wanted
            assert len(queries) == 1


def test_a_glance_tells_which_camp_it_is_and_whether_it_goes_on(app: Flask) -> None:
    camp = make.camp()
    make.camp("ecm28")
    for opens, closes, wanted in ((None, None, True), (5, 9, False), (-9, -5, False), (-5, 5, True)):
        with writing():
            camps.set_phase(camp, "camp", *(None if one is None else clock.now() + timedelta(minutes=one) for one in (opens, closes)))
        found = live.glance("ecm27")
        assert found is not None and (found.camp_id, found.made_at, found.goes_on) == (camp.id, camp.made_at, wanted)
        assert camps.open_now(camp, "camp") is wanted
        db.session.rollback()


def test_a_camp_that_is_not_open_has_no_mark(app: Flask) -> None:
    make.camp(opened_at=None)
    assert [live.glance(slug) for slug in ("ecm27", "nowhere", "a\0b")] == [None, None, None]


def test_the_mark_of_the_line_differs_with_whatever_happens_in_it_and_the_camps_own_does_not(app: Flask) -> None:
    camp = live_camp()
    marks = set()
    rows = joined(camp, "Mai", "Ben", "Jo")
    for act in (lambda: pitches.join(camp, name="Eva", title="E"), lambda: pitches.move(camp, rows[2].id, -1, 0), lambda: pitches.leave(camp, rows[1].id),
                lambda: stage.call_next(camp), lambda: pitches.second_round(camp)):
        marks.add(live.line_mark(camp).text)
        db.session.rollback()
        with writing():
            act()
    assert live.line_mark(camp) == _glanced(line=True)
    assert len(marks | {live.line_mark(camp).text}) == 6
    assert live.mark(camp) == live.Mark("0-live", 2)
