from __future__ import annotations

import pytest
from flask import Flask

from camp import camps, clock, opening, texts
from camp.db import db, writing
from camp.errors import Conflict
from camp.models import LogEntry
from camp.opening import NotReady, Point
from tests import make


def test_the_checklist_of_a_camp_with_nothing(app: Flask) -> None:
    with writing():
        camp = camps.make("neu", "Neu", 10, [make.DAY])
    points = opening.checklist(camp)
    assert [point.name for point in points if point.needed] == ["imprint", "privacy", "terms", "accessibility"]
    assert {point.name: point.done for point in points} == {
        "imprint": False, "privacy": False, "terms": False, "accessibility": False, "simple": False, "rules": False, "welcome": False,
        "wlan": False, "emergency": False, "days": True, "rooms": False, "slots": False, "phases": False, "partners": False}


def test_the_checklist_of_a_camp_names_gaps_and_languages(app: Flask) -> None:
    camp = make.camp(imprint="[[Name]]")
    with writing():
        camps.set_phase(camp, "call", None, None)
    points = {point.name: point for point in opening.checklist(camp)}
    assert points["imprint"] == Point("imprint", False, True, ("Name",), ("en",))
    assert points["terms"] == Point("terms", True, True, (), ("en",))
    assert [points[name].done for name in ("rooms", "slots", "phases", "partners")] == [True, True, True, False]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name in ("imprint", "privacy", "terms", "accessibility")
                                            for text in ("", "noch [[offen]]")])
def test_opening_is_refused_while_a_text_of_the_law_is_missing_or_has_gaps(app: Flask, name: str, text: str) -> None:
    camp = make.camp(opened_at=None, **{name: text})
    with pytest.raises(NotReady) as caught, writing():
        opening.open_camp(camp)
    db.session.refresh(camp)
    assert (caught.value.lacks, camp.opened_at) == ([name], None)


def test_opening_counts_once_and_is_noted(app: Flask) -> None:
    camp, who = make.camp(opened_at=None), make.person()
    before = camp.change_number
    with writing():
        opening.open_camp(camp, who.id)
        first = camp.opened_at
        opening.open_camp(camp, who.id)
    assert first is not None and first <= clock.now()
    assert camp.opened_at == first
    assert [(entry.verb, entry.person_id) for entry in db.session.query(LogEntry)] == [("opened camp", who.id)]
    db.session.refresh(camp)
    assert camp.change_number == before + 1


def test_an_open_camp_keeps_the_texts_of_the_law(app: Flask) -> None:
    camp = make.camp(imprint="Wir")
    with pytest.raises(Conflict), writing():
        opening.write_text(camp, "imprint", {"de": "", "en": ""})
    db.session.refresh(camp)
    assert texts.by_language(camp, "imprint") == {"de": "Wir"}
    with writing():
        opening.write_text(camp, "imprint", {"de": "", "en": "Us"})
        opening.write_text(camp, "rules", {"de": ""})
    assert texts.by_language(camp, "imprint") == {"en": "Us"}
