"""What stands where on a card: texts in the sizes that fit by measured width, and the shapes drawn beside them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from badges import draw, fit, fonts, typecase
from badges.card import BadgeCard, Face, Inside, spoken
from badges.design import (
    ORG_STEPS,
    PILL_STEPS,
    ROLE_MM,
    TAG_STEPS,
    TALL_TAG_STEPS,
    TITLE_STEPS,
    Design,
)

PT = 72 / 25.4  # points in a millimetre
PILL_RIM = 1.5  # points
_PILL_WIDTH, _PILL_PADDING, _MARK_STEP, _TAG_GAP = 36.0, 1.6, 5.8, 2.0
_ORG_GAP, _TEXT_GAP = 3.5, 4.0  # points
_HEADING_GAP = 4.0  # mm
TEXT_STEPS: fit.Steps = ((12, 8), (11, 9), (10, 10), (9, 12), (8, 14), (7, 16), (6, 20), (5, 24))
_HEADING_STEPS: fit.Steps = ((24, 1), (21, 1), (18, 1), (15, 2), (12, 2), (9, 3))
# family and weight of each kind of text: name, family, organisation, hashtags, title, kind, role, heading, paragraph
FONTS = {"n": ("Bricolage", 800), "f": ("Bricolage", 600), "o": ("Hanken", 400), "h": ("Hanken", 500),
         "t": ("Bricolage", 700), "k": ("Hanken", 700), "r": ("Hanken", 700), "g": ("Bricolage", 800),
         "p": ("Hanken", 400)}
# half of what a face rises above its base line more than it falls below: there CSS has the base line, too
_RISE = {"Bricolage": 0.33, "Hanken": 0.3485}
_LETTERS_FONT = "Hanken", draw.CODE_WEIGHT


@dataclass(frozen=True)
class Block:
    """One text of a card, of a kind of FONTS: as it is set, its upper edge on the card in points, its width in mm."""

    kind: str
    text: fit.Fitted
    top: float
    width: float


@dataclass(frozen=True)
class Once:
    """A text that many cards show: the name under which it is drawn, its kind and lines, width and height in mm."""

    name: str
    kind: str
    lines: tuple[draw.Placed, ...]
    width: float
    height: float


Shared = dict[tuple[str, str], Once]  # (kind, text) → what is set once


def shared(faces: Sequence[Face], title: str, design: Design, ruler: fonts.Ruler) -> Shared:
    """The camp's title, the pill of each kind of organisation and the strip of each role, each to be set once."""
    cards = [face for face in faces if isinstance(face, BadgeCard)]
    found: Shared = {}
    if title:
        steps = fit.scaled(TITLE_STEPS, design.scale)
        top = fit.fit_text(title, partial(ruler, *FONTS["t"]), design.title_width * PT, steps, 1.0)
        found["t", title] = Once("Title", "t", _placed("t", top, (0, 0), design.title_width, ruler),
                                 design.title_width, top.height / PT)
    for number, kind in enumerate(sorted({card.kind_label for card in cards} - {""})):
        found["k", kind] = _pill(f"Kind{number}", kind, design, ruler)
    for number, role in enumerate(sorted({card.role for card in cards} - {""})):
        height = max(ROLE_MM, design.strip[1])
        steps = tuple((size * height / ROLE_MM, lines) for size, lines in PILL_STEPS[:-1])
        word = fit.fit_text(role, partial(ruler, *FONTS["r"]), (design.width - 4) * PT, steps, 1.0)
        found["r", role] = Once(f"Role{number}", "r", _middle("r", word, design.width, height, ruler), design.width,
                                height)
    return found


def blocks(face: Face, design: Design, ruler: fonts.Ruler, once: Shared) -> list[Block]:
    """The texts of one card from top to bottom. Raises fit.TooLong for one that no size brings onto the card."""
    return _inside(face, design, ruler) if isinstance(face, Inside) else _outside(face, design, ruler, once)


def drawing(face: Face, design: Design, ruler: fonts.Ruler, once: Shared) -> draw.Drawing:
    """What a card shows: its texts, strip or role, title, logo, code with its letters, kind and marks.

    Raises fit.TooLong for a text that no size brings onto the card.
    """
    if isinstance(face, Inside):
        forms = [("Strip", (design.edge, design.strip[0]))]
    else:
        strip = once["r", face.role].name if face.role else "Strip"
        forms = [(strip, (design.edge, design.strip[0])), *_marks_at(face, design, once)]
        forms += [("Lines", (design.edge, design.name[0]))] if face.blank else []
    forms += [(one.name, (design.title_left, design.title_top)) for (kind, _), one in once.items() if kind == "t"]
    forms += [("Logo", design.logo[:2])] if design.logo else []
    letters_at = design.card[0] - design.edge - _letters_width(face, ruler), design.letters_line
    placed = [line for block in blocks(face, design, ruler, once) for line in _placed(
        block.kind, block.text, (design.edge, block.top), block.width, ruler)]
    return draw.Drawing(tuple(placed), face.code_url, design.code_at, spoken(face.code_url), letters_at, tuple(forms))


