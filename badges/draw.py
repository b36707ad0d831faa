"""What is drawn on a sheet of badges beside the names: strip, codes, their letters, marks, as PDF operators in mm."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from badges import labels, qr, typecase
from camp import codes

CODE_MM = 30.0  # with the four white modules around it
MARK_MM = 4.6
INK = "#14211f"
ROOMS = ("#22338f", "#f4743b", "#8cc4e8", "#4f6b12", "#f3bd2b", "#a374ea", "#98ecc6", "#a93a86")
# Lucide icons (ISC licence), in a square of 24; the same signs as on the pages: first time here, no photos
SPROUT = (
    "M14 9.536V7a4 4 0 0 1 4-4h1.5a.5.5 0 0 1 .5.5V5a4 4 0 0 1-4 4 4 4 0 0 0-4 4c0 2 1 3 1 5a5 5 0 0 1-1 3"
    " M4 9a5 5 0 0 1 8 4 5 5 0 0 1-8-4 M5 21h14"
)
CAMERA_OFF = (
    "M14.564 14.558a3 3 0 1 1-4.122-4.121 M2 2l20 20 M20 20H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2h1.997a2 2 0 0 0 .819-.175"
    " M9.695 4.024A2 2 0 0 1 10.004 4h3.993a2 2 0 0 1 1.76 1.05l.486.9A2 2 0 0 0 18.003 7H20a2 2 0 0 1 2 2v7.344"
)
CODE_LETTERS = " 234567ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # base32 (RFC 4648) and the blank between groups
CODE_PT, CODE_WEIGHT = 6.5, 500
_VERBS = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "closePath": "h", "endPath": ""}
_POINT = 72 / 25.4  # points in a millimetre


@dataclass(frozen=True)
class Placed:
    """A line of text: where its base line begins in mm, its size in points, the width in mm that there is for it."""

    line: typecase.Line
    x: float
    y: float
    size: float
    room: float


@dataclass(frozen=True)
class Drawing:
    """What one card shows: its lines of text, its code, the letters to type, shared forms by name.

    Places are in mm: the upper left corner of code and forms, the start of the letters' base line.
    """

    lines: tuple[Placed, ...]
    code: str
    code_at: tuple[float, float]
    letters: str
    letters_at: tuple[float, float]
    forms: tuple[tuple[str, tuple[float, float]], ...]


@dataclass(frozen=True)
class Box:
    """A line of text on a ground of a colour (none: without), of so many mm, with corners of this radius."""

    lines: tuple[Placed, ...]
    colour: str
    ground: str
    width: float
    height: float
    radius: float = 0.0


@dataclass(frozen=True)
class Face:
    """A font file with nothing but CODE_LETTERS; widths, box, ascent, descent and capitals in thousandths of an em."""

    program: bytes
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    capitals: int


def page_stream(sheet: labels.Sheet, drawings: Sequence[Drawing | None], case: typecase.Case) -> bytes:
    """The content stream of one page; the drawings fill the sheet's places in order, None leaves one empty.

    The page must have the forms of `forms` and those named in the drawings, the fonts of the case, and the font /Code.
    Raises ValueError for letters that are not in CODE_LETTERS and for texts that no code can hold.
    """
    height = sheet.page_mm[1] * _POINT
    parts = [f"q {_POINT:.5f} 0 0 {-_POINT:.5f} 0 {height:.3f} cm /Cut Do"]
    for (x, y), drawing in zip(labels.positions(sheet), drawings, strict=False):
        if drawing is not None:
            parts.append(_at(x, y, _card(drawing, case)))
    return "\n".join([*parts, "Q"]).encode("ascii")


def forms(sheet: labels.Sheet, strip_mm: tuple[float, float], name_mm: tuple[float, float, float]) -> dict[str, bytes]:
    """What is the same on many cards, by the name under which a page draws it (form XObjects, ISO 32000-1, 8.10).

    `name_mm`: top, end and width of the box for names, in which blank badges have lines to write on.
    """
    drawn = {"Cut": _cut_marks(sheet), "Strip": _strip(*strip_mm), "Sprout": _icon(SPROUT), "Camera": _icon(CAMERA_OFF),
             "Lines": _writing_lines(*name_mm)}
    return {name: operators.encode("ascii") for name, operators in drawn.items()}


@lru_cache(maxsize=1)
def letters_face(file: Path) -> Face:
    """The letters of codes out of a variable font, as a TrueType program to embed."""
    from fontTools import subset  # slow to load: web processes start without
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    from badges.fonts import unpacked

    font = TTFont(io.BytesIO(unpacked(file)))
    options = subset.Options(layout_features=[], hinting=False, name_IDs=[], notdef_outline=True, drop_tables=["STAT"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=CODE_LETTERS)
    subsetter.subset(font)  # first, so that few glyphs have to be drawn in the weight
    font = instantiateVariableFont(font, {"wght": CODE_WEIGHT})
    program = io.BytesIO()
    font.flavor = None
    font.save(program)
    em, glyphs, head = font["head"].unitsPerEm / 1000, font.getBestCmap(), font["head"]
    known = (glyphs.get(number) for number in range(ord(CODE_LETTERS[0]), ord(CODE_LETTERS[-1]) + 1))
    widths = tuple(round(font["hmtx"][name][0] / em) if name else 0 for name in known)
    box = round(head.xMin / em), round(head.yMin / em), round(head.xMax / em), round(head.yMax / em)
    lines = font["hhea"].ascent, font["hhea"].descent, font["OS/2"].sCapHeight
    return Face(program.getvalue(), widths, box, *(round(line / em) for line in lines))


def box(found: Box, case: typecase.Case) -> bytes:
    """A form that shows a line on its ground."""
    ground = f"{_colour(found.ground)} rg {_rounded(found.width, found.height, found.radius)} f" if found.ground else ""
    return f"{ground} {_colour(found.colour)} rg {_lines(found.lines, case)}".encode("ascii")


def _card(drawing: Drawing, case: typecase.Case) -> str:
    shared = [_at(*corner, f"/{name} Do") for name, corner in drawing.forms]
    texts = f"{_colour(INK)} rg {_lines(drawing.lines, case)}"
    if not drawing.code:
        return "\n".join([*shared, texts])
    letters = _letters(drawing.letters, *drawing.letters_at)
    return "\n".join([*shared, texts, letters, _at(*drawing.code_at, _code(drawing.code))])


def _lines(lines: Sequence[Placed], case: typecase.Case) -> str:
    return "\n".join(typecase.shown(case[one.line], one.x, one.y, one.size, one.room) for one in lines)


def _letters(text: str, x: float, y: float) -> str:
    if strange := sorted(set(text) - set(CODE_LETTERS)):
        raise ValueError(f"The letters of a badge code are A to Z and 2 to 7, not {strange[0]!r}.")
    return f"BT /Code {CODE_PT / _POINT:.3f} Tf 1 0 0 -1 {x:.1f} {y:g} Tm ({text}) Tj ET"


def _code(text: str) -> str:
    """One filled path for all bars: a viewer that smooths edges then leaves no hair line between two rows."""
    modules = qr.matrix(text)
    scale = CODE_MM / (len(modules) + 2 * codes.QUIET)
    bars = "\n".join(f"{x + codes.QUIET} {y + codes.QUIET} {width} 1 re" for x, y, width in codes.runs(modules))
    return f"{scale:.5f} 0 0 {scale:.5f} 0 0 cm 0 g\n{bars}\nf"


def strip_cells(width: float, height: float) -> list[tuple[str, list[tuple[float, float]]]]:
    """The camp's grid as a strip: one cell a room, its lower right corner cut off; colour and corners of each."""
    pitch, gap, cut = width / len(ROOMS), width / 200, height * 0.45
    cells = []
    for number, colour in enumerate(ROOMS):
        left, right = number * pitch, (number + 1) * pitch - (gap if number + 1 < len(ROOMS) else 0)
        corners = [(left, 0.0), (right, 0.0), (right, height - cut), (right - cut, height), (left, height)]
        cells.append((colour, corners))
    return cells


