from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from camp import camps, clock, enrol, erasers, erasure, own_data, people, people_import, wlan
from camp.db import db, writing
from camp.errors import BadInput, Conflict
from camp.models import Camp, Participant
from camp.people_file import PersonRecord
from camp.wlan import Stock, WlanCode
from tests import make

CODES = "gast1 abc\r\n\r\n  gast2\tdef \ngast1 abc\n"


def _add(camp: Camp, text: str = CODES) -> int:
    with writing():
        return wlan.add(camp, text)


def _held(camp: Camp) -> dict[str, str]:
    return {people.of(camp, who).given_name: code for who, code in wlan.codes_of(camp).items()}  # type: ignore[union-attr]


def _line(camp: Camp) -> list[Participant]:
    """Three with a place, registered in the order Cem, Ana, Bo; Dia waits."""
    made = [make.participant(camp, name, registered_at=make.EARLY + timedelta(hours=n)) for n, name in enumerate(("Cem", "Ana", "Bo"))]
    return [*made, make.participant(camp, "Dia", state="waiting")]


def test_codes_go_to_people_with_a_place_in_the_order_of_registration(app: Flask) -> None:
    camp = make.camp()
    _line(camp)
    assert _add(camp) == 2
    assert (_held(camp), wlan.stock(camp)) == ({"Cem": "gast1 abc", "Ana": "gast2 def"}, Stock(codes=2, given=2, without=1))
    assert wlan.stock(camp).lacking == 1
    assert _add(camp, "gast2 def\ngast3\ngast4") == 2
    assert (_held(camp)["Bo"], wlan.stock(camp), wlan.stock(camp).free, wlan.stock(camp).lacking) == ("gast3", Stock(4, 3, 0), 1, 0)


def test_a_camp_without_codes_lacks_none_and_codes_stay_at_their_camp(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    _line(other)
    _add(camp)
    assert (wlan.stock(other), wlan.stock(other).lacking, wlan.codes_of(other)) == (Stock(0, 0, 3), 0, {})
    assert _add(other) == 2  # the same codes may be another camp's


def test_who_gets_a_place_later_gets_a_code_by_the_worker_and_who_cancels_before_the_camp_gives_it_back(app: Flask) -> None:
    from camp import worker
    camp = make.camp()
    cem, _, _, dia = _line(camp)
    _add(camp, "1\n2\n3")
    with writing():
        cem.state, dia.state = "cancelled", "admitted"
    worker._places()
    assert _held(camp) == {"Ana": "2", "Bo": "3", "Dia": "1"}


def test_during_the_camp_a_code_stays_with_whoever_may_have_seen_it(app: Flask) -> None:
    camp = make.camp()
    cem, *_ = _line(camp)
    _add(camp, "1\n2\n3")
    with writing():
        cem.state = "cancelled"
    with clock.shifted(make.until_noon(camp)), writing():
        wlan.hand_out(camp)
    assert _held(camp)["Cem"] == "1"


def test_my_page_has_the_code_from_the_first_day_to_the_last(app: Flask) -> None:
    camp = make.camp()
    cem, *_, dia = _line(camp)
    with writing():
        wlan.give(camp, {cem.id: "c", dia.id: "d"})
    seen = {}
    for name, shift in (("before", timedelta(0)), ("day", make.until_noon(camp)), ("after", make.until_noon(camp) + timedelta(days=1))):
        with clock.shifted(shift):
            seen[name] = (wlan.shown(camp, cem), wlan.shown(camp, dia))
    assert (seen, wlan.code_of(cem)) == ({"before": ("", ""), "day": ("c", ""), "after": ("", "")}, "c")


@pytest.mark.parametrize(("text", "sentence"), [
    (" \n\t", "This is still empty."), ("ok\n" + "x" * 101, "A WLAN code has at most 100 characters."),
    ("a\u202eb", "“a\\u202eb” is no WLAN code: it has characters that nobody sees."),
    ("\n".join(map(str, range(20_001))), "A camp has at most 20000 WLAN codes.")])
def test_what_is_no_list_of_codes_is_refused_whole(app: Flask, text: str, sentence: str) -> None:
    camp = make.camp()
    with pytest.raises(BadInput) as caught:
        _add(camp, text)
    assert (caught.value.sentence(), caught.value.field, wlan.stock(camp).codes) == (sentence, "codes", 0)


def test_free_codes_are_thrown_away_and_others_stay(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "Ana")
    _add(camp)
    with writing():
        wlan.drop_free(camp)
    assert (_held(camp), wlan.stock(camp).codes) == ({"Ana": "gast1 abc"}, 1)


def _enrol(camp: Camp, **codes: str) -> None:
    with writing():
        enrol.enrol(camp, [PersonRecord(f"{name.lower()}@example.org", {"given_name": name, "family_name": ""}, {}, code) for name, code in codes.items()])


def test_a_list_gives_codes_replaces_them_and_takes_them_out_of_the_pool(app: Flask) -> None:
    camp = make.camp()
    _add(camp, "pool1\npool2")
    _enrol(camp, Ana="own", Bo="pool2", Cem="")
    assert _held(camp) == {"Ana": "own", "Bo": "pool2", "Cem": "pool1"}
    _enrol(camp, Ana="pool2", Bo="own", Cem="")
    assert (_held(camp), wlan.stock(camp)) == ({"Ana": "pool2", "Bo": "own", "Cem": "pool1"}, Stock(3, 3, 0))
    with pytest.raises(Conflict):
        _enrol(camp, Dia="own")
    assert people.count(camp, "admitted") == 3


def test_bad_codes_in_a_list_are_named_by_line(app: Flask) -> None:
    camp = make.camp()
    _enrol(camp, Ana="taken")
    rows = ["Vorname;Nachname;E-Mail;WLAN-Code", "Bo;B;bo@example.org;taken", "Cem;C;cem@example.org;neu", "Dia;D;dia@example.org;neu",
            f"Eva;E;eva@example.org;{'x' * 101}", "Fe;F;fe@example.org;"]
    sheet, broken = people_import.read("list.csv", "\n".join(rows).encode())
    made = people_import.plan(camp, "list.csv", sheet, broken, ["given_name", "family_name", "email", "wlan"])
    assert [(record.email, record.wlan) for _, record in made.records] == [("cem@example.org", "neu"), ("fe@example.org", "")]
    assert [problem.sentence() for problem in made.problems] == [
        "list.csv:2: The WLAN code “taken” is for somebody else already.", "list.csv:4: The WLAN code “neu” is for somebody else already.",
        "list.csv:5: A WLAN code has at most 100 characters."]


def test_a_code_is_told_to_its_person_and_goes_with_the_person(app: Flask) -> None:
    camp = make.camp()
    ana, bo = make.participant(camp, "Ana"), make.participant(camp, "Bo")
    _add(camp, "pool1\npool2")
    assert own_data.gather(camp, ana, "v" * 43, [])["wlan"] == [{"code": "pool1"}]
    assert dict(wlan.held(camp)) == {ana.person.email: "pool1", bo.person.email: "pool2"}
    with writing():
        erasure.erase(camp, ana, erasure.Means("v" * 43, erasers.of(app)))
    assert (_held(camp), [row.code for row in db.session.query(WlanCode)]) == ({"Bo": "pool2"}, ["pool2"])


def test_codes_are_handed_out_while_the_camp_lasts(app: Flask) -> None:
    camp = make.camp()
    assert camp.id in camps.before_their_end()
