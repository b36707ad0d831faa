"""The fonts that print a text: the shipped ones, the system's for other scripts, and how wide each sets it."""

import io
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

SHIPPED = {"Bricolage": "bricolage-grotesque", "Hanken": "hanken-grotesk"}  # CSS name, start of the file's name
SUBSETS = ("latin", "latin-ext", "vietnamese")
SYSTEM = ("Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC")
_EAST_ASIAN = {"CJK", "IDEOGRAPHIC", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "FULLWIDTH", "HALFWIDTH"}
_PACKAGES = {"CJK": "fonts-noto-cjk", "Emoji": "fonts-noto-color-emoji"}
_FALLBACK_MARGIN = 1.05  # Pango may take another cut of the system's font than the one measured here


@dataclass(frozen=True)
class Ruler:
    """How wide texts are in em, by family and weight; `others` are the characters that the system's fonts set."""

    width: Callable[[str, int, str], float]
    others: frozenset[str]

    def __call__(self, family: str, weight: int, text: str) -> float:
        """The sum of the widths of all characters."""
        return sum(self.width(family, weight, c) for c in text)


class FontMissing(Exception):
    """No installed font has these characters of this script.

    `package` is the Debian package that brings one; empty for code points to which Unicode gives no character.
    """

    def __init__(self, script: str, package: str, characters: str) -> None:
        advice = f"On Debian: apt-get install {package}" if package else "Take it out of the text."
        super().__init__(f"No font for {script} ({characters}). {advice}")
        self.script, self.package, self.characters = script, package, characters


@dataclass(frozen=True)
class _Face:
    """One font file at one weight: its map of characters and a function for a glyph's advance in em."""

    glyphs: dict[int, str]
    advance: Callable[[str], float]


def shipped(fonts_dir: Path) -> dict[str, Path]:
    """CSS family name ("Bricolage latin" and so on) → font file, found anywhere below `fonts_dir`.

    Raises FileNotFoundError with the name of the file that is not there.
    """
    found: dict[str, Path] = {}
    for family, stem in SHIPPED.items():
        for subset in SUBSETS:
            name = f"{stem}-{subset}-wght-normal.woff2"
            files = sorted(fonts_dir.rglob(name))
            if not files:
                raise FileNotFoundError(f"The font file {name} is not below {fonts_dir}.")
            found[f"{family} {subset}"] = files[-1].resolve()
    return found


@lru_cache(maxsize=16)
def unpacked(file: Path) -> bytes:
    """A shipped font as TrueType: unpacking one takes a while, and who measures and who sets both need it."""
    from fontTools.ttLib import woff2

    written = io.BytesIO()
    woff2.decompress(io.BytesIO(file.read_bytes()), written)
    return written.getvalue()


def css_families(family: str, *, system_first: bool = False) -> str:
    """The value of CSS font-family for a shipped family, with the system's fonts behind it or before it."""
    names, system = [f"{family} {subset}" for subset in SUBSETS], list(SYSTEM)
    return ", ".join(f'"{name}"' for name in (system + names if system_first else names + system)) + ", sans-serif"


def ruler(fonts_dir: Path, text: str) -> Ruler:
    """A ruler for texts made of the characters of `text`.

    It adds up the advance widths that the font files hold, without kerning; what no shipped file has is measured in the
    system's bold font for its script. Raises FontMissing when there is none, so that no name ever prints as boxes.
    """
    files = shipped(fonts_dir)
    others = _system_widths({c for c in text if not _invisible(c)} - _covered(files))
    known: dict[tuple[str, int, str], float] = {}

    def width(family: str, weight: int, c: str) -> float:
        key = (family, weight, c)
        if key not in known:
            faces = (_shipped_face(files[f"{family} {subset}"], weight) for subset in SUBSETS)
            known[key] = next((f.advance(f.glyphs[ord(c)]) for f in faces if ord(c) in f.glyphs), others.get(c, 0.0))
        return known[key]

    return Ruler(width, frozenset(others))


def script_of(character: str) -> str:
    """The script of a character in a word, after its Unicode name: "Arabic", "CJK", "Emoji"; else its category."""
    if unicodedata.category(character) in ("So", "Sk"):
        return "Emoji"
    word = unicodedata.name(character, "").replace("-", " ").split(" ")[0]
    if word in _EAST_ASIAN:
        return "CJK"
    return word.capitalize() or f"U+{ord(character):04X}"


def _covered(files: dict[str, Path]) -> set[str]:
    """The characters that both shipped families have: only those need no other font."""
    families = [{chr(c) for s in SUBSETS for c in _shipped_face(files[f"{f} {s}"], 400).glyphs} for f in SHIPPED]
    return set.intersection(*families)


def _system_widths(characters: set[str]) -> dict[str, float]:
    """Each character's width in em in the font that fontconfig chooses for its script."""
    scripts: dict[str, set[str]] = {}
    for c in characters:
        scripts.setdefault(script_of(c), set()).add(c)
    widths: dict[str, float] = {}
    for script, members in sorted(scripts.items()):
        widths |= _widths_in_system(members)
        for c in sorted(members - widths.keys()):
            widths |= _widths_in_system({c})
            if c not in widths:
                raise FontMissing(script, _package(script), c)
    return widths


def _package(script: str) -> str:
    return "" if script.startswith("U+") else _PACKAGES.get(script, "fonts-noto-core")


def _widths_in_system(characters: set[str]) -> dict[str, float]:
    """The widths of those that the system's best bold font for all of them has."""
    charset = " ".join(f"{ord(c):x}" for c in sorted(characters))
    # fc-match belongs to the package fontconfig, which Pango, and so WeasyPrint, brings along
    command = ["fc-match", "-f", "%{file}\n%{index}", f"{','.join(SYSTEM)}:bold:charset={charset}"]
    file, _, index = subprocess.run(command, capture_output=True, text=True, check=False).stdout.partition("\n")
    if not file:
        return {}
    # the upper half of fontconfig's index names an instance of a variable font, the lower the font in a collection;
    # read lazily and let go, because a font of Chinese takes 50 MB
    with TTFont(file, fontNumber=int(index or 0) & 0xFFFF, lazy=True) as font:
        face = _face(font, 700)
        found = {c for c in characters if ord(c) in face.glyphs}
        return {c: face.advance(face.glyphs[ord(c)]) * _FALLBACK_MARGIN for c in found}


@lru_cache(maxsize=64)
def _shipped_face(file: Path, weight: int) -> _Face:
    return _face(_shipped_font(file), weight)


@lru_cache(maxsize=16)
def _shipped_font(file: Path) -> TTFont:
    return TTFont(io.BytesIO(unpacked(file)))


def _face(font: TTFont, weight: int) -> _Face:
    em, glyphs = font["head"].unitsPerEm, font.getBestCmap() or {}
    if "fvar" in font:
        outlines = font.getGlyphSet(location={"wght": weight})
        return _Face(glyphs, lambda name: float(outlines[name].width) / em)
    metrics = font["hmtx"]
    return _Face(glyphs, lambda name: float(metrics[name][0]) / em)


def _invisible(character: str) -> bool:
    """Spaces, controls, joiners and variation selectors need no glyph."""
    return unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cc", "Cf") or "\ufe00" <= character <= "\ufe0f"
