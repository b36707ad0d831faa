from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from camp import camps, clock, people
from camp.db import db, writing
from camp.errors import BadInput, Conflict
from camp.models import Camp
from tests import make


def test_make_gives_its_maker_the_role(app: Flask) -> None:
    who = make.person()
    with writing():
        camp = camps.make("ecm27", " Camp  27 ", 260, [make.DAY], organiser_id=who.id)
    assert (camp.title, [day.date for day in camp.days]) == ("Camp 27", [make.DAY])
    assert people.roles_of(camp.id, who.id) == {"organiser"}


def test_a_taken_slug_is_refused(app: Flask) -> None:
    make.camp("ecm27")
    with pytest.raises(Conflict) as caught, writing():
        camps.make("ecm27", "Other", 10, [make.DAY])
    assert caught.value.field == "slug"


@pytest.mark.parametrize("slug", sorted(camps.RESERVED)[:6] + ["ab", "a b c", "-abc", "abc-", "ümlaut", "x" * 41, "a/b", ""])
def test_reserved_and_odd_words_cannot_be_slugs(slug: str) -> None:
    with pytest.raises(BadInput):
        camps.check_slug(slug)


def test_a_slug_is_kept_in_small_letters() -> None:
    assert camps.check_slug(" ECM-27 ") == "ecm-27"


def test_phases_open_and_close_by_time(app: Flask) -> None:
    camp = make.camp()
    assert camps.open_now(camp, "voting")
    now = clock.now()
    with writing():
        camps.set_phase(camp, "voting", now - timedelta(hours=1), now + timedelta(hours=1))
        camps.set_phase(camp, "voting", now, now + timedelta(hours=2))
    assert (len(camp.phases), camps.open_now(camp, "voting"), camps.open_now(camp, "call")) == (1, True, False)
    with clock.shifted(timedelta(hours=3)):
        assert not camps.open_now(camp, "voting")


def test_today_is_the_day_in_the_camps_zone(app: Flask) -> None:
    camp = make.camp()
    with clock.shifted(datetime(2027, 4, 23, 22, 30, tzinfo=UTC) - clock.now()):
        assert camps.today(camp) == date(2027, 4, 24)


def test_changes_are_counted(app: Flask) -> None:
    camp = make.camp()
    with writing():
        camps.changed(camp)
        camps.changed(camp)
    db.session.refresh(camp)
    assert db.session.get_one(Camp, camp.id).change_number == 2
