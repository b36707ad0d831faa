"""What stands where on a card: texts in the sizes that fit by measured width, and the shapes drawn beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from badges import draw, fit, fonts
from badges.card import BadgeCard, Face, Inside, spoken
from badges.design import (
    ORG_STEPS,
    PILL_STEPS,
    TAG_STEPS,
    TALL_TAG_STEPS,
    TITLE_STEPS,
    Design,
)

PT = 72 / 25.4  # points in a millimetre
PILL_RIM = 1.5  # points
_PILL_WIDTH, _PILL_PADDING, _MARK_STEP, _TAG_GAP = 36.0, 1.6, 5.8, 2.0
_ORG_GAP = 3.5  # points
TEXT_STEPS: fit.Steps = ((12, 8), (11, 9), (10, 10), (9, 12), (8, 14), (7, 16), (6, 20), (5, 24))
_HEADING_STEPS: fit.Steps = ((24, 1), (21, 1), (18, 1), (15, 2), (12, 2), (9, 3))
# family and weight of each kind of text: name, family, organisation, hashtags, title, kind, role, heading, paragraph
FONTS = {"n": ("Bricolage", 800), "f": ("Bricolage", 600), "o": ("Hanken", 400), "h": ("Hanken", 500),
         "t": ("Bricolage", 700), "k": ("Hanken", 700), "r": ("Hanken", 700), "g": ("Bricolage", 800),
         "p": ("Hanken", 400)}
_LETTERS_FONT = "Hanken", draw.CODE_WEIGHT


@dataclass(frozen=True)
class Block:
    """One text of a card, of a kind of FONTS: as it is set, the white above it in points, its width in mm."""

    kind: str
    text: fit.Fitted
    above: float
    width: float


@dataclass(frozen=True)
class Once:
    """A text that many cards show: the name under which it is drawn, its kind, its width and height in mm."""

    name: str
    kind: str
    text: fit.Fitted
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
        found["t", title] = Once("Title", "t", top, design.title_width, top.height / PT)
    for number, kind in enumerate(sorted({card.kind_label for card in cards} - {""})):
        found["k", kind] = _pill(f"Kind{number}", kind, design, ruler)
    for number, role in enumerate(sorted({card.role for card in cards} - {""})):
        height = max(3.4, design.strip[1])
        steps = tuple((size * height / 3.4, lines) for size, lines in PILL_STEPS[:-1])
        word = fit.fit_text(role, partial(ruler, *FONTS["r"]), (design.width - 4) * PT, steps, 1.0)
        found["r", role] = Once(f"Role{number}", "r", word, design.width, height)
    return found


def blocks(face: Face, design: Design, ruler: fonts.Ruler, once: Shared) -> list[Block]:
    """The texts of one card from top to bottom. Raises fit.TooLong for one that no size brings onto the card."""
    return _inside(face, design, ruler) if isinstance(face, Inside) else _outside(face, design, ruler, once)


def drawing(face: Face, design: Design, ruler: fonts.Ruler, once: Shared) -> draw.Drawing:
    """What is drawn beside the texts: strip or role, title, code with its letters, kind and marks."""
    if isinstance(face, Inside):
        forms = [("Strip", (design.edge, design.strip[0]))]
    else:
        strip = once["r", face.role].name if face.role else "Strip"
        forms = [(strip, (design.edge, design.strip[0])), *_marks_at(face, design, once)]
        forms += [("Lines", (design.edge, design.name[0]))] if face.blank else []
    forms += [(one.name, (design.edge, design.title_top)) for (kind, _), one in once.items() if kind == "t"]
    letters_at = design.card[0] - design.edge - _letters_width(face, ruler), design.letters_line
    return draw.Drawing(face.code_url, design.code_at, spoken(face.code_url), letters_at, tuple(forms))


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
    room = _tag_room(card, design, ruler, once)
    tag_steps = TALL_TAG_STEPS if design.stands else fit.scaled(TAG_STEPS, scale)
    tags = fit.fit_text(card.hashtags, partial(ruler, *FONTS["h"]), (room - 0.1) * PT, tag_steps, 1.15)
    found = [block for block in (Block("n", name, spare, width), Block("f", family, family_gap, width),
                                 Block("o", org, org_gap, width)) if block.text.text]
    used = sum(block.above + block.text.height for block in found)
    above_tags = (design.tags_end - top) * PT - used - tags.height
    return [*found, Block("h", tags, above_tags, room)] if tags.text else found


def _inside(face: Inside, design: Design, ruler: fonts.Ruler) -> list[Block]:
    top, _, width = design.name
    heading = fit.fit_text(face.heading, partial(ruler, *FONTS["g"]), width * PT, _HEADING_STEPS, 1.15)
    room = (design.code_at[1] if face.code_url else design.foot_end) - top - 4
    for size, _lines in TEXT_STEPS:
        text = [fit.fit_text(words, partial(ruler, *FONTS["p"]), width * PT, ((size, fit.ANY),), 1.35)
                for words in face.text.split("\n")]
        if heading.height + sum(one.height + 4 for one in text) <= room * PT:
            return [Block("g", heading, 0, width), *(Block("p", one, 4, width) for one in text if one.text)]
    raise fit.TooLong(face.text)


def _pill(name: str, kind: str, design: Design, ruler: fonts.Ruler) -> Once:
    measure, most = partial(ruler, *FONTS["k"]), _PILL_WIDTH * design.scale
    pill = fit.fit_text(kind, measure, most * PT, fit.scaled(PILL_STEPS, design.scale), 1.3)
    width = round(min(most, measure(kind) * pill.size / PT + 0.3) + 2 * _PILL_PADDING, 1)
    return Once(name, "k", pill, width, (pill.height + 2 * PILL_RIM) / PT)


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
