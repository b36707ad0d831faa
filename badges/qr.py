"""Text to QR modules: level Q, a fixed mask, everything in the alphanumeric mode (ISO/IEC 18004)."""

from camp.codes import Matrix

ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def matrix(text: str) -> Matrix:
    """The dark modules of a text, row by row, without the quiet zone.

    Raises ValueError for an empty text, for one that leaves the alphanumeric set (a single lower-case letter would make
    the whole code a third larger), and for one that is too long for any code.
    """
    if not text:
        raise ValueError("A code needs a text.")
    if strange := sorted(set(text) - ALPHANUMERIC):
        raise ValueError(f"A badge code holds capitals, figures and $%*+-./: only, not {strange[0]!r}.")
    from qrcode.constants import ERROR_CORRECT_Q  # slow to load and not needed by most requests
    from qrcode.main import QRCode
    # trying all eight masks takes about four times as long; a fixed one is as legal, and the tests read every code back
    code = QRCode(error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=0)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def version_for(text: str) -> int:
    """The version (1 to 40) that `matrix` chooses: 21 modules wide is 1, each further one adds 4."""
    return (len(matrix(text)) - 17) // 4
