"""Tests of sessions/newcomers.py."""

from __future__ import annotations

from flask import Flask

from camp.db import writing
from sessions import newcomers, proposals
from tests import make


def test_it_is_offered_by_somebody_or_chosen_and_is_there_while_it_is_on_the_wall(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    anna, session = make.participant(camp, "Anna", "Richter"), make.session(camp, "Heat pumps")
    assert newcomers.of(camp) is None
    with writing():
        made = newcomers.offer(camp, "New here?", "Anna Richter")
    assert (newcomers.of(camp), [host.participant_id for host in made.hosts], newcomers.of(other)) == (made, [anna.id], None)
    assert [one.title for one in newcomers.choices(camp)] == ["Heat pumps", "New here?"]
    with writing():
        newcomers.choose(camp, session)
    assert newcomers.of(camp) is session
    with writing():
        proposals.call_off(session)
    assert newcomers.of(camp) is None
    with writing():
        newcomers.choose(camp, made)
        newcomers.choose(camp, None)
    assert newcomers.of(camp) is None
