from __future__ import annotations

import io

from flask import Flask
from PIL import Image

from badges import look
from camp import pictures
from camp.db import writing
from camp.models import Camp
from tests import make
from tests.badges.made import code, english


def test_the_look_is_shown_with_real_and_long_names_and_kept(app: Flask) -> None:
    camp, person = make.camp(), make.person()
    make.role(camp, person, "organiser")
    organiser = english(make.browser(app, person))
    zoe = make.participant(camp, "Zoë", "Großmann")
    assert "Zoë" in organiser.get("/ecm27/organise/badges/look").text  # before there is a code to print
    code(zoe)
    page = organiser.get("/ecm27/organise/badges/look").text
    assert [word in page for word in ("Zoë", "Hohenlohe-", "محمد", "Đặng-Phạm", "王", "test-a4-10.pdf")] == [True] * 6
    kept = organiser.post("/ecm27/organise/badges/look", data={"layout": "avery-l4785", "fields": ["kind"]})
    assert (kept.status_code, look.of(camp)) == (303, look.Chosen("avery-l4785", frozenset({"kind"})))
    assert "test-avery-l4785.pdf" in organiser.get("/ecm27/organise/badges/look").text
    assert organiser.post("/ecm27/organise/badges/look", data={"layout": "a3"}).status_code == 422


def test_the_pictures_show_the_logo_unless_it_is_not_wanted(app: Flask) -> None:
    camp, person, picture = make.camp(), make.person(), io.BytesIO()
    make.role(camp, person, "organiser")
    organiser = make.browser(app, person)
    assert "<image" not in organiser.get("/ecm27/organise/badges/look").text
    Image.new("RGB", (400, 100)).save(picture, "PNG")
    with writing():
        pictures.put(camp, camp, picture.getvalue())
    assert organiser.get("/ecm27/organise/badges/look").text.count(f'href="/ecm27/pictures/{camp.picture_id}"/>') == 4
    with writing():
        look.choose(camp, "a6", ["kind"])
    assert "<image" not in organiser.get("/ecm27/organise/badges/look").text


def test_an_empty_camp_still_sees_the_longest_names(app: Flask) -> None:
    camp: Camp = make.camp()
    person = make.person()
    make.role(camp, person, "organiser")
    assert make.browser(app, person).get("/ecm27/organise/badges/look").text.count('class="badge-picture"') == 4
