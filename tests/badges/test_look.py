from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image

from badges import labels, look
from badges.sheet import Look
from camp import pictures
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


def test_what_all_badges_have_in_common_holds_the_logo_if_it_is_wanted(app: Flask) -> None:
    camp = make.camp(title="Camp")
    assert look.common(camp) == Look("Camp", "de", camp.accent)
    picture = io.BytesIO()
    Image.new("RGB", (400, 100)).save(picture, "PNG")
    with writing():
        pictures.put(camp, camp, picture.getvalue())
    assert look.common(camp).logo == (400, 100)
    with writing():
        look.choose(camp, "a6", ["kind"])
    assert look.common(camp).logo == (0, 0)
