from __future__ import annotations

import pytest
from flask import Flask

from camp import texts
from camp.db import writing
from camp.errors import BadInput
from tests import make


def test_a_text_is_read_in_the_readers_language_or_another(app: Flask) -> None:
    camp = make.camp(imprint="Wir")
    assert texts.read(camp, "imprint", "en") == ("Wir", "de")
    with writing():
        assert texts.put(camp, "imprint", "en", "Us")
    assert (texts.read(camp, "imprint", "en"), texts.read(camp, "imprint", "de")) == (("Us", "en"), ("Wir", "de"))
    assert texts.read(camp, "rules", "de") == ("", "")


def test_put_tells_whether_anything_changed_and_an_empty_text_goes(app: Flask) -> None:
    camp = make.camp(imprint="Wir")
    with writing():
        assert [texts.put(camp, "imprint", "de", text) for text in ("Wir", "Ihr", "", "")] == [False, True, True, False]
    assert "imprint" not in texts.names(camp)
    assert texts.by_language(camp, "privacy") == {"de": "P"}


def test_too_long_a_text_is_refused(app: Flask, write: None) -> None:
    camp = make.camp()
    with pytest.raises(BadInput) as caught, writing():
        texts.put(camp, "rules", "en", "x" * (texts.LONGEST + 1))
    assert caught.value.field == "en"


def test_gaps_by_text(app: Flask) -> None:
    camp = make.camp(imprint="[[Name]]", privacy="ganz")
    with writing():
        texts.put(camp, "imprint", "en", "[[name]]")
    assert texts.gaps(camp) == {"imprint": ["Name", "name"]}
    assert texts.every(camp)["imprint", "en"] == "[[name]]"
