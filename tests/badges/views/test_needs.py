from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from badges import pairing, printing
from badges.views import needs
from camp import clock
from camp.db import writing
from camp.models import Camp
from tests import make

NO_BADGE, NO_PHONE = "2 people have no badge yet.", "No phone can scan yet."


@pytest.fixture
def camp(app: Flask) -> Camp:
    made = make.camp()
    make.participant(made)
    make.participant(made)
    return made


def _found(app: Flask, camp: Camp, days: int) -> list[str]:
    """What is said so many days before the camp, at noon."""
    noon = datetime(make.DAY.year, make.DAY.month, make.DAY.day, 12, tzinfo=UTC) - timedelta(days=days)
    with clock.shifted(noon - clock.now()), app.test_request_context("/ecm27/organise", headers={"Accept-Language": "en"}):
        app.preprocess_request()
        return [todo.text for todo in needs.look(camp)]


@pytest.mark.parametrize(("days", "said"), [(8, []), (7, [NO_BADGE]), (2, [NO_BADGE]), (1, [NO_BADGE, NO_PHONE]), (0, [NO_BADGE, NO_PHONE]), (-1, [])])
def test_badges_are_asked_for_a_week_before_and_phones_the_day_before(app: Flask, camp: Camp, days: int, said: list[str]) -> None:
    assert _found(app, camp, days) == said


def test_what_is_done_is_not_asked_for(app: Flask, camp: Camp) -> None:
    with writing():
        printing.ensure_badges(camp, app.config["CAMP"].badge_key)
        pairing.pair(camp, pairing.offer(camp, "Door"))
    assert _found(app, camp, 1) == []
