"""A camp's accent colour: its contrast by WCAG 2.2, the nearest good shade, and the style sheet for both themes."""

from __future__ import annotations

import re
from dataclasses import dataclass

PAPER, CARD, DARK_PAPER, DARK_CARD = "#f6f6f1", "#ffffff", "#111917", "#1b2523"  # as in camp.css
WHITE, DARK_INK = "#ffffff", "#0d1413"
NEEDED = 4.5  # WCAG 2.2, 1.4.3: text of ordinary size
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Accent:
    """The accent in both themes: for words and buttons, its deeper shade, and the wash behind a remark."""

    light: str
    light_deep: str
    light_wash: str
    dark: str
    dark_deep: str
    dark_wash: str


def is_colour(text: str) -> bool:
    """Whether a text is a colour as browsers send it: # and six small hexadecimal digits."""
    return bool(_COLOUR.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def on_paper(colour: str) -> float:
    """The lowest contrast that a colour has where it is used: as words on paper and card, under white words."""
    return min(contrast(colour, ground) for ground in (PAPER, CARD, WHITE))


def good_shade(colour: str) -> str:
    """The colour itself if it can be read on paper, else the least darkened shade of it that can."""
    return next(shade for shade in (_mixed(colour, "#000000", part / 100) for part in range(101))
                if on_paper(shade) >= NEEDED)


def accent(colour: str) -> Accent:
    """Both themes of a colour that can be read on paper; in the dark it is lightened until it can be read there."""
    dark = next(shade for shade in (_mixed(colour, WHITE, part / 100) for part in range(101))
                if min(contrast(shade, ground) for ground in (DARK_PAPER, DARK_CARD, DARK_INK)) >= NEEDED)
    return Accent(colour, _mixed(colour, "#000000", 0.3), _mixed(colour, WHITE, 0.87),
                  dark, _mixed(dark, WHITE, 0.25), _mixed(colour, DARK_CARD, 0.8))


def style_sheet(colour: str) -> str:
    """The tokens of camp.css that the accent replaces, with the same selectors."""
    both = accent(colour)
    light = _tokens(both.light, both.light_deep, WHITE, both.light_wash)
    dark = _tokens(both.dark, both.dark_deep, DARK_INK, both.dark_wash)
    return (f":root, [data-theme=light] {{ {light} }}\n"
            f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{ {dark} }} }}\n"
            f"[data-theme=dark] {{ {dark} }}\n")


def _tokens(main: str, deep: str, words: str, wash: str) -> str:
    return f"--accent: {main}; --accent-deep: {deep}; --on-accent: {words}; --wash: {wash};"


def _luminance(colour: str) -> float:
    parts = [_linear(value / 255) for value in _rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(colour: str, other: str, part: float) -> str:
    """`part` of the other colour in it, channel by channel."""
    return "#" + "".join(f"{round(one + (two - one) * part):02x}"
                         for one, two in zip(_rgb(colour), _rgb(other), strict=True))
