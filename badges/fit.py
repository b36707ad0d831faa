"""How large each text of a card can be set, by measured width: sizes shrink and lines wrap, nothing is cut off."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

Measure = Callable[[str], float]  # a text's width in em
Steps = tuple[tuple[float, int], ...]  # sizes in points, each with the most lines it may take

ANY = 99  # lines
# a first name in the largest sizes stays in one line, a smaller one may wrap
NAME_STEPS: Steps = (
    *((size, 1) for size in (36, 33, 30)),
    *((size, 2) for size in (27.5, 25, 23, 21, 19, 17, 15.5, 14)),
    *((size, ANY) for size in (12.5, 11, 10, 9, 8, 7, 6, 5)),
)
LEAST_WHOLE = 10, 8  # points: rather than set first or family name smaller, break a word that is longer than the line
FAMILY_SHARE = 0.62  # of the first name's size, at most
_FAMILY_SIZES = (38, 35, 32, 29, 26.5, 24, 22, 20, 18.5, 17, 15.5, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3)  # points
FAMILY_GAP = 1.5  # points above the family name
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"  # these may break after every character
_JOINER = "\u200d"
_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))  # of skin, behind an emoji
_FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))  # letters of which two are a flag
_WIDE_ONE = re.compile(f"[{_WIDE}]")
_STACKED = re.compile(r"[\u0300-\u036f]{2,4}")  # marks above each other, as no single character has them
_PIECE = re.compile(rf"(\s*)([{_WIDE}]|[^\s{_WIDE}-]*-+|[^\s{_WIDE}-]+)")


class TooLong(ValueError):
    """A text does not fit on the card even in the smallest size; `text` is the one."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text[:60]}” is too long for a badge. Shorten it.")
        self.text = text


@dataclass(frozen=True)
class Fitted:
    """One text as it is set: size in points, line height in sizes, number of lines."""

    text: str
    size: float
    leading: float
    lines: int

    @property
    def height(self) -> float:
        """What the lines take from top to bottom, in points."""
        return self.size * self.leading * self.lines


@dataclass(frozen=True)
class _Measured:
    """A text as pieces that a line can end after: (width of the space before it, width of the piece), in em."""

    text: str
    pieces: tuple[tuple[float, float], ...]
    leading: float

    def at(self, size: float, most: int, width: float, broken: bool) -> Fitted | None:
        """The text in at most so many lines of `width` points, or None."""
        lines = _lines(self.pieces, width / size, broken)
        return Fitted(self.text, size, self.leading, lines) if lines is not None and lines <= most else None


def fit_text(text: str, measure: Measure, width: float, steps: Steps, leading: float = 1.25) -> Fitted:
    """The text in the first of `steps` that fits into `width` points, words whole if any step allows it.

    Raises TooLong when it fits in none.
    """
    measured = _measured(text, measure, leading)
    for broken in (False, True):
        for size, most in steps:
            if fitted := measured.at(size, most, width, broken):
                return fitted
    raise TooLong(text)


def scaled(steps: Steps, scale: float) -> Steps:
    """The same sizes with larger ones before them, up to `scale` times the largest; the lines they take stay alike."""
    larger = ((round(size * scale, 1), lines) for size, lines in steps)
    return (*(step for step in larger if step[0] > steps[0][0]), *steps)


def break_lines(text: str, measure: Measure, limit: float) -> list[str]:
    """The text in lines of at most `limit` em, broken where `fit_text` counts that they break."""
    lines, used = [""], 0.0
    for gap, piece in _PIECE.findall(text):
        width = measure(piece)
        if lines[-1] and used + (measure(" ") if gap else 0) + width > limit:
            lines, used, gap = [*lines, ""], 0.0, ""
        for part in _clusters(piece) if width > limit else [piece]:
            if lines[-1] and used + measure(part) > limit:
                lines, used = [*lines, ""], 0.0
            lines[-1] += (" " if gap else "") + part
            used, gap = used + measure(part) + (measure(" ") if gap else 0), ""
    return lines


