from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask

from camp import camps, clock, settings
from camp.db import db, writing
from camp.errors import BadInput, CampError, Conflict, NotFound
from camp.models import Camp, LogEntry
from camp.phases import Span
from tests import make

GOOD: dict[str, Any] = {"title": "Neuer Titel", "slug": "ecm27", "timezone": "Europe/Berlin", "venue": "Foyer", "languages": ["de"],
                        "hashtag": "ecm27", "capacity": 50}


def test_change_sets_everything_and_is_noted(app: Flask) -> None:
    camp, who = make.camp(), make.person()
    with writing():
        settings.change(camp, **GOOD, person_id=who.id)
    assert (camp.title, camp.venue, camp.languages, camp.hashtag, camp.capacity) == (
        "Neuer Titel", "Foyer", ["de"], "#ecm27", 50)
    assert [(entry.verb, entry.person_id) for entry in db.session.query(LogEntry)] == [("changed settings", who.id)]


@pytest.mark.parametrize(("field", "value"), [
    ("title", "🎉🎉"), ("slug", "other"), ("timezone", "Europe/Berlln"), ("languages", []), ("languages", ["fr"]), ("hashtag", "zwei worte"),
    ("hashtag", "<b>")])
def test_what_cannot_be_is_named_by_its_field_and_nothing_is_saved(app: Flask, field: str, value: object) -> None:
    camp = make.camp()
    with pytest.raises(CampError) as caught, writing():
        settings.change(camp, **GOOD | {field: value})
    db.session.refresh(camp)
    assert (caught.value.field, camp.title, camp.capacity) == (field, "Camp ecm27", 100)


def test_a_colour_that_cannot_be_read_is_refused_with_its_ratio_and_the_nearest_shade(app: Flask) -> None:
    camp = make.camp()
    with pytest.raises(BadInput), writing():
        settings.paint(camp, "red")
    with pytest.raises(BadInput) as caught, writing():
        settings.paint(camp, "#ffee00")
    assert (caught.value.field, camp.accent) == ("accent", "")
    assert caught.value.sentence() == ("Words in this colour would have a contrast of 1.1 to 1; people need 4.5 to 1. "
                                       "The nearest shade that does: #7a7200")
    with writing():
        settings.paint(camp, "#22338f")
        settings.paint(camp, "#22338f")
    assert (camp.accent, [entry.verb for entry in db.session.query(LogEntry)]) == ("#22338f", ["changed settings"])


def test_the_address_changes_until_the_camp_is_open(app: Flask) -> None:
    make.camp("taken")
    camp = make.camp(opened_at=None)
    with writing():
        settings.change(camp, **GOOD | {"slug": "neu"})
    assert camps.by_slug("neu") is camp
    with pytest.raises(Conflict), writing():
        settings.change(camp, **GOOD | {"slug": "taken"})


def test_phases_keep_their_wall_time_in_another_zone(app: Flask) -> None:
    camp = make.camp()
    with writing():
        camps.set_phase(camp, "call", clock.at(make.DAY, time(9), "Europe/Berlin"), None)
        settings.change(camp, **GOOD | {"timezone": "America/New_York"})
    assert camps.spans(camp) == {"call": Span(clock.at(make.DAY, time(9), "America/New_York"), None)}


def test_days_come_with_places_and_go(app: Flask) -> None:
    camp = make.camp(slots=0)
    later = make.DAY + timedelta(days=1)
    with clock.shifted(datetime(2027, 1, 1, tzinfo=UTC) - clock.now()), writing():
        settings.add_day(camp, later, 30)
        settings.change_day(camp, camp.days[0].id, 40)
    db.session.refresh(camp)
    assert [(day.date, day.capacity) for day in camp.days] == [(make.DAY, 40), (later, 30)]
    with writing():
        settings.change_day(camp, camp.days[0].id, None)
        settings.remove_day(camp, camp.days[1].id)
    db.session.refresh(camp)
    assert [(day.date, day.capacity) for day in camp.days] == [(make.DAY, None)]


def test_days_that_are_over_or_there_or_the_last_or_with_slots_are_refused(app: Flask) -> None:
    camp = make.camp(slots=1)
    with clock.shifted(datetime(2027, 1, 1, tzinfo=UTC) - clock.now()):
        for day in (date(2026, 12, 31), make.DAY):
            with pytest.raises(CampError) as caught, writing():
                settings.add_day(camp, day, None)
            assert caught.value.field == "date"
        with pytest.raises(Conflict), writing():
            settings.remove_day(camp, camp.days[0].id)
        with writing():
            settings.add_day(camp, date(2027, 4, 25), None)
        with pytest.raises(Conflict) as refused, writing():
            settings.remove_day(camp, camp.days[0].id)
    assert refused.value.text == "This day has slots."


def test_a_day_of_another_camp_is_not_found(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    with pytest.raises(NotFound), writing():
        settings.change_day(camp, other.days[0].id, 3)


def test_opening_by_hand_keeps_what_was_open_without_any_setting(app: Flask) -> None:
    camp = make.camp()
    with writing():
        settings.open_phase(camp, "pitch")
    assert _open(camp) == ["registration", "call", "voting", "pitch"]
    with writing():
        settings.close_phase(camp, "call")
        settings.close_phase(camp, "call")
    assert _open(camp) == ["registration", "voting", "pitch"]
    with writing():
        settings.open_phase(camp, "call")
    assert _open(camp) == ["registration", "call", "voting", "pitch"]


def test_a_phase_by_time_and_not_at_all(app: Flask) -> None:
    camp, now = make.camp(), clock.now()
    span = Span(now + timedelta(hours=1), now + timedelta(hours=2))
    with writing():
        settings.plan_phase(camp, "voting", "times", span)
    assert (camps.spans(camp)["voting"], _open(camp)) == (span, ["registration", "call"])
    with writing():
        settings.open_phase(camp, "voting")
    assert camps.spans(camp)["voting"].closes == span.closes and camps.open_now(camp, "voting")
    with writing():
        settings.plan_phase(camp, "voting", "closed", Span())
        settings.plan_phase(camp, "call", "open", span)
    assert set(camps.spans(camp)) == {"registration", "call"}
    assert camps.spans(camp)["call"] == Span()


@pytest.mark.parametrize(("mode", "span", "field"), [
    ("times", Span(), "opens"), ("never", Span(), "mode"),
    ("times", Span(make.EARLY, make.EARLY), "closes"), ("times", Span(make.EARLY, make.EARLY - timedelta(hours=1)), "closes")])
def test_odd_phases_are_refused(app: Flask, mode: str, span: Span, field: str) -> None:
    camp = make.camp()
    with pytest.raises(BadInput) as caught, writing():
        settings.plan_phase(camp, "call", mode, span)
    assert (caught.value.field, camps.spans(camp)) == (field, {})


def test_a_phase_that_is_none_is_not_found(app: Flask) -> None:
    camp = make.camp()
    for verb in (settings.open_phase, settings.close_phase):
        with pytest.raises(NotFound), writing():
            verb(camp, "party")


def _open(camp: Camp) -> list[str]:
    return [name for name in ("registration", "call", "voting", "pitch", "camp") if camps.open_now(camp, name)]
