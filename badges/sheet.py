"""Plain badge records to a PDF of card sheets: WeasyPrint sets the text, codes and marks are drawn underneath."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from badges import draw, fit, fonts, labels, under

# the layout of a card of 85 x 54 mm, in mm from its upper left corner
CARD = (85, 54)
EDGE, WIDTH = 5.0, 75.0  # what printers may leave white on each side, and what is between
STRIP_MM = (WIDTH, 2.4)
TITLE_TOP, NAME_TOP, NAME_END, FOOT_END = 9.0, 12.6, 41.8, 49.0
NAME_WIDTH = 47.5
CODE_AT = (53.0, 11.6)  # its white modules reach into the edge: the dark ones end where the strip ends
LETTERS_LINE = 43.6  # the base line of the code's letters, below the white modules and above the pill
PILL_WIDTH, PILL_PADDING, MARK_STEP, TAG_GAP = 36.0, 1.6, 5.8, 2.0

_PT = 72 / 25.4  # points in a millimetre
_ORG_GAP, _PILL_RIM = 3.5, 1.5  # points
_TITLE_FONT, _NAME_FONT, _FAMILY_FONT = ("Bricolage", 700), ("Bricolage", 800), ("Bricolage", 600)
_ORG_FONT, _TAG_FONT, _PILL_FONT = ("Hanken", 400), ("Hanken", 500), ("Hanken", 700)
_LETTERS_FONT = "Hanken", draw.CODE_WEIGHT
_TITLE = "\n"  # its key among what is set once; no kind is called so
ORG_STEPS: fit.Steps = ((9.5, 2), (8.5, 2), (7.5, 3), (6.5, 4), (5.5, 5), (5, 6))
_TITLE_STEPS: fit.Steps = ((8, 1), (7, 1), (6, 1), (5, 1), (4.2, 2))
_TAG_STEPS: fit.Steps = ((8.5, 1), (8, 1), (7.5, 2), (6.5, 2), (5.5, 2), (5, 3), (4, 4))
_PILL_STEPS: fit.Steps = ((7, 1), (6.5, 1), (6, 1), (5.5, 1), (5, 1), (4, 2))
_JOINERS = "\u200c\u200d"  # Persian names and emoji need them


@dataclass(frozen=True)
class BadgeCard:
    """One badge: what it shows, in the words to be printed, and the upper-case address in its code."""

    name: str
    family: str
    organisation: str
    kind_label: str
    hashtags: str
    code_url: str
    first_time: bool = False
    no_photo: bool = False


@dataclass(frozen=True)
class _Once:
    """A text that many cards show: the form's name, its paragraph, its width and height in mm."""

    name: str
    html: str
    width: float
    height: float


def render(
    cards: Sequence[BadgeCard], *, sheet: labels.Sheet = labels.A4_TEN, camp_title: str, language: str, fonts_dir: Path
) -> bytes:
    """A PDF with the cards in the order given, `sheet.cards` on a page.

    Raises ValueError without cards or names, for another size of card and for texts that no code can hold, fit.TooLong
    for texts that no card can hold, fonts.FontMissing when a script has no font, FileNotFoundError when the shipped
    fonts are not below `fonts_dir`.
    """
    if not cards:
        raise ValueError("There are no badges to print.")
    if sheet.card_mm != CARD:
        raise ValueError("This layout is made for cards of 85 x 54 mm.")
    clean, title = [_cleaned(card) for card in cards], _clean(camp_title)
    if not all(card.name for card in clean):
        raise ValueError("A badge needs a name.")
    files = fonts.shipped(fonts_dir)
    ruler = fonts.ruler(fonts_dir, "".join([title, *(c.name + c.family + _small_print(c) for c in clean)]))
    classes: dict[str, str] = {}
    shared = _shared(title, sorted({card.kind_label for card in clean}), ruler, classes)
    pages = [clean[start : start + sheet.cards] for start in range(0, len(clean), sheet.cards)]
    articles = ("".join(_card_html(card, ruler, classes, shared) for card in page) for page in pages)
    body = "".join(f"<section>{page}</section>" for page in articles)
    once = "".join(f'<section class="once">{one.html}</section>' for one in shared.values())
    head = f'<!doctype html><html lang="{escape(language)}"><title>{escape(title)}</title>'
    streams = [draw.page_stream(sheet, [_drawing(card, ruler, shared) for card in page]) for page in pages]
    letters, names = draw.letters_face(files["Hanken latin"]), tuple(one.name for one in shared.values())
    set_once = under.Shared(draw.forms(sheet, STRIP_MM), names, letters)
    html = f"{head}<style>{_css(sheet, files, classes)}</style>{body}{once}"
    return _write(html, set(files.values()), partial(under.lay, streams=streams, shared=set_once))


