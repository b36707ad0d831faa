from __future__ import annotations

import pytest
from flask import Flask

from camp import institution
from camp.db import writing
from camp.errors import BadInput
from tests import make

GOOD = {"name": "Hochschule", "street": "Weg 1", "town": "12345 Stadt", "represented": "P. Beispiel", "email": "camp@example.org",
        "phone": "0123", "officer": "dsb@example.org", "vat": "", "land": "Nordrhein-Westfalen", "enforcement": ""}


def test_the_bodies_follow_from_the_state_unless_the_organiser_knows_better(app: Flask) -> None:
    camp = make.camp()
    with writing():
        institution.describe(camp, GOOD)
    assert institution.authority(camp.institution["land"]) == "Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen"
    assert institution.enforcement(camp).startswith("Ombudsstelle")
    with writing():
        institution.describe(camp, GOOD | {"enforcement": "Stelle X"})
    assert institution.enforcement(camp) == "Stelle X"


def test_there_are_sixteen_states_and_each_has_its_authority() -> None:
    assert len(institution.LANDS) == 16
    assert all(institution.authority(land) for land in institution.LANDS)
    assert institution.authority("") == ""


@pytest.mark.parametrize(("field", "value"), [("email", "keine"), ("officer", "a@b"), ("land", "Atlantis")])
def test_what_cannot_be_is_named_by_its_field(app: Flask, field: str, value: str) -> None:
    camp = make.camp()
    with pytest.raises(BadInput) as caught, writing():
        institution.describe(camp, GOOD | {field: value})
    assert (caught.value.field, camp.institution) == (field, {})
