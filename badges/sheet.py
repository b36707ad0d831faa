"""Faces of badges to a PDF of sheets: WeasyPrint sets the text, codes and marks are drawn underneath."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from badges import compose, design, draw, fit, fonts, labels, under
from badges.card import BadgeCard, Face, clean, cleaned, words


@dataclass(frozen=True)
class Look:
    """What all cards of a print have in common: the camp's title, the language, a colour (#rrggbb, or none)."""

    title: str
    language: str
    accent: str = ""


def render(faces: Sequence[Face], look: Look, *, fonts_dir: Path, sheet: labels.Sheet = labels.A4_TEN,
           start: int = 1) -> bytes:
    """A PDF with the faces in the order given, `sheet.cards` on a page; the first lies on place `start` of its sheet.

    Raises ValueError without faces or names, for sizes of card without room, for places that the sheet does not have
    and texts that no code can hold, fit.TooLong for texts that no card can hold, fonts.FontMissing when a script has no
    font, FileNotFoundError when the shipped fonts are not below `fonts_dir`.
    """
    clean_faces, title = _checked(faces), clean(look.title)
    if not 1 <= start <= sheet.cards:
        raise ValueError(f"The sheet has the places 1 to {sheet.cards}.")
    plan, files = design.of(sheet.card_mm), fonts.shipped(fonts_dir)
    ruler = fonts.ruler(fonts_dir, "".join([title, *map(words, clean_faces)]))
    classes: dict[str, str] = {}
    once = compose.shared(clean_faces, title, plan, ruler)
    places: list[Face | None] = [*[None] * (start - 1), *clean_faces]
    pages = [places[first : first + sheet.cards] for first in range(0, len(places), sheet.cards)]
    html_of = partial(_article, plan=plan, ruler=ruler, once=once, classes=classes)
    body = "".join(f"<section>{''.join(map(html_of, page))}</section>" for page in pages)
    body += "".join(f'<section class="once">{_once(one, classes)}</section>' for one in once.values())
    head = f'<!doctype html><html lang="{escape(look.language)}"><title>{escape(title)}</title>'
    html = f"{head}<style>{_css(sheet, plan, files, classes, look.accent)}</style>{body}"
    streams = [draw.page_stream(sheet, [compose.drawing(face, plan, ruler, once) if face else None for face in page])
               for page in pages]
    forms = draw.forms(sheet, (plan.width, plan.strip[1]), plan.name)
    under_it = under.Shared(forms, tuple(one.name for one in once.values()), draw.letters_face(files["Hanken latin"]))
    return _write(html, set(files.values()), partial(under.lay, streams=streams, shared=under_it))


def _checked(faces: Sequence[Face]) -> list[Face]:
    if not faces:
        raise ValueError("There are no badges to print.")
    found = [cleaned(face) for face in faces]
    if not all(face.name or face.blank for face in found if isinstance(face, BadgeCard)):
        raise ValueError("A badge needs a name.")
    return found


def _article(face: Face | None, plan: design.Design, ruler: fonts.Ruler, once: compose.Shared,
             classes: dict[str, str]) -> str:
    """The paragraphs of one card; each gets the white that is left above it."""
    if face is None:
        return "<article></article>"
    found = compose.blocks(face, plan, ruler, once)
    return f"<article>{''.join(_block(block, classes) for block in found)}</article>"


def _block(block: compose.Block, classes: dict[str, str]) -> str:
    width = f"width:{block.width:.1f}mm;" if block.kind == "h" else ""
    return _paragraph(block.kind, block.text, classes, f"{width}margin-top:{block.above:.1f}pt")


def _once(one: compose.Once, classes: dict[str, str]) -> str:
    height = f";line-height:{one.height:g}mm;height:{one.height:g}mm" if one.kind == "r" else ""
    return _paragraph(one.kind, one.text, classes, f"width:{one.width:g}mm{height}")


def _paragraph(kind: str, text: fit.Fitted, classes: dict[str, str], place: str) -> str:
    """A paragraph of the size that was measured.

    What it looks like becomes a class in `classes`, because WeasyPrint is much slower with a style on each paragraph.
    """
    # with a height of its own, because a line in another script's font comes out a little higher than asked for
    style = f"font-size:{text.size:g}pt;line-height:{text.leading:g};height:{text.height:.1f}pt;{place}"
    name = classes.setdefault(style, f"s{len(classes)}")
    # WeasyPrint does not know dir=auto
    direction = " dir=rtl" if fit.base_direction(text.text) == "rtl" else ""
    return f'<p class="{kind} {name}"{direction}>{escape(text.text)}</p>'


def _css(sheet: labels.Sheet, plan: design.Design, files: dict[str, Path], classes: dict[str, str], accent: str) -> str:
    faces = "".join(f'@font-face{{font-family:"{name}";src:url("{path.as_uri()}")}}' for name, path in files.items())
    sizes = "".join(f".{name}{{{style}}}" for style, name in classes.items())
    (page, card, origin), (across, down) = (sheet.page_mm, sheet.card_mm, sheet.origin_mm), sheet.gap_mm
    bricolage, hanken = fonts.css_families("Bricolage"), fonts.css_families("Hanken")
    weights = "".join(f".{kind}{{font-weight:{weight}}}" for kind, (_, weight) in compose.FONTS.items())
    # a tenth of a millimetre more than the cards are wide, or rounding may push the last one into the next row
    return f"""{faces}
@page{{size:{page[0]}mm {page[1]}mm;margin:0}}
body,p{{margin:0}}
section{{padding:{origin[1]}mm 0 0 {origin[0]}mm;width:{sheet.columns * (card[0] + across) + 0.1}mm;
height:{sheet.rows * (card[1] + down)}mm}}
section+section{{break-before:page}}
section.once{{padding:0}}
article{{float:left;box-sizing:border-box;width:{card[0]}mm;height:{card[1]}mm;margin:0 {across}mm {down}mm 0;
padding:{plan.name[0]}mm {plan.edge}mm 0;color:{draw.INK}}}
p{{text-align:left;overflow-wrap:anywhere;font-family:{hanken}}}
.t,.n,.f,.g{{font-family:{bricolage}}}
.n,.f,.o,.g,.p{{width:{plan.name[2]}mm}}
{weights}
.t{{color:{accent or "#4c5855"}}}
.h{{float:left}}
.k{{padding:{compose.PILL_RIM}pt 0;border-radius:1mm;background:{draw.INK};color:#fff}}
.r{{background:{accent or draw.INK};color:#fff}}
p.k,p.r{{text-align:center}}
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
