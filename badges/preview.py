"""A badge as a picture for screens: the same sizes, lines and places as on paper, as plain shapes for an SVG in mm."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from badges import compose, design, draw, fonts, qr
from badges.card import BadgeCard, clean, cleaned, words
from badges.sheet import Look
from camp import codes

_GREY = "#4c5855"


@dataclass(frozen=True)
class Line:
    """One line of text: where its base line begins, size in mm, family, weight and colour."""

    text: str
    x: float
    y: float
    size: float
    family: str
    weight: int
    colour: str


@dataclass(frozen=True)
class Shape:
    """A filled path with its colour, or an icon's line of 24 units; moved and scaled."""

    path: str
    x: float
    y: float
    scale: float = 1.0
    colour: str = draw.INK
    line: bool = False


@dataclass(frozen=True)
class Picture:
    """A card: its size in mm, its shapes and lines in the order in which they are drawn, the box of the logo."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]
    logo: design.Box | None = None


@lru_cache(maxsize=256)
def picture(card: BadgeCard, look: Look, size: tuple[float, float], fonts_dir: Path) -> Picture:
    """The picture of a card; without an address its code is an empty frame.

    Raises fit.TooLong and fonts.FontMissing as the print would.
    """
    face, plan, title = cleaned(card), design.of(size, look.logo), clean(look.title)
    assert isinstance(face, BadgeCard)
    ruler = fonts.ruler(fonts_dir, title + words(face))
    once = compose.shared([face], title, plan, ruler)
    drawing = compose.drawing(face, plan, ruler, once)
    shapes, lines = [_code(face.code_url, plan.code_at)], [_line(placed, draw.INK) for placed in drawing.lines]
    forms = {one.name: one for one in once.values()}
    for name, (x, y) in drawing.forms:
        if name in forms:
            shapes += _ground(forms[name], x, y, look.accent)
            colour = (look.accent or _GREY) if forms[name].kind == "t" else "#ffffff"
            lines += [_line(placed, colour, x, y) for placed in forms[name].lines]
        else:
            shapes += _form(name, x, y, plan)
    if face.code_url:
        size_mm = draw.CODE_PT / compose.PT
        lines.append(Line(drawing.letters, *drawing.letters_at, size_mm, "Hanken", draw.CODE_WEIGHT, draw.INK))
    return Picture(*size, tuple(shapes), tuple(lines), plan.logo)


def _line(placed: draw.Placed, colour: str, x: float = 0, y: float = 0) -> Line:
    family, weight = compose.FONTS[placed.line.kind]
    return Line(placed.line.text, round(x + placed.x, 2), round(y + placed.y, 2), round(placed.size / compose.PT, 3),
                family, weight, colour)


def _ground(one: compose.Once, x: float, y: float, accent: str) -> list[Shape]:
    """The filled box behind the word of a kind or a role."""
    if one.kind == "t":
        return []
    colour = accent or draw.INK if one.kind == "r" else draw.INK
    return [Shape(f"M0 0h{one.width:g}v{one.height:.2f}h-{one.width:g}z", round(x, 2), round(y, 2), colour=colour)]


def _form(name: str, x: float, y: float, plan: design.Design) -> list[Shape]:
    if name == "Strip":
        return [Shape("M" + "L".join(f"{a:.2f} {b:.2f}" for a, b in corners) + "z", x, y, colour=colour)
                for colour, corners in draw.strip_cells(plan.width, plan.strip[1])]
    icon = {"Sprout": draw.SPROUT, "Camera": draw.CAMERA_OFF}.get(name)
    return [Shape(icon, round(x, 2), round(y, 2), draw.MARK_MM / 24, line=True)] if icon else []


def _code(address: str, at: tuple[float, float]) -> Shape:
    if not address:
        return Shape("M0 0h24v24h-24zM.4 .4v23.2h23.2v-23.2z", at[0] + 3, at[1] + 3, colour="#9aa5a1")
    modules = qr.matrix(address)
    bars = "".join(f"M{x + codes.QUIET} {y + codes.QUIET}h{width}v1h-{width}z" for x, y, width in codes.runs(modules))
    return Shape(bars, *at, draw.CODE_MM / (len(modules) + 2 * codes.QUIET), "#000000")
