from __future__ import annotations

from datetime import timedelta

from flask import Flask

from badges import cloning, look
from camp.cloners import Move
from camp.db import writing
from tests import make


def test_the_look_of_badges_is_taken_over(app: Flask) -> None:
    one, two, three = make.camp(), make.camp("ecm28"), make.camp("ecm29")
    with writing():
        look.choose(one, "a6", ["kind", "town"])
    with writing():
        cloning.clone(Move(one, two, timedelta()))
        cloning.clone(Move(three, one, timedelta()))
    assert look.of(two) == look.of(one) == look.Chosen("a6", frozenset({"kind", "town"}))
