"""Sheets of paper: where the cards lie, in mm from the upper left corner; label stock by its makers' numbers."""

from dataclasses import dataclass

A4, A5_ACROSS, A6 = (210.0, 297.0), (210.0, 148.0), (105.0, 148.0)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, sizes as (width, height) in mm, its grid, the corner of the first card, the gaps between.

    `cut`: it is cut by hand, so it shows where; label stock is cut already.
    """

    name: str
    page_mm: tuple[float, float]
    card_mm: tuple[float, float]
    columns: int
    rows: int
    origin_mm: tuple[float, float]
    gap_mm: tuple[float, float] = (0.0, 0.0)
    cut: bool = True

    @property
    def cards(self) -> int:
        """How many cards one sheet holds."""
        return self.columns * self.rows


def centred(name: str, page_mm: tuple[float, float], card_mm: tuple[float, float], columns: int, rows: int,
            gap_mm: tuple[float, float] = (0.0, 0.0), *, cut: bool = True) -> Sheet:
    """A sheet whose cards stand in the middle of the page; ValueError if they do not fit."""
    left = (page_mm[0] - columns * card_mm[0] - (columns - 1) * gap_mm[0]) / 2
    top = (page_mm[1] - rows * card_mm[1] - (rows - 1) * gap_mm[1]) / 2
    if columns < 1 or rows < 1 or left < 0 or top < 0:
        raise ValueError(f"{columns} x {rows} cards of {card_mm[0]} x {card_mm[1]} mm do not fit on the page.")
    return Sheet(name, page_mm, card_mm, columns, rows, (round(left, 2), round(top, 2)), gap_mm, cut)


def positions(sheet: Sheet) -> tuple[tuple[float, float], ...]:
    """The upper left corner (x, y) in mm of every card, row by row."""
    (left, top), (width, height), (across, down) = sheet.origin_mm, sheet.card_mm, sheet.gap_mm
    cells = ((column, row) for row in range(sheet.rows) for column in range(sheet.columns))
    return tuple((round(left + column * (width + across), 2), round(top + row * (height + down), 2))
                 for column, row in cells)


def _stock(name: str, card_mm: tuple[float, float], rows: int, gap_mm: tuple[float, float] = (0.0, 0.0)) -> Sheet:
    """Label stock on A4 with two columns; the makers' templates leave equal margins."""
    return centred(name, A4, card_mm, 2, rows, gap_mm, cut=False)


A4_TEN = centred("a4-10", A4, (85, 54), 2, 5)
A4_EIGHT = centred("a4-8", A4, (105, 74), 2, 4)
SINGLE = centred("a6", A6, A6, 1, 1, cut=False)
FOLDED = centred("a5-folded", A5_ACROSS, A6, 2, 1, cut=False)  # printed on both sides and folded in the middle

SHEETS = {sheet.name: sheet for sheet in (
    A4_TEN, A4_EIGHT, SINGLE, FOLDED,
    _stock("avery-c32011", (85, 54), 5, (10, 0)),
    _stock("avery-32015", (85, 54), 4, (6, 6)),
    _stock("avery-l4785", (80, 50), 5, (15, 5)),
    _stock("avery-3425", (105, 57), 5),
    _stock("avery-l7165", (99.1, 67.7), 4, (2.5, 0)),
    _stock("avery-3427", (105, 74), 4),
    _stock("herma-5028", (83.8, 50.8), 5, (5.4, 0)),
    _stock("herma-4667", (96, 50.8), 5, (3, 0)),
    _stock("herma-10809", (105, 148), 2),
)}