def _outside(card: BadgeCard, design: Design, ruler: fonts.Ruler, once: Shared) -> list[Block]:
    top, end, width = design.name
    scale = design.scale
    org = fit.fit_text(card.organisation, partial(ruler, *FONTS["o"]), width * PT, fit.scaled(ORG_STEPS, scale))
    box = (end - top) * PT
    measures = partial(ruler, *FONTS["n"]), partial(ruler, *FONTS["f"])
    steps = fit.scaled(fit.NAME_STEPS, scale)
    name, family = fit.fit_name(card.name, card.family, measures, width * PT, box - org.height - _ORG_GAP, steps)
    family_gap, org_gap = fit.FAMILY_GAP if card.family else 0, _ORG_GAP if card.organisation else 0
    spare = (box - name.height - family.height - org.height - family_gap - org_gap) / 2
    found, y = [], top * PT + spare
    for kind, text, gap in (("n", name, 0), ("f", family, family_gap), ("o", org, org_gap)):
        if text.text:
            found.append(Block(kind, text, y + gap, width))
            y += gap + text.height
    room = _tag_room(card, design, ruler, once)
    tag_steps = TALL_TAG_STEPS if design.stands else fit.scaled(TAG_STEPS, scale)
    tags = fit.fit_text(card.hashtags, partial(ruler, *FONTS["h"]), (room - 0.1) * PT, tag_steps, 1.15)
    return [*found, Block("h", tags, design.tags_end * PT - tags.height, room)] if tags.text else found


def _inside(face: Inside, design: Design, ruler: fonts.Ruler) -> list[Block]:
    top, width = design.name[0] + _HEADING_GAP, design.name[2]
    heading = fit.fit_text(face.heading, partial(ruler, *FONTS["g"]), width * PT, _HEADING_STEPS, 1.15)
    room = (design.code_at[1] if face.code_url else design.foot_end) - top - 4
    for size, _lines in TEXT_STEPS:
        text = [fit.fit_text(words, partial(ruler, *FONTS["p"]), width * PT, ((size, fit.ANY),), 1.35)
                for words in face.text.split("\n")]
        if heading.height + sum(one.height + _TEXT_GAP for one in text) <= room * PT:
            return _stacked([("g", heading), *(("p", one) for one in text if one.text)], top * PT, width)
    raise fit.TooLong(face.text)


def _stacked(texts: Sequence[tuple[str, fit.Fitted]], y: float, width: float) -> list[Block]:
    """The texts below each other from `y` on, with a little white between."""
    found = []
    for kind, text in texts:
        found.append(Block(kind, text, y, width))
        y += text.height + _TEXT_GAP
    return found


def _pill(name: str, kind: str, design: Design, ruler: fonts.Ruler) -> Once:
    measure, most = partial(ruler, *FONTS["k"]), _PILL_WIDTH * design.scale
    pill = fit.fit_text(kind, measure, most * PT, fit.scaled(PILL_STEPS, design.scale), 1.3)
    width = round(min(most, measure(kind) * pill.size / PT + 0.3) + 2 * _PILL_PADDING, 1)
    height = (pill.height + 2 * PILL_RIM) / PT
    return Once(name, "k", _middle("k", pill, width, height, ruler), width, height)


def _placed(kind: str, text: fit.Fitted, at: tuple[float, float], width: float, ruler: fonts.Ruler
            ) -> tuple[draw.Placed, ...]:
    """The lines of a text whose box begins at `at` (x in mm, y in points) and is so many mm wide."""
    family, weight = FONTS[kind]
    x, y = at
    lines = fit.break_lines(text.text, partial(ruler, family, weight), width * PT / text.size)
    rtl, high = fit.base_direction(text.text) == "rtl", text.size * text.leading
    strange = any(c in ruler.others and unicodedata.category(c) == "Mn" for c in text.text)
    return tuple(draw.Placed(typecase.Line(kind, line, rtl, strange), x,
                             (y + high * (number + 0.5) + text.size * _RISE[family]) / PT, text.size, width)
                 for number, line in enumerate(lines) if line)


def _middle(kind: str, text: fit.Fitted, width: float, height: float, ruler: fonts.Ruler) -> tuple[draw.Placed, ...]:
    """The lines of a text in the middle of a box in mm."""
    family, weight = FONTS[kind]
    top = (height * PT - text.height) / 2
    lines = _placed(kind, text, (0, top), width, ruler)
    return tuple(replace(line, x=(width - ruler(family, weight, line.line.text) * text.size / PT) / 2)
                 for line in lines)


def _tag_room(card: BadgeCard, design: Design, ruler: fonts.Ruler, once: Shared) -> float:
    """The width for hashtags in mm: left of the code and of what stands below it."""
    if design.stands:
        return design.code_at[0] - design.edge - _TAG_GAP
    below = len(_marks(card)) * _MARK_STEP + (once["k", card.kind_label].width if card.kind_label else 0)
    return design.width - max(below, _letters_width(card, ruler)) - _TAG_GAP


def _letters_width(face: Face, ruler: fonts.Ruler) -> float:
    return ruler(*_LETTERS_FONT, spoken(face.code_url)) * draw.CODE_PT / PT


def _marks(card: BadgeCard) -> list[str]:
    return [name for name, shown in (("Camera", card.no_photo), ("Sprout", card.first_time)) if shown]


def _marks_at(card: BadgeCard, design: Design, once: Shared) -> list[tuple[str, tuple[float, float]]]:
    """Kind and marks at the foot: from the right edge on; on a card that stands from the left one."""
    kind = once["k", card.kind_label] if card.kind_label else None
    y, marks = design.foot_end - draw.MARK_MM + 0.2, _marks(card)
    if design.stands:
        start = design.edge + (kind.width + 2 if kind else 0)
        found = [(name, (start + i * _MARK_STEP, y)) for i, name in enumerate(marks)]
        return found + ([(kind.name, (design.edge, design.foot_end - kind.height))] if kind else [])
    right = design.card[0] - design.edge
    found = [(name, (right - draw.MARK_MM - i * _MARK_STEP, y)) for i, name in enumerate(marks)]
    if kind:
        found.insert(0, (kind.name, (right - len(marks) * _MARK_STEP - kind.width, design.foot_end - kind.height)))
    return found
