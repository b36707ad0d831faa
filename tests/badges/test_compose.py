"""What stands where on a card: sizes that fit, and what is set once for many."""

from pathlib import Path

import pytest

from badges import compose, design, fit, fonts
from badges.card import BadgeCard, Inside

VENDOR = Path(__file__).parents[2] / "camp" / "static" / "vendor"
PLAN = design.of((85, 54))
CARD = BadgeCard("Mai", "Krause", "Lagerpilot", "Start-up", "#UX", "HTTPS://C.DE/B/ABCDEFGHIJKLMNOP", first_time=True)


@pytest.fixture(scope="module")
def ruler() -> fonts.Ruler:
    return fonts.ruler(VENDOR, "".join(map(chr, range(32, 127))))


def test_title_kinds_and_roles_are_set_once(ruler: fonts.Ruler) -> None:
    cards = [CARD, CARD, BadgeCard("Jo", "", "", "Industry", "", CARD.code_url, role="Orga")]
    once = compose.shared(cards, "Camp", PLAN, ruler)
    assert {key: one.name for key, one in once.items()} == {
        ("t", "Camp"): "Title", ("k", "Industry"): "Kind0", ("k", "Start-up"): "Kind1", ("r", "Orga"): "Role0"}
    assert once["r", "Orga"].width == PLAN.width


def test_a_short_name_is_large_and_the_blocks_end_at_the_foot(ruler: fonts.Ruler) -> None:
    once = compose.shared([CARD], "Camp", PLAN, ruler)
    found = compose.blocks(CARD, PLAN, ruler, once)
    assert [(block.kind, block.text.text) for block in found] == [("n", "Mai"), ("f", "Krause"), ("o", "Lagerpilot"), ("h", "#UX")]
    assert found[0].text.size == 36
    end = PLAN.name[0] + sum(block.above + block.text.height for block in found) / compose.PT
    assert end == pytest.approx(PLAN.tags_end, abs=0.1)


def test_a_role_takes_the_place_of_the_strip_and_a_blank_badge_has_lines(ruler: fonts.Ruler) -> None:
    boss, blank = BadgeCard("Jo", "", "", "", "", CARD.code_url, role="Orga"), BadgeCard("", "", "", "", "No. 7", CARD.code_url, blank=True)
    once = compose.shared([CARD, boss, blank], "", PLAN, ruler)
    names = [[name for name, _ in compose.drawing(card, PLAN, ruler, once).forms] for card in (CARD, boss, blank)]
    assert names == [["Strip", "Kind0", "Sprout"], ["Role0"], ["Strip", "Lines"]]
    assert compose.blocks(blank, PLAN, ruler, once)[0].text.text == "No. 7"


def test_a_face_inside_shrinks_its_text_and_refuses_what_never_fits(ruler: fonts.Ruler) -> None:
    tall = design.of((105, 148))
    sizes = [compose.blocks(Inside("WLAN", "word " * number, CARD.code_url), tall, ruler, {})[1].text.size for number in (10, 400)]
    assert sizes[0] == 12 > sizes[1]
    with pytest.raises(fit.TooLong):
        compose.blocks(Inside("WLAN", "word " * 5000), tall, ruler, {})
