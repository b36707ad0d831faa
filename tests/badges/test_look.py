from __future__ import annotations

import pytest
from flask import Flask

from badges import labels, look
from camp.db import writing
from camp.errors import BadInput
from tests import make


def test_without_a_choice_most_fields_stand_on_a4(app: Flask) -> None:
    chosen = look.of(make.camp())
    assert (chosen.layout, sorted(set(look.FIELDS) - chosen.fields)) == ("a4-10", ["town"])
    assert set(look.SHEETS) == set(labels.SHEETS)


def test_a_choice_is_kept_and_changed_and_unknown_fields_are_dropped(app: Flask) -> None:
    camp = make.camp()
    for layout, fields in (("a6", ["kind", "secret"]), ("herma-5028", [])):
        with writing():
            look.choose(camp, layout, fields)
        assert look.of(camp) == look.Chosen(layout, frozenset(fields) & frozenset(look.FIELDS))
    with pytest.raises(BadInput, match="no such sheet"), writing():
        look.choose(camp, "a3", [])