def _small_print(card: BadgeCard) -> str:
    return card.organisation + card.kind_label + card.hashtags


def _cleaned(card: BadgeCard) -> BadgeCard:
    return replace(
        card,
        name=_clean(card.name),
        family=_clean(card.family),
        organisation=_clean(card.organisation),
        kind_label=_clean(card.kind_label),
        hashtags=_clean(card.hashtags),
    )


def _clean(text: str) -> str:
    """Composed, without control characters and without marks that turn the direction of what follows them."""
    kinds = ((c, unicodedata.category(c)) for c in unicodedata.normalize("NFC", text))
    kept = (" " if kind == "Cc" else c for c, kind in kinds if kind != "Cf" or c in _JOINERS)
    return " ".join("".join(kept).split())


def _shared(title: str, kinds: Sequence[str], ruler: fonts.Ruler, classes: dict[str, str]) -> dict[str, _Once]:
    """The title and the pill of each kind by their text, each to be set on a page of its own."""
    found = {}
    if title:
        top = fit.fit_text(title, partial(ruler, *_TITLE_FONT), WIDTH * _PT, _TITLE_STEPS, 1.0)
        found[_TITLE] = _Once("Title", _block("t", top, classes, f"width:{WIDTH:g}mm"), WIDTH, top.height / _PT)
    measure = partial(ruler, *_PILL_FONT)
    for number, kind in enumerate(filter(None, kinds)):
        pill = fit.fit_text(kind, measure, PILL_WIDTH * _PT, _PILL_STEPS, 1.3)
        width = round(min(PILL_WIDTH, measure(kind) * pill.size / _PT + 0.3) + 2 * PILL_PADDING, 1)
        html = _block("k", pill, classes, f"width:{width:g}mm")
        found[kind] = _Once(f"Kind{number}", html, width, (pill.height + 2 * _PILL_RIM) / _PT)
    return found


def _card_html(card: BadgeCard, ruler: fonts.Ruler, classes: dict[str, str], shared: dict[str, _Once]) -> str:
    """The paragraphs of one card from top to bottom; each gets the white that is left above it."""
    org = fit.fit_text(card.organisation, partial(ruler, *_ORG_FONT), NAME_WIDTH * _PT, ORG_STEPS)
    box = (NAME_END - NAME_TOP) * _PT
    measures = partial(ruler, *_NAME_FONT), partial(ruler, *_FAMILY_FONT)
    name, family = fit.fit_name(card.name, card.family, measures, NAME_WIDTH * _PT, box - org.height - _ORG_GAP)
    family_gap, org_gap = fit.FAMILY_GAP if card.family else 0, _ORG_GAP if card.organisation else 0
    spare = (box - name.height - family.height - org.height - family_gap - org_gap) / 2
    room = _tag_room(card, ruler, shared)
    tags = fit.fit_text(card.hashtags, partial(ruler, *_TAG_FONT), (room - 0.1) * _PT, _TAG_STEPS, 1.15)
    above_tags = (FOOT_END - NAME_END) * _PT + spare - tags.height - 0.8
    blocks = [
        _block("n", name, classes, _above(spare)),
        _block("f", family, classes, _above(family_gap)),
        _block("o", org, classes, _above(org_gap)),
        _block("h", tags, classes, f"width:{room:.1f}mm;" + _above(above_tags)),
    ]
    return f"<article>{''.join(blocks)}</article>"


def _tag_room(card: BadgeCard, ruler: fonts.Ruler, shared: dict[str, _Once]) -> float:
    """The width for hashtags in mm: left of the letters to type, and of the kind and the marks below those."""
    below = len(_marks(card)) * MARK_STEP + (shared[card.kind_label].width if card.kind_label else 0)
    return WIDTH - max(below, _letters_width(card, ruler)) - TAG_GAP


def spoken(code_url: str) -> str:
    """What a helper types when no camera works: the end of the address, in groups of four."""
    code = code_url.rpartition("/")[2]
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _letters_width(card: BadgeCard, ruler: fonts.Ruler) -> float:
    return ruler(*_LETTERS_FONT, spoken(card.code_url)) * draw.CODE_PT / _PT