def _strip(width: float, height: float) -> str:
    paths = ((colour, " ".join(f"{_xy(point)} {'l' if i else 'm'}" for i, point in enumerate(corners)))
             for colour, corners in strip_cells(width, height))
    return "\n".join(f"{_colour(colour)} rg {path} f" for colour, path in paths)


def _rounded(width: float, height: float, radius: float) -> str:
    """A box whose corners are quarters of a circle, each one cubic curve."""
    if not radius:
        return f"0 0 {width:g} {height:.2f} re"
    near = radius * 0.4477  # where the curve's handle is, from the corner
    points = [(radius, 0.0), (width - radius, 0.0), (width - near, 0.0), (width, near), (width, radius),
              (width, height - radius), (width, height - near), (width - near, height), (width - radius, height),
              (radius, height), (near, height), (0.0, height - near), (0.0, height - radius),
              (0.0, radius), (0.0, near), (near, 0.0), (radius, 0.0)]
    xy = [_xy(point) for point in points]
    curves = (f"{' '.join(xy[begin:begin + 3])} c" for begin in (2, 6, 10, 14))
    lines = (f"{xy[begin]} l" for begin in (1, 5, 9, 13))
    return f"{xy[0]} m " + " ".join(f"{line} {curve}" for line, curve in zip(lines, curves, strict=True)) + " h"


