"""A QR for a screen: any text (a pairing address has small letters) as one SVG path."""

from dataclasses import dataclass

from badges.qr import QUIET, runs


@dataclass(frozen=True)
class Picture:
    """A square of `side` modules, white margin included, and the SVG path of the dark ones."""

    side: int
    path: str


def picture(text: str) -> Picture:
    """The QR of a text. Raises ValueError if no QR can hold it."""
    from qrcode.constants import ERROR_CORRECT_M  # slow to load and not needed by most requests
    from qrcode.main import QRCode
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    modules = tuple(tuple(bool(module) for module in row) for row in code.modules)
    bars = (f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z" for x, y, width in runs(modules))
    return Picture(len(modules) + 2 * QUIET, "".join(bars))
