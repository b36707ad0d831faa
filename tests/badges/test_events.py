from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from badges.events import DECISIONS, IN, Event, read
from camp.errors import BadInput

_WHOLE = {"id": "nonce-0001", "act": "scan", "text": "ABC", "person": 7, "at": 1_800_000_000_500, "offset": -1500.4, "decision": "admitted"}


def test_an_event_is_read_from_what_a_phone_sends() -> None:
    assert read(_WHOLE) == Event("nonce-0001", "scan", "ABC", 7, "", datetime(2027, 1, 15, 8, 0, 0, 500_000, tzinfo=UTC), -1500, "admitted", False)
    assert read({"id": "nonce-0002", "live": True}) == Event("nonce-0002")


@pytest.mark.parametrize("wrong", [
    {"id": ""}, {"id": "mit Blank"}, {"act": "dance"}, {"decision": ""}, {"decision": "let-in"}, {"id": None}])
def test_what_is_damaged_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        read(_WHOLE | wrong)


@pytest.mark.parametrize("odd", [
    {"at": "now"}, {"at": -1}, {"at": 10**30}, {"at": None}, {"at": True}, {"offset": "x"}, {"offset": 10**12}, {"person": "7"}, {"person": -1}, {"person": 2**31},
    {"of": "mit Blank\0"}, {"text": None}, {"text": 7}, {"text": "x" * 10**6}])
def test_what_is_odd_is_left_out(odd: dict[str, Any]) -> None:
    found = read(_WHOLE | odd)
    assert (found.nonce, len(found.text) <= 300, found.of, found.person in (0, 7)) == ("nonce-0001", True, "", True)


def test_whether_the_person_went_in_is_told_by_what_the_helper_saw() -> None:
    assert [word for word in DECISIONS if read(_WHOLE | {"decision": word}).went_in] == list(IN)
    assert [word for word in DECISIONS if not read(_WHOLE | {"decision": word}).turned_away] == list(IN)
    asked = read(_WHOLE | {"live": True})
    assert (asked.went_in, asked.turned_away) == (False, False)
