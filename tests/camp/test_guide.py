from __future__ import annotations

from flask import Flask

from camp import camps, guide, opening, partners, settings
from camp.db import writing
from camp.phases import Span
from tests import make


def test_a_step_is_done_when_something_is_set_in_it(app: Flask) -> None:
    with writing():
        camp = camps.make("neu", "Neu", 10, [make.DAY])
    assert (guide.done(camp), guide.to_go_on(camp)) == ({"camp", "days"}, "look")
    with writing():
        settings.paint(camp, "#22338f")
        camp.institution = {"name": "HS"}
        for name in ("welcome", "rules", "wlan", "emergency"):
            opening.write_text(camp, name, {"de": "Text"})
        partners.add(camp, "Stadt", "sponsor", "")
        settings.plan_phase(camp, "call", "open", Span())
    assert (set(guide.STEPS) - guide.done(camp), guide.to_go_on(camp)) == ({"rooms", "slots"}, "rooms")


def test_a_camp_with_everything_has_no_step_to_go_on_with(app: Flask) -> None:
    camp = make.camp(accent="#22338f", institution={"name": "HS"})
    with writing():
        for name in ("welcome", "rules", "wlan", "emergency"):
            opening.write_text(camp, name, {"de": "Text"})
        partners.add(camp, "Stadt", "sponsor", "")
        settings.plan_phase(camp, "call", "open", Span())
    assert (guide.done(camp), guide.to_go_on(camp)) == (set(guide.STEPS), "")
