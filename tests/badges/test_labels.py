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
