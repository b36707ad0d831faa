from __future__ import annotations

import pytest
from flask import Flask

from camp import clock
from camp.errors import BadInput
from sessions import named
from tests import make


def test_people_who_have_arrived_come_first_and_a_name_of_two_is_nobodys(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "Anna", "A"), make.participant(camp, "Ben", "B", arrived_at=clock.now())
    make.participant(camp, "Eva", "E", organisation="X"), make.participant(camp, "Eva", "E", organisation="Y")
    make.participant(camp, "Zoe", "Z", state="waiting")
    assert named.people(camp) == ["Ben B", "Anna A", "Eva E, X", "Eva E, Y"]
    found = [named.find(camp, text) for text in (" ben  b", "Eva E", "Eva E, Y", "Zoe Z", "")]
    assert [who and named.label(who) for who in found] == ["Ben B", None, "Eva E, Y", None, None]


def test_of_two_with_the_same_name_the_one_who_is_here_is_meant(app: Flask) -> None:
    camp = make.camp()
    here, _ = make.participant(camp, "Jo", "K", arrived_at=clock.now()), make.participant(camp, "Jo", "K")
    for name in ("Mia", "Mia"):
        make.participant(camp, name, "K")
    assert [named.find(camp, text) for text in ("Jo K", "Mia K")] == [here, None]


def test_a_host_as_typed_has_a_name_of_a_length_that_fits() -> None:
    assert named.checked("  Mai \n Krause ") == "Mai Krause"
    for text in ("", " ", "x" * 201):
        with pytest.raises(BadInput) as refused:
            named.checked(text)
        assert refused.value.field == "host"
