from __future__ import annotations

from datetime import timedelta

from flask import Flask

from badges import blanks, door, doorlist, pairing, revoking
from badges.doorlist import DRAWERS, part
from camp import clock
from camp.db import db, writing
from camp.models import Needs
from tests import make
from tests.badges.made import HOST, KEY, code, phone


def test_a_phone_that_has_nothing_gets_every_drawer_and_one_that_has_all_none() -> None:
    lines = [[f"p{number}", "x"] for number in range(500)]
    whole = part(lines, "")
    assert (whole.size, len(whole.drawers), sum(len(drawer) for drawer in whole.drawers.values())) == (500, DRAWERS, 500)
    assert part(lines, whole.version).drawers == {}
    assert part(lines, "nonsense").size == 500


def test_a_changed_a_new_and_a_lost_line_are_in_the_drawers_that_differ() -> None:
    lines = [[f"p{number}", "x"] for number in range(500)]
    before = part(lines, "").version
    changed = [["p7", "y"], *(line for line in lines if line[0] not in ("p7", "p8")), ["p900", "x"]]
    found = part(changed, before)
    assert len(found.drawers) <= 3
    there = [line for drawer in found.drawers.values() for line in drawer]
    assert (["p7", "y"] in there, ["p900", "x"] in there, ["p8", "x"] in there) == (True, True, False)


def test_lines_are_read_in_a_fixed_number_of_queries_and_say_who_is_in_today(app: Flask) -> None:
    camp = make.camp()
    mai, _ = make.participant(camp, "Mai"), make.participant(camp, "Jo", state="waiting")
    token, device = phone(camp)
    text = code(mai)
    with writing():
        door.check_in(camp, device, "nonce-0001", text, host=HOST)
    found = {line[2]: line for line in doorlist.lines(camp, device)}
    assert (found["Mai Krause"][5], found["Mai Krause"][11], found["Jo Krause"][5], found["Jo Krause"][10]) == ("admitted", "main entrance", "waiting", 0)
    assert abs(found["Mai Krause"][10] - doorlist.milliseconds(clock.now())) < 60_000
    with clock.shifted(timedelta(days=1)):
        assert {line[10] for line in doorlist.lines(camp, device)} == {0}


def test_codes_that_are_nobodys_are_on_the_list_as_revoked_or_blank(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    old, hashes = code(mai), {}
    with writing():
        blanks.make(camp, 1, KEY)
        badge = revoking.of_participant(mai)
        hashes = {"r": badge.code_hash[:doorlist.HASH], "k": blanks.unbound(camp)[0].code_hash[:doorlist.HASH]}
        revoking.renew(camp, badge, KEY)
    assert {line[0][0]: line[1] for line in doorlist.codes(camp)} == hashes
    device = phone(camp)[1]
    with writing():
        assert door.check_in(camp, device, "nonce-0001", old, host=HOST).verdict == "revoked"


def test_shirts_are_shown_where_they_are_given(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    with writing():
        db.session.add(Needs(participant_id=mai.id, shirt="M"))
    entrance, meal = phone(camp)[1], phone(camp)[1]
    with writing():
        meal.station = "meal"
        db.session.add(meal)

    def shirt(device: object) -> str:
        return str(doorlist.lines(camp, device)[0][9])  # type: ignore[arg-type]

    assert (shirt(entrance), shirt(meal)) == ("M", "")
    table = phone(camp)[1]
    with writing():
        table.station = "shirt"
        db.session.add(table)
    assert (shirt(entrance), shirt(table)) == ("", "M")
    with writing():
        pairing.revoke(camp, table.id)
    assert shirt(entrance) == "M"
