"""The type case: each distinct line of text set once by WeasyPrint, one below the other, and taken out by its name.

A print of badges has some thousand short lines in four faces. WeasyPrint shapes them and chooses their fonts; set so,
it needs no box for each line and loads each face in one size, which makes it about three times as fast as with a layout
of cards. The lines are laid where they were measured, as large as they were measured.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

PIXEL = 25.4 / 96  # millimetres
_SIZE = 20  # points in which every line is set
_PER_PAGE = 100
_GLYPHS_OR_SHIFT = re.compile(r"<([0-9a-f]*)>|(-?[\d.]+)")


@dataclass(frozen=True)
class Line:
    """A line of text: its kind (which says the face), whether it runs from right to left.

    A `strange` one has marks that the face of its kind lacks, so that letters and marks come from another together.
    """

    kind: str
    text: str
    rtl: bool = False
    strange: bool = False

    @property
    def name(self) -> str:
        """The kind and what is strange about it, as the name of a class."""
        return self.kind + "x" * self.strange


@dataclass(frozen=True)
class Piece:
    """A line as operators that show it: the text, what is drawn after it (emoji); its base line and width as set."""

    text: str
    emoji: str
    base: float
    width: float


Case = Mapping[Line, Piece]
Widths = Mapping[str, Mapping[int, int]]  # name of a font → glyph → its width in thousandths of an em


def pages(lines: Iterable[Line]) -> list[tuple[Line, ...]]:
    """The distinct lines in the order in which they are set, page by page, all lines of a page alike."""
    kinds: dict[tuple[str, bool], dict[Line, None]] = {}
    for line in lines:
        kinds.setdefault((line.name, line.rtl), {})[line] = None
    alike = [tuple(found) for found in kinds.values()]
    return [found[first : first + _PER_PAGE] for found in alike for first in range(0, len(found), _PER_PAGE)]


def html(found: Sequence[Sequence[Line]], faces: Mapping[str, str]) -> str:
    """The body of a document with these pages; `faces` has CSS declarations for each name of lines."""
    classes = "".join(f".{kind}{{{face}}}" for kind, face in faces.items())
    return f"""<style>@page{{size:2000mm {_PER_PAGE * 2 * _SIZE}pt;margin:0}}
body{{margin:0;white-space:pre;text-align:left;font-size:{_SIZE}pt;line-height:{1.5 * _SIZE}pt}}
div+div{{break-before:page}}
{classes}</style>{"".join(map(_div, found))}"""


def taken(found: Sequence[Sequence[Line]], streams: Sequence[Iterable[bytes]], widths: Widths) -> dict[Line, Piece]:
    """The pieces out of the content streams of the pages, which are lists of operators.

    Raises ValueError if the streams hold another number of lines: then WeasyPrint sets otherwise than it did.
    """
    case: dict[Line, Piece] = {}
    for page, stream in zip(found, streams, strict=True):
        case |= zip(page, _cut(stream, widths), strict=True)
    return case


def shown(piece: Piece, x: float, y: float, size: float, room: float) -> str:
    """Operators that show a piece: its base line begins at `x`, `y` in millimetres, `size` in points.

    A line that came out wider than `room` millimetres, as some do by kerning or by the shapes of a script, is set
    smaller by as much.
    """
    scale = min(PIXEL * size / _SIZE, room / piece.width if piece.width else PIXEL)
    text = f"BT {scale:.5f} 0 0 {-scale:.5f} {x:.2f} {y:.2f} Tm {piece.text} ET"
    if not piece.emoji:
        return text
    return f"{text} q {scale:.5f} 0 0 {scale:.5f} {x:.2f} {y - piece.base * scale:.2f} cm {piece.emoji} Q"


def _div(page: Sequence[Line]) -> str:
    direction = " dir=rtl" if page[0].rtl else ""  # WeasyPrint does not know dir=auto
    lines = "\n".join(escape(line.text) for line in page)
    return f'<div class="{page[0].name}"{direction}>{lines}</div>'


def _cut(stream: Iterable[bytes], widths: Widths) -> list[Piece]:
    """A content stream (ISO 32000-1, 9.4) in pieces: each begins where a text matrix is set."""
    pieces: list[tuple[list[str], list[str], float]] = []
    font, in_text, depth = "", False, 0
    for operator in (one.decode("ascii") for one in stream):
        if operator.endswith(" Tm"):
            pieces.append(([font] if font else [], [], float(operator.split()[5])))
        elif operator in ("BT", "ET"):
            in_text, depth = operator == "BT", 0
        elif in_text and operator.endswith(" Tf"):
            text = pieces[-1][0]
            if text == [font]:
                text.clear()  # another face from the first letter on
            font = operator
            text.append(font)
        elif in_text:
            pieces[-1][0].append(operator)
        elif pieces and (depth or operator == "q"):
            depth += {"q": 1, "Q": -1}.get(operator, 0)
            pieces[-1][1].append(operator)
    return [Piece(" ".join(text), " ".join(emoji), base, _width(text, widths)) for text, emoji, base in pieces]


def _width(operators: Iterable[str], widths: Widths) -> float:
    """How wide a text is (ISO 32000-1, 9.4.4): its glyphs, less what the numbers between them take away."""
    whole, size = 0.0, 0.0
    known: Mapping[int, int] = {}
    for operator in operators:
        if operator.endswith(" Tf"):
            name, number, _ = operator.split()
            known, size = widths.get(name[1:], {}), float(number)
        elif operator.endswith(" TJ"):
            for glyphs, shift in _GLYPHS_OR_SHIFT.findall(operator):
                codes = (int(glyphs[begin : begin + 4], 16) for begin in range(0, len(glyphs), 4))
                whole += size / 1000 * (sum(known.get(code, 0) for code in codes) - float(shift or 0))
    return whole
