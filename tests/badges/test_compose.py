"""What stands where on a card: sizes that fit, and what is set once for many."""

from pathlib import Path

import pytest

from badges import compose, design, fit, fonts
from badges.card import BadgeCard, Inside
from badges.typecase import Line

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
    assert all(above.top + above.text.height <= below.top for above, below in zip(found, found[1:], strict=False))
    assert (found[-1].top + found[-1].text.height) / compose.PT == pytest.approx(PLAN.tags_end)


def test_lines_stand_where_css_would_have_them_and_as_far_in_as_their_middle_says(ruler: fonts.Ruler) -> None:
    card = BadgeCard("Mai", "Krause", "Lagerpilot", "Start-up", "", CARD.code_url, role="Orga")
    once = compose.shared([card], "Camp", PLAN, ruler)
    name, family, organisation = compose.drawing(card, PLAN, ruler, once).lines
    blocks = compose.blocks(card, PLAN, ruler, once)
    assert [(line.line, line.x, line.size) for line in (name, family, organisation)] == [
        (Line("n", "Mai"), 5.0, 36), (Line("f", "Krause"), 5.0, 22), (Line("o", "Lagerpilot"), 5.0, 9.5)]
    # line height 1: half of it, and half of what the face rises above the base line more than it falls below
    assert name.y * compose.PT == pytest.approx(blocks[0].top + 36 * (0.5 + (0.93 - 0.27) / 2))
    pill = once["k", "Start-up"]
    assert pill.lines[0].x * 2 + ruler("Hanken", 700, "Start-up") * pill.lines[0].size / compose.PT == pytest.approx(pill.width)


def test_lines_of_arabic_run_from_right_to_left(ruler: fonts.Ruler) -> None:
    card = BadgeCard("محمد", "Krause", "", "", "", CARD.code_url)
    ruler = fonts.ruler(VENDOR, card.name + card.family)
    assert [line.line.rtl for line in compose.drawing(card, PLAN, ruler, {}).lines] == [True, False]


def test_letters_and_marks_that_the_face_lacks_come_from_one_face() -> None:
    card = BadgeCard("Ŋwā̰bá̱", "Nguyễn", "Müller", "", "", CARD.code_url)
    ruler = fonts.ruler(VENDOR, card.name + card.family + card.organisation)
    assert [line.line.strange for line in compose.drawing(card, PLAN, ruler, {}).lines] == [True, False, False]


def test_a_logo_stands_before_the_title_and_leaves_it_more_than_half(ruler: fonts.Ruler) -> None:
    for pixels in ((400, 100), (3000, 100), (50, 400)):
        plan = design.of((85, 54), pixels)
        once = compose.shared([CARD], "E-Commerce-Camp Mülheim 2027", plan, ruler)
        placed = dict(compose.drawing(CARD, plan, ruler, once).forms)
        assert plan.logo is not None
        left, top, width, height = plan.logo
        assert placed["Logo"] == (left, top) and placed["Title"][0] == left + width + 2
        assert width / height == pytest.approx(pixels[0] / pixels[1], rel=0.05)
        assert once["t", "E-Commerce-Camp Mülheim 2027"].width > PLAN.title_width / 2
        assert plan.strip[0] + design.ROLE_MM < top and round(top + height, 2) < plan.name[0] + 0.21
    assert "Logo" not in dict(compose.drawing(CARD, PLAN, ruler, compose.shared([CARD], "", PLAN, ruler)).forms)


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
