from __future__ import annotations

from flask import Flask

from camp import clock, groups, people
from camp.groups import Group
from camp.models import Participant
from tests import make


def test_each_group_holds_those_whom_its_label_names(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "Erste", first_time=True)
    make.participant(camp, "Da", arrived_at=clock.now())
    make.participant(camp, "Wartet", state="waiting", first_time=True)
    make.participant(camp, "Weg", state="cancelled")
    make.participant(make.camp("other"), "Fremd")
    found = {name: {who.given_name for who in people.search(camp, "", group.condition(camp))} for name, group in groups.of(app).items()}
    assert {name: found[name] for name in ("coming", "waiting", "cancelled", "first-time", "arrived", "not-arrived")} == {
        "coming": {"Erste", "Da"}, "waiting": {"Wartet"}, "cancelled": {"Weg"}, "first-time": {"Erste"}, "arrived": {"Da"}, "not-arrived": {"Erste"}}


def test_a_wing_adds_its_own(app: Flask) -> None:
    bare = Flask("bare")
    groups.register(bare, Group("mine", "are mine", lambda camp: Participant.id == 7))
    assert list(groups.of(bare))[-1] == "mine"
    assert "mine" not in groups.of(app)
