"""Badges as pictures: the same texts, sizes and places as on paper."""

from dataclasses import replace
from pathlib import Path

import pytest

from badges import fit, labels, preview
from badges.card import BadgeCard
from badges.sheet import Look

VENDOR = Path(__file__).parents[2] / "camp" / "static" / "vendor"
CARD = BadgeCard("Mai", "Krause", "Lagerpilot", "Start-up", "#UX", "HTTPS://C.DE/B/ABCDEFGHIJKLMNOP", True, True, "Orga")
LOOK = Look("Camp", "de", "#0a5a66")


def test_every_text_is_there_once_with_the_camps_colour() -> None:
    lines = {line.text: line for line in preview.picture(CARD, LOOK, (85, 54), VENDOR).lines}
    assert set(lines) == {"Mai", "Krause", "Lagerpilot", "#UX", "Camp", "Start-up", "Orga", "ABCD EFGH IJKL MNOP"}
    assert (lines["Camp"].colour, round(lines["Mai"].size * 72 / 25.4), lines["Mai"].family) == ("#0a5a66", 36, "Bricolage")
    assert lines["Mai"].y < lines["Krause"].y < lines["Lagerpilot"].y < lines["#UX"].y < 54


@pytest.mark.parametrize("layout", labels.SHEETS)
def test_long_names_break_as_they_were_measured_and_stay_on_the_card(layout: str) -> None:
    size = labels.SHEETS[layout].card_mm
    long = replace(CARD, name="Maximiliane-Friederike", family="Freifrau von und zu Hohenlohe-Waldenburg-Schillingsfürst", organisation="W" * 90)
    picture = preview.picture(long, LOOK, size, VENDOR)
    assert "".join(line.text.replace(" ", "") for line in picture.lines if line.weight == 600) == long.family.replace(" ", "")
    assert all(0 < line.x < size[0] and 0 < line.y < size[1] for line in picture.lines)


def test_without_an_address_the_code_is_a_frame_and_nothing_can_be_typed() -> None:
    picture = preview.picture(replace(CARD, code_url=""), LOOK, (85, 54), VENDOR)
    assert picture.shapes[0].colour != "#000000" and "ABCD" not in " ".join(line.text for line in picture.lines)
    with pytest.raises(fit.TooLong):
        preview.picture(replace(CARD, name="W" * 3000), LOOK, (85, 54), VENDOR)