def _clusters(text: str) -> list[str]:
    """A text in parts that a line may end after: a letter with its marks, an emoji of several characters."""
    parts: list[str] = []
    for character in text:
        if parts and _belongs(character, parts[-1]):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _belongs(character: str, before: str) -> bool:
    if before in _FLAGS and character in _FLAGS or before[-1] == _JOINER:
        return True
    return unicodedata.category(character)[0] == "M" or character == _JOINER or character in _TONES


def fit_name(
    first: str, family: str, measures: tuple[Measure, Measure], width: float, height: float, steps: Steps = NAME_STEPS
) -> tuple[Fitted, Fitted]:
    """First and family name in a box of `width` x `height` points, the first as large as it can be.

    Raises TooLong when even the smallest size is too large.
    """
    upper, lower = _measured(first, measures[0], 1.0), _measured(family, measures[1], 1.1)
    for broken in (False, True):
        best: tuple[float, Fitted, Fitted] | None = None
        for size, most in steps:
            if best and _worth(size, size * FAMILY_SHARE) <= best[0] or size < LEAST_WHOLE[0] and not broken:
                break
            top = upper.at(size, most, width, broken)
            low = top and _below(lower, size, width, height - top.height - FAMILY_GAP, broken)
            if top and low and (best is None or _worth(size, low.size) > best[0]):
                best = _worth(size, low.size), top, low
        if best:
            return best[1], best[2]
    raise TooLong(f"{first} {family}")


def base_direction(text: str) -> str:
    """Left or right ("ltr", "rtl") by the first letter that has a direction (UAX 9, P2 and P3; what dir=auto does)."""
    strong = (unicodedata.bidirectional(c) for c in text)
    return "rtl" if next((d for d in strong if d in ("L", "R", "AL")), "L") != "L" else "ltr"


def _worth(first_size: float, family_size: float) -> float:
    """The first name counts more, but not so much that the family name becomes tiny to make room for it."""
    return float(first_size * family_size**0.7)


def _below(family: _Measured, first_size: float, width: float, height: float, broken: bool) -> Fitted | None:
    """The family name shrinks on its own, so that a long one does not make the first name small."""
    most, least = first_size * FAMILY_SHARE, 3.0 if broken or not family.pieces else LEAST_WHOLE[1]
    for size in _FAMILY_SIZES:
        if least <= size <= most:
            fitted = family.at(size, 2 if size > 9 else ANY, width, broken)
            if fitted and fitted.height <= height:
                return fitted
    return None


def _measured(text: str, measure: Measure, leading: float) -> _Measured:
    pieces = tuple((measure(" ") if gap else 0.0, measure(piece)) for gap, piece in _PIECE.findall(text))
    marks = (1 + 0.2 * len(found) for found in _STACKED.findall(text))
    return _Measured(text, pieces, max([leading, *marks, *map(_script_leading, text)]))


def _script_leading(character: str) -> float:
    """The least line height for a character: some scripts reach farther above and below the line than Latin letters."""
    if "\u0600" <= character <= "\u109f" or "\ufb50" <= character <= "\ufefc":  # Arabic to Myanmar
        return 1.3
    # Vietnamese, Hebrew, Chinese, Japanese, Korean, emoji
    tall = "\u1ea0" <= character <= "\u1ef9" or "\u0590" <= character < "\u0600" or _WIDE_ONE.match(character)
    return 1.15 if tall or character > "\uffff" else 0.0


def _lines(pieces: tuple[tuple[float, float], ...], limit: float, broken: bool) -> int | None:
    """How many lines of `limit` em the pieces fill; None if one is longer than a line and may not be broken."""
    lines, used = 0, limit
    for gap, piece in pieces:
        if piece > limit:
            if not broken or limit <= 2:
                return None
            # a broken line may end up to one wide letter early
            lines, used = lines + ceil(piece / (limit - 1)), limit
        elif used + gap + piece > limit:
            lines, used = lines + 1, piece
        else:
            used += gap + piece
    return lines