def _block(kind: str, text: fit.Fitted, classes: dict[str, str], place: str = "") -> str:
    """A paragraph of the size that was measured; empty texts make none.

    What it looks like becomes a class in `classes`, because WeasyPrint is much slower with a style on each paragraph.
    """
    if not text.text:
        return ""
    # with a height of its own, because a line in another script's font comes out a little higher than asked for
    style = f"font-size:{text.size:g}pt;line-height:{text.leading:g};height:{text.height:.1f}pt;{place}"
    name = classes.setdefault(style, f"s{len(classes)}")
    # WeasyPrint does not know dir=auto
    direction = " dir=rtl" if fit.base_direction(text.text) == "rtl" else ""
    return f'<p class="{kind} {name}"{direction}>{escape(text.text)}</p>'


def _above(points: float) -> str:
    return f"margin-top:{points:.1f}pt"


def _marks(card: BadgeCard) -> list[str]:
    return [name for name, shown in (("Camera", card.no_photo), ("Sprout", card.first_time)) if shown]


def _drawing(card: BadgeCard, ruler: fonts.Ruler, shared: dict[str, _Once]) -> draw.Drawing:
    right, y, marks = EDGE + WIDTH, FOOT_END - draw.MARK_MM + 0.2, _marks(card)
    forms = [("Strip", (EDGE, EDGE))]
    if title := shared.get(_TITLE):
        forms.append((title.name, (EDGE, TITLE_TOP)))
    if kind := shared.get(card.kind_label):
        forms.append((kind.name, (right - len(marks) * MARK_STEP - kind.width, FOOT_END - kind.height)))
    forms += [(name, (right - draw.MARK_MM - i * MARK_STEP, y)) for i, name in enumerate(marks)]
    letters_at = right - _letters_width(card, ruler), LETTERS_LINE
    return draw.Drawing(card.code_url, CODE_AT, spoken(card.code_url), letters_at, tuple(forms))


def _css(sheet: labels.Sheet, files: dict[str, Path], classes: dict[str, str]) -> str:
    faces = "".join(f'@font-face{{font-family:"{name}";src:url("{path.as_uri()}")}}' for name, path in files.items())
    sizes = "".join(f".{name}{{{style}}}" for style, name in classes.items())
    (page, card, origin), columns = (sheet.page_mm, sheet.card_mm, sheet.origin_mm), sheet.columns
    bricolage, hanken = fonts.css_families("Bricolage"), fonts.css_families("Hanken")
    # a tenth of a millimetre more than the cards are wide, or rounding may push the last one into the next row
    return f"""{faces}
@page{{size:{page[0]}mm {page[1]}mm;margin:0}}
body,p{{margin:0}}
section{{padding:{origin[1]}mm 0 0 {origin[0]}mm;width:{columns * card[0] + 0.1}mm;height:{sheet.rows * card[1]}mm}}
section+section{{break-before:page}}
section.once{{padding:0}}
article{{float:left;box-sizing:border-box;width:{card[0]}mm;height:{card[1]}mm;
padding:{NAME_TOP}mm {EDGE}mm 0;color:{draw.INK}}}
p{{text-align:left;overflow-wrap:anywhere;font-family:{hanken}}}
.t,.n,.f{{font-family:{bricolage}}}
.n,.f,.o{{width:{NAME_WIDTH}mm}}
.t{{font-weight:700;color:#4c5855}}
.n{{font-weight:800}}
.f{{font-weight:600}}
.h{{float:left;font-weight:500}}
.k{{padding:{_PILL_RIM}pt 0;border-radius:1mm;background:{draw.INK};color:#fff;font-weight:700}}
p.k{{text-align:center}}
{sizes}"""


def _write(html: str, font_files: set[Path], finish: Callable[[Any, Any], None]) -> bytes:
    # here and not on top, because importing WeasyPrint takes more than a second
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    addresses = {path.as_uri(): path for path in font_files}

    class FontsOnly(URLFetcher):  # type: ignore[misc]
        """Reads the shipped fonts and refuses everything else, whatever the text on a badge says."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url not in addresses:
                raise ValueError(f"refused: {url[:200]}")
            return URLFetcherResponse(url, addresses[url].read_bytes())

    pdf: bytes = HTML(string=html, url_fetcher=FontsOnly()).write_pdf(finisher=finish)
    return pdf
