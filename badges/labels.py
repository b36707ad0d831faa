"""Where the cards lie on a sheet of paper, in millimetres from its upper left corner."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, sizes as (width, height) in mm, its grid and the corner of the first card."""

    name: str
    page_mm: tuple[float, float]
    card_mm: tuple[float, float]
    columns: int
    rows: int
    origin_mm: tuple[float, float]

    @property
    def cards(self) -> int:
        """How many cards one sheet holds."""
        return self.columns * self.rows


def centred(name: str, page_mm: tuple[float, float], card_mm: tuple[float, float], columns: int, rows: int) -> Sheet:
    """A sheet whose cards touch each other and stand in the middle of the page; ValueError if they do not fit."""
    left = (page_mm[0] - columns * card_mm[0]) / 2
    top = (page_mm[1] - rows * card_mm[1]) / 2
    if columns < 1 or rows < 1 or left < 0 or top < 0:
        raise ValueError(f"{columns} x {rows} cards of {card_mm[0]} x {card_mm[1]} mm do not fit on the page.")
    return Sheet(name, page_mm, card_mm, columns, rows, (left, top))


def positions(sheet: Sheet) -> tuple[tuple[float, float], ...]:
    """The upper left corner (x, y) in mm of every card, row by row."""
    left, top = sheet.origin_mm
    width, height = sheet.card_mm
    cells = ((column, row) for row in range(sheet.rows) for column in range(sheet.columns))
    return tuple((left + column * width, top + row * height) for column, row in cells)


A4_TEN = centred("a4-10", (210, 297), (85, 54), columns=2, rows=5)
