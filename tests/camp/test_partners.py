from __future__ import annotations

import pytest
from flask import Flask

from camp import pages, partners
from camp.db import db, writing
from camp.errors import CampError, NotFound
from camp.models import Camp
from tests import make


def _rows(camp: Camp) -> list[tuple[str, str, str]]:
    db.session.refresh(camp)
    return [(one.name, one.tier, one.url) for one in camp.partners]


def test_partners_come_change_move_and_go(app: Flask) -> None:
    camp = make.camp()
    with writing():
        partners.add(camp, "Hochschule", "organiser", "")
        partners.add(camp, "Bank", "sponsor", "https://bank.example")
        partners.add(camp, "Stadt", "sponsor", "")
    with writing():
        partners.move(camp, camp.partners[2].id, -1)
        partners.change(camp, camp.partners[0].id, "HRW", "organiser", "https://hrw.example")
    assert _rows(camp) == [("HRW", "organiser", "https://hrw.example"), ("Stadt", "sponsor", ""), ("Bank", "sponsor", "https://bank.example")]
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert pages.partners_line(camp) == "Organised by HRW. Sponsored by Stadt, Bank."
    with writing():
        partners.remove(camp, camp.partners[1].id)
    assert [name for name, _, _ in _rows(camp)] == ["HRW", "Bank"]


@pytest.mark.parametrize(("values", "field"), [
    (("Bank", "sponsor", ""), "name"), (("Neu", "boss", ""), "tier"), (("Neu", "sponsor", "javascript:alert(1)"), "url"), (("Neu", "sponsor", "http://"), "url")])
def test_what_cannot_be_is_named_by_its_field(app: Flask, values: tuple[str, str, str], field: str) -> None:
    camp = make.camp()
    with writing():
        partners.add(camp, "Bank", "sponsor", "")
    with pytest.raises(CampError) as caught, writing():
        partners.add(camp, *values)
    assert (caught.value.field, len(_rows(camp))) == (field, 1)


def test_a_partner_of_another_camp_is_not_found(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    with writing():
        partners.add(other, "Bank", "sponsor", "")
    with pytest.raises(NotFound), writing():
        partners.remove(camp, other.partners[0].id)
