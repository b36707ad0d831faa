from __future__ import annotations

from datetime import timedelta

from flask import Flask

from badges import namelist, notes
from badges.namelist import Line
from camp import clock
from camp.db import db, writing
from camp.models import Camp, Day
from tests import make
from tests.badges.made import HOST, code, phone

TOMORROW = make.DAY + timedelta(days=1)


def test_who_is_expected_on_a_day_stands_on_the_list_by_family_name_with_note_and_arrival(app: Flask) -> None:
    from badges import door
    camp = make.camp()
    with writing():
        db.session.add(Day(camp_id=camp.id, date=TOMORROW))
    make.participant(camp, "Wei", "Zhang", state="waiting")
    make.participant(camp, "Zoë", "Österreich", organisation="Lagerpilot", photo="no", days=[make.DAY.isoformat()])
    make.participant(camp, "Sonntag", "Nur", days=[TOMORROW.isoformat()])
    mai = make.participant(camp, "Mai", "Krause")
    first = make.participant(camp, "Cher", "")
    text, (_, device) = code(mai), phone(camp)
    with clock.shifted(make.until_noon(camp)), writing():
        notes.put(camp, first, "Zum Infopunkt")
        assert door.check_in(camp, device, "nonce-0001", text, host=HOST).verdict == "admitted"
    found = namelist.lines(camp, make.DAY)
    since = found[1].since
    assert since is not None
    assert found == [Line("", "Cher", "", "other", False, "Zum Infopunkt", None), Line("Krause", "Mai", "", "other", False, "", since),
                     Line("Österreich", "Zoë", "Lagerpilot", "other", True, "", None)]
    assert [line.given for line in namelist.lines(camp, TOMORROW)] == ["Cher", "Mai", "Sonntag"]


def test_the_list_is_due_from_seven_on_each_day_of_the_camp(app: Flask) -> None:
    camp = make.camp()
    assert (namelist.due(camp), namelist.next_day(camp)) == (None, make.DAY)
    for hours, day in ((-6, None), (-5, make.DAY), (11, make.DAY), (13, None)):  # from noon
        with clock.shifted(make.until_noon(camp) + timedelta(hours=hours, seconds=1)):
            assert namelist.due(camp) == day
    with clock.shifted(make.until_noon(camp) + timedelta(days=1)):
        assert namelist.next_day(db.session.get_one(Camp, camp.id)) is None
