from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from camp import places, profile, registration
from camp.db import db, writing
from camp.errors import Full
from camp.models import LogEntry, Needs, Participant
from camp.registration import Entry
from tests import make
from tests.camp.test_places import FIRST, SECOND, two_days

ENTRY = Entry({"given_name": "Mai", "family_name": "Krause", "badge_name": "", "pronoun": "", "organisation": "Neu", "kind": "industry", "town": "Essen",
               "first_time": False, "photo": "ask", "photo_wording": "words", "listed": True, "hashtags": ["SEO"]}, {"diet": "vegan", "shirt": "L"}, [])


def change(who: Participant, **values: Any) -> None:
    from camp.models import Camp
    with writing():
        profile.change(db.session.get_one(Camp, who.camp_id), who, replace(ENTRY, **values))


def test_what_somebody_writes_anew_is_kept_and_shown_again(app: Flask) -> None:
    camp = make.camp()
    who = make.participant(camp)
    change(who)
    assert (who.organisation, who.kind, who.listed, db.session.get_one(Needs, who.id).diet) == ("Neu", "industry", True, "vegan")
    shown = profile.written(camp, who)
    assert (shown["hashtags"], shown["days"], shown["shirt"], shown["town"]) == ("#SEO", [FIRST], "L", "Essen")


def test_a_wish_about_photos_keeps_its_words_and_its_time(app: Flask) -> None:
    who = make.participant(make.camp(), photo="no", photo_wording="no photos", photo_at=make.EARLY)
    change(who, values=dict(ENTRY.values) | {"photo": "no", "photo_wording": "in other words"})
    assert (who.photo_wording, who.photo_at) == ("no photos", make.EARLY)
    change(who, values=dict(ENTRY.values) | {"photo": "yes", "photo_wording": "go on"})
    assert (who.photo, who.photo_wording, who.photo_at == make.EARLY) == ("yes", "go on", False)
    [entry] = db.session.query(LogEntry).filter_by(verb="changed photo wish")
    assert (entry.person_id, entry.detail) == (who.person_id, {"wish": "yes"})


def test_a_day_is_added_only_where_there_is_a_place_and_a_day_given_up_moves_on(app: Flask) -> None:
    camp = two_days(1)
    who = make.participant(camp, days=[FIRST])
    make.participant(camp, days=[SECOND])
    waits = make.participant(camp, state="waiting", days=[FIRST])
    with pytest.raises(Full, match="is full"):
        change(who, days=[])
    db.session.refresh(who)
    assert (who.days, who.organisation) == ([FIRST], "")
    change(waits, days=[])
    assert waits.days == []
    change(waits, days=[FIRST])
    with writing():
        db.session.get_one(Participant, who.id).days = [FIRST]
    gone = make.participant(camp, state="cancelled")
    assert gone.state == "cancelled"
    with writing():
        registration.leave(camp, who)
    assert places.free(camp)[FIRST] == 0
    assert waits.offered_until is not None


def test_the_public_list_holds_who_has_a_place_and_asked_for_it(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "B", "Özil", listed=True)
    make.participant(camp, "A", "Zorn", listed=True)
    make.participant(camp, "C", "Amt")
    make.participant(camp, "D", "Amt", listed=True, state="waiting")
    assert [who.given_name for who in profile.public_list(camp)] == ["B", "A"]
    assert not make.participant(camp).listed
