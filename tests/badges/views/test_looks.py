from __future__ import annotations

from flask import Flask

from badges import look
from camp.models import Camp
from tests import make
from tests.badges.made import code, english


def test_the_look_is_shown_with_real_and_long_names_and_kept(app: Flask) -> None:
    camp, person = make.camp(), make.person()
    make.role(camp, person, "organiser")
    organiser = english(make.browser(app, person))
    code(make.participant(camp, "Zoë", "Großmann"))
    page = organiser.get("/ecm27/organise/badges/look").text
    assert [word in page for word in ("Zoë", "Hohenlohe-", "محمد", "Đặng-Phạm", "王", "test-a4-10.pdf")] == [True] * 6
    kept = organiser.post("/ecm27/organise/badges/look", data={"layout": "avery-l4785", "fields": ["kind"]})
    assert (kept.status_code, look.of(camp)) == (303, look.Chosen("avery-l4785", frozenset({"kind"})))
    assert "test-avery-l4785.pdf" in organiser.get("/ecm27/organise/badges/look").text
    assert organiser.post("/ecm27/organise/badges/look", data={"layout": "a3"}).status_code == 422


def test_an_empty_camp_still_sees_the_longest_names(app: Flask) -> None:
    camp: Camp = make.camp()
    person = make.person()
    make.role(camp, person, "organiser")
    assert make.browser(app, person).get("/ecm27/organise/badges/look").text.count('class="badge-picture"') == 4
