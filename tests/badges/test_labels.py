"""Sheet geometry: where the cards lie."""

import pytest

from badges import labels


def test_a4_ten_stands_in_the_middle_of_the_page() -> None:
    expected = labels.Sheet("a4-10", (210, 297), (85, 54), columns=2, rows=5, origin_mm=(20.0, 13.5))
    assert expected == labels.A4_TEN
    assert labels.A4_TEN.cards == 10


def test_positions_run_row_by_row_and_cards_touch_without_overlap() -> None:
    assert labels.positions(labels.A4_TEN) == (
        (20.0, 13.5),
        (105.0, 13.5),
        (20.0, 67.5),
        (105.0, 67.5),
        (20.0, 121.5),
        (105.0, 121.5),
        (20.0, 175.5),
        (105.0, 175.5),
        (20.0, 229.5),
        (105.0, 229.5),
    )


@pytest.mark.parametrize(("columns", "rows"), [(3, 5), (2, 6), (0, 5)])
def test_cards_that_do_not_fit_on_the_page_are_refused(columns: int, rows: int) -> None:
    with pytest.raises(ValueError, match="do not fit on the page"):
        labels.centred("too-many", (210, 297), (85, 54), columns, rows)


@pytest.mark.parametrize("name", labels.SHEETS)
def test_every_sheet_has_its_cards_on_the_page_and_none_on_another(name: str) -> None:
    sheet = labels.SHEETS[name]
    (width, height), places = sheet.card_mm, labels.positions(sheet)
    assert (len(places), sheet.name) == (sheet.cards, name)
    assert all(x >= 0 and y >= 0 and x + width <= sheet.page_mm[0] + 0.01 and y + height <= sheet.page_mm[1] + 0.01 for x, y in places)
    apart = [(a, b) for a in places for b in places if a < b and abs(a[0] - b[0]) < width - 0.01 and abs(a[1] - b[1]) < height - 0.01]
    assert apart == []


def test_label_stock_lies_where_the_makers_templates_say() -> None:
    assert [(labels.SHEETS[name].origin_mm, labels.positions(labels.SHEETS[name])[3]) for name in ("avery-l4785", "avery-32015", "herma-4667")] == [
        ((17.5, 13.5), (112.5, 68.5)), ((17.0, 31.5), (108.0, 91.5)), ((7.5, 21.5), (106.5, 72.3))]
