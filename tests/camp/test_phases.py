"""Phases: what is open when, to the second, and the path of the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from camp.phases import NAMES, Span, is_open, next_to_open, open_without_any, states

NOON = datetime(2027, 4, 24, 12, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def test_without_phases_registration_call_and_voting_are_open() -> None:
    assert [name for name in NAMES if is_open(name, {}, NOON)] == ["registration", "call", "voting"]


def test_a_phase_that_is_not_set_is_closed_once_another_is() -> None:
    assert [name for name in NAMES if is_open(name, {"pitch": Span()}, NOON)] == ["pitch"]


@pytest.mark.parametrize(("span", "wanted"), [
    (Span(), True), (Span(NOON), True), (Span(NOON + SECOND), False), (Span(None, NOON), False),
    (Span(None, NOON + SECOND), True), (Span(NOON - HOUR, NOON + HOUR), True), (Span(NOON - HOUR, NOON - SECOND), False),
])
def test_a_span_holds_its_first_moment_and_not_its_last(span: Span, wanted: bool) -> None:
    assert is_open("voting", {"voting": span}, NOON) is wanted


def test_states_tell_past_open_and_to_come_in_the_order_of_the_day() -> None:
    spans = {"call": Span(None, NOON), "voting": Span(NOON - HOUR, NOON + HOUR), "camp": Span(NOON + HOUR)}
    assert [(name, state) for name, state, _ in states(spans, NOON)] == [
        ("registration", "to come"), ("call", "past"), ("voting", "open"), ("pitch", "to come"), ("camp", "to come"),
        ("follow-up", "to come")]
    assert states(spans, NOON)[1][2] == Span(None, NOON)


def test_next_to_open_is_the_nearest_opening_ahead() -> None:
    spans = {"call": Span(NOON - HOUR), "camp": Span(NOON + 2 * HOUR), "pitch": Span(NOON + HOUR), "voting": Span(None, NOON + HOUR)}
    assert next_to_open(spans, NOON) == ("pitch", NOON + HOUR)
    assert next_to_open({"call": Span(NOON)}, NOON) is None
    assert open_without_any() == tuple(name for name in NAMES if is_open(name, {}, NOON))
