"""QR codes as shapes: the bars of dark modules, and any text as one SVG path for screens and books."""

from __future__ import annotations

from dataclasses import dataclass

QUIET = 4  # white modules that the standard (ISO/IEC 18004) asks for on each side

Matrix = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A square of `side` modules, white margin included, and the SVG path of the dark ones."""

    side: int
    path: str


def picture(text: str) -> Picture:
    """The QR of a text, small letters too. Raises ValueError if no QR can hold it."""
    from qrcode.constants import ERROR_CORRECT_M  # slow to load and not needed by most requests
    from qrcode.main import QRCode
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    modules = tuple(tuple(bool(module) for module in row) for row in code.modules)
    bars = (f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z" for x, y, width in runs(modules))
    return Picture(len(modules) + 2 * QUIET, "".join(bars))


def runs(modules: Matrix) -> tuple[tuple[int, int, int], ...]:
    """The dark modules as horizontal bars (x, y, width), counted in modules from the upper left."""
    return tuple((x, y, width) for y, row in enumerate(modules) for x, width in _bars(row))


def _bars(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    bars: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and x and row[x - 1]:
            start, width = bars[-1]
            bars[-1] = (start, width + 1)
        elif dark:
            bars.append((x, 1))
    return bars
