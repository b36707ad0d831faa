from __future__ import annotations

from flask import Flask

from badges import door
from camp.db import writing
from tests import make
from tests.badges.made import HOST, code, phone


def test_the_desk_shows_who_is_here_by_door(app: Flask) -> None:
    camp, person = make.camp(), make.person()
    make.role(camp, person, "organiser")
    people, (_, device) = [make.participant(camp) for _ in range(3)], phone(camp, "Foyer")
    for n in (0, 0, 1):
        text = code(people[n])
        with writing():
            door.check_in(camp, device, f"nonce-{n}-{text}", text, host=HOST)
    page = make.browser(app, person).get("/ecm27/organise?lang=en").get_data(as_text=True)
    assert "2 of 3 are here" in page
    assert '<dt dir="auto">Foyer</dt><dd>2</dd>' in page
    assert "<dt>Have a badge</dt><dd>3 <small>/ 3</small></dd>" in page
    assert "<dt>Phones that may scan</dt><dd>1</dd>" in page


def test_an_empty_camp_has_a_desk_too(app: Flask) -> None:
    camp, person = make.camp(), make.person()
    make.role(camp, person, "organiser")
    page = make.browser(app, person).get(f"/{camp.slug}/organise?lang=en").get_data(as_text=True)
    assert ("0 of 0 are here" in page, "<dt>Phones that may scan</dt><dd>0</dd>" in page) == (True, True)
