"""Designs: on every sheet name, code, letters and foot lie beside each other and on the card."""

import pytest

from badges import design, labels

CARDS = sorted({sheet.card_mm for sheet in labels.SHEETS.values()})


@pytest.mark.parametrize("card", CARDS)
def test_the_code_lies_on_the_card_and_beside_everything_else(card: tuple[float, float]) -> None:
    plan = design.of(card)
    left, top = plan.code_at
    right, bottom = left + design.CODE_MM, top + design.CODE_MM
    assert (left > 0, top > 0, right <= card[0], bottom <= card[1]) == (True,) * 4
    if plan.stands:
        assert plan.name[1] <= top and plan.tags_end < plan.foot_end
    else:
        assert plan.edge + plan.name[2] <= left
    assert top >= plan.title_top + 2 * plan.scale or plan.title_width == plan.name[2]
    assert bottom + 1.6 <= plan.letters_line <= plan.foot_end - (0 if plan.stands else 4)


@pytest.mark.parametrize("card", CARDS)
def test_from_top_to_foot_nothing_lies_on_the_next(card: tuple[float, float]) -> None:
    plan = design.of(card)
    assert 0 < plan.strip[0] < sum(plan.strip) <= plan.title_top < plan.name[0] < plan.name[1] < plan.tags_end <= plan.foot_end < card[1]


def test_small_cards_are_refused_and_larger_ones_have_larger_names() -> None:
    with pytest.raises(ValueError, match="70 x 36 mm has no room"):
        design.of((70, 36))
    assert [design.of(card).scale for card in ((80, 50), (85, 54), (105, 74), (105, 148))] == [1.0, 1.0, pytest.approx(1.235, abs=0.01), 1.7]
