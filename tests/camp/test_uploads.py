from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from camp import clock, erasers, erasure, tidy, uploads
from camp.db import db, writing
from camp.errors import BadInput
from camp.models import Camp, Person
from camp.tables import Problem, Sheet
from camp.uploads import Upload
from tests import make

FIELDS = ["given_name", "email"]
SHEET = Sheet([(1, ["Vorname", "E-Mail"]), (3, ["Mai", "mai@example.org"])], "utf-8", ";")
BROKEN = [Problem("list.csv", 4, "Line %(n)s", {"n": 4})]


def _keep(camp: Camp, person: Person, sheet: Sheet = SHEET) -> Upload:
    with writing():
        return uploads.keep(camp, person, "../list\n.csv", sheet, BROKEN, FIELDS)


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Upload)) or 0


def test_a_list_comes_back_as_it_was_read_and_only_at_its_camp(app: Flask) -> None:
    camp, other, who = make.camp(), make.camp("other"), make.person()
    kept = uploads.of(camp, _keep(camp, who).id, FIELDS)
    assert kept is not None
    assert (kept.name, kept.fields) == ("../list .csv", FIELDS)
    sheet, broken = uploads.sheet_of(kept)
    assert sheet == SHEET
    assert [problem.sentence() for problem in broken] == ["../list .csv:4: Line 4"]
    assert uploads.of(other, kept.id, FIELDS) is None
    assert uploads.of(camp, kept.id, ["title", "email"]) is None


def test_a_person_has_one_list_at_a_camp(app: Flask) -> None:
    camp, who = make.camp(), make.person()
    first, second = _keep(camp, who), _keep(camp, who)
    _keep(camp, make.person())
    assert (uploads.of(camp, first.id, FIELDS) is None or first.id == second.id, _count()) == (True, 2)


def test_a_list_goes_after_a_day_or_when_it_is_dropped(app: Flask) -> None:
    camp, who = make.camp(), make.person()
    _keep(camp, who)
    with clock.shifted(timedelta(hours=23)), writing():
        tidy.prune()
    assert _count() == 1
    with clock.shifted(timedelta(hours=25)), writing():
        assert tidy.prune() == 1
    assert _count() == 0
    made = _keep(camp, who)
    with writing():
        uploads.forget(made.id)
    assert _count() == 0


def test_who_is_erased_stands_in_no_list_that_waits(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    mai = make.participant(camp, address="mai@example.org")
    _keep(camp, make.person())
    _keep(other, make.person())
    with writing():
        erasure.erase(camp, mai, erasure.Means("v" * 43, erasers.of(app)))
    assert list(db.session.scalars(select(Upload.camp_id))) == [other.id]


@pytest.mark.parametrize(("sheet", "wanted"), [
    (Sheet([(n, ["a"]) for n in range(20_001)]), "This file has more than 20000 lines. Split it."),
    (Sheet([(1, ["a"] * 201)]), "This file has more than 200 columns.")])
def test_a_list_that_is_too_long_or_too_wide_is_refused(app: Flask, sheet: Sheet, wanted: str) -> None:
    with pytest.raises(BadInput) as caught:
        _keep(make.camp(), make.person(), sheet)
    assert (caught.value.sentence(), _count()) == (wanted, 0)
