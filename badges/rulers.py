"""A test page for a printer: the outlines of a sheet's cards and rulers, to see whether it prints in true size."""

import io
from collections.abc import Sequence
from typing import Any

from badges import labels

_PT = 72 / 25.4
_LETTERS = 3.0  # mm


def page(sheet: labels.Sheet, lines: Sequence[str]) -> bytes:
    """A PDF of one page: every card's outline with its number, rulers of 100 mm, and `lines` of text."""
    import pydyf  # comes with WeasyPrint and is not needed by most requests

    width, height = sheet.page_mm
    parts = [f"q {_PT:.5f} 0 0 {-_PT:.5f} 0 {height * _PT:.3f} cm 0.2 w 0 G 0 g", *_outlines(sheet),
             *_ruler(width, height), *_words(sheet, lines), "Q"]
    pdf = pydyf.PDF()
    font: Any = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica",
                                  "Encoding": "/WinAnsiEncoding"})
    content: Any = pydyf.Stream(["\n".join(parts).encode("cp1252", "replace")], compress=True)
    for thing in (font, content):
        pdf.add_object(thing)
    pdf.add_page(pydyf.Dictionary({
        "Type": "/Page", "Parent": pdf.pages.reference, "Contents": content.reference,
        "MediaBox": pydyf.Array([0, 0, round(width * _PT, 3), round(height * _PT, 3)]),
        "Resources": pydyf.Dictionary({"Font": pydyf.Dictionary({"F": font.reference})})}))
    written = io.BytesIO()
    pdf.write(written)
    return written.getvalue()


def _outlines(sheet: labels.Sheet) -> list[str]:
    width, height = sheet.card_mm
    found = []
    for number, (x, y) in enumerate(labels.positions(sheet), 1):
        found += [f"{x:g} {y:g} {width:g} {height:g} re S", _text(str(number), x + 4, y + 7)]
    return found


def _ruler(width: float, height: float) -> list[str]:
    """100 mm across and down through the middle of the page, a line each millimetre."""
    x, y = round(width / 2 - 50, 2), round(height / 2, 2)
    top = max(5.0, round(height / 2 - 50, 2))
    ticks = [4 if step % 10 == 0 else 2 if step % 5 == 0 else 1.2 for step in range(101)]
    across = [f"{x + step:g} {y:g} m {x + step:g} {y - tick:g} l S" for step, tick in enumerate(ticks)]
    x_down = round(width / 2, 2)
    down = [f"{x_down:g} {top + step:g} m {x_down + tick:g} {top + step:g} l S" for step, tick in enumerate(ticks)]
    return [*across, *down, _text("0", x, y + 4), _text("100 mm", x + 92, y + 4)]


def _words(sheet: labels.Sheet, lines: Sequence[str]) -> list[str]:
    x, y = labels.positions(sheet)[0]
    return [_text(line, x + 4, y + 14 + 5 * number) for number, line in enumerate(lines)]


def _text(text: str, x: float, y: float) -> str:
    safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F {_LETTERS:g} Tf 1 0 0 -1 {x:g} {y:g} Tm ({safe}) Tj ET"
