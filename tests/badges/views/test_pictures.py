from __future__ import annotations

from flask import Flask

from badges.card import BadgeCard
from badges.sheet import Look
from badges.views import pictures
from tests import make

CARD = BadgeCard("Mai", "Krause", "", "", "", "")


def test_a_name_without_room_or_font_is_told_in_a_sentence(app: Flask) -> None:
    camp, look = make.camp(), Look("Camp", "de")
    with app.test_request_context("/?lang=en"):
        good = pictures.of(camp, CARD, look, "a6")
        long = pictures.of(camp, BadgeCard("W" * 3000, "", "", "", "", ""), look, "a6")
        strange = pictures.of(camp, BadgeCard("\ue000", "", "", "", "", ""), look, "a6")
    assert (good.name, good.trouble, good.picture is not None) == ("Mai Krause", "", True)
    assert ("too long for a badge" in long.trouble, "No font" in strange.trouble, long.picture, strange.picture) == (True, True, None, None)