def _icon(path: str) -> str:
    """An icon of 24 units as a line of 2 units, in the size of a mark."""
    from fontTools.pens.recordingPen import RecordingPen  # as above
    from fontTools.svgLib.path import parse_path

    pen = RecordingPen()
    parse_path(path, pen)
    lines = (f"{' '.join(_xy(point) for point in points)} {_VERBS[verb]}" for verb, points in pen.value)
    return f"{MARK_MM / 24:.5f} 0 0 {MARK_MM / 24:.5f} 0 0 cm {_colour(INK)} RG 2 w 1 J 1 j {' '.join(lines)} S"


def _writing_lines(top: float, end: float, width: float) -> str:
    """Two lines to write a name on, in the box for names."""
    lines = (f"0 {round((end - top) * part, 2):g} m {round(width, 2):g} {round((end - top) * part, 2):g} l S"
             for part in (0.5, 0.92))
    return f"{_colour(INK)} RG 0.3 w {' '.join(lines)}"


def _cut_marks(sheet: labels.Sheet) -> str:
    """Short lines where a ruler is laid: in the margin, or as small crosses between cards that reach to its edge."""
    if not sheet.cut:
        return ""
    left, top = sheet.origin_mm
    xs = [left + column * sheet.card_mm[0] for column in range(sheet.columns + 1)]
    ys = [top + row * sheet.card_mm[1] for row in range(sheet.rows + 1)]
    if left < 6 or top < 6:
        lines = [line for x in xs for y in ys for line in ((x - 2, y, x + 2, y), (x, y - 2, x, y + 2))]
    else:
        lines = [line for x in xs for line in ((x, top - 6, x, top - 2), (x, ys[-1] + 2, x, ys[-1] + 6))]
        lines += [line for y in ys for line in ((left - 6, y, left - 2, y), (xs[-1] + 2, y, xs[-1] + 6, y))]
    return f"{_colour(INK)} RG 0.15 w " + " ".join(f"{_xy(a)} m {_xy(b)} l S" for *a, c, d in lines for b in [(c, d)])


def _at(x: float, y: float, operators: str) -> str:
    return f"q 1 0 0 1 {x:g} {y:g} cm\n{operators} Q"


def _xy(point: Sequence[float]) -> str:
    return f"{round(point[0], 3):g} {round(point[1], 3):g}"


def _colour(value: str) -> str:
    return " ".join(f"{int(value[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))
