"""Faces of badges to a PDF of sheets: WeasyPrint sets the lines of text, everything is laid on the pages by us."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from badges import compose, design, draw, fonts, labels, logo, progress, typecase, under
from badges.card import BadgeCard, Face, clean, cleaned, words

_MEASURED = 15  # of a hundred, when all texts have their sizes
_GREY = "#4c5855"


@dataclass(frozen=True)
class Look:
    """What all cards of a print have in common: the camp's title, the language, a colour (#rrggbb, or none).

    `logo`: how many pixels the camp's logo has across and down; two zeros without one.
    """

    title: str
    language: str
    accent: str = ""
    logo: tuple[int, int] = (0, 0)


def render(faces: Sequence[Face], look: Look, *, fonts_dir: Path, sheet: labels.Sheet = labels.A4_TEN,
           start: int = 1, picture: bytes = b"", tell: progress.Tell = progress.nobody) -> bytes:
    """A PDF with the faces in the order given, `sheet.cards` on a page; the first lies on place `start` of its sheet.

    `picture` is the logo as PNG or JPEG, if the look has one; `tell` gets how many percent are done.

    Raises ValueError without faces or names, for sizes of card without room, for places that the sheet does not have
    and texts that no code can hold, fit.TooLong for texts that no card can hold, fonts.FontMissing when a script has no
    font, FileNotFoundError when the shipped fonts are not below `fonts_dir`.
    """
    clean_faces, title = _checked(faces), clean(look.title)
    if not 1 <= start <= sheet.cards:
        raise ValueError(f"The sheet has the places 1 to {sheet.cards}.")
    plan, files = design.of(sheet.card_mm, look.logo), fonts.shipped(fonts_dir)
    ruler = fonts.ruler(fonts_dir, "".join([title, *map(words, clean_faces)]))
    once = compose.shared(clean_faces, title, plan, ruler)
    drawings: list[draw.Drawing | None] = [None] * (start - 1)
    for number, face in enumerate(clean_faces):
        drawings.append(compose.drawing(face, plan, ruler, once))
        tell(progress.of(number, len(clean_faces), 0, _MEASURED))
    boxes = {one.name: _box(one, look) for one in once.values()}
    shown: list[draw.Drawing | draw.Box] = [*filter(None, drawings), *boxes.values()]
    lines = [placed.line for found in shown for placed in found.lines]
    case, forms = typecase.pages(lines), draw.forms(sheet, (plan.width, plan.strip[1]), plan.name)

    def lay(streams: Sequence[Sequence[bytes]], widths: typecase.Widths) -> under.Laid:
        pieces = typecase.taken(case, streams, widths)
        pages = [drawings[first : first + sheet.cards] for first in range(0, len(drawings), sheet.cards)]
        return under.Laid([draw.page_stream(sheet, page, pieces) for page in pages],
                          forms | {name: draw.box(box, pieces) for name, box in boxes.items()})

    finish = partial(under.lay, page_mm=sheet.page_mm, lay_out=lay, letters=draw.letters_face(files["Hanken latin"]),
                     picture=under.Picture(logo.raster(picture), *plan.logo[2:]) if plan.logo else None)
    with progress.of_pages(len(case), _MEASURED, tell):
        return _write(_html(case, look, title, files), set(files.values()), finish)


def _checked(faces: Sequence[Face]) -> list[Face]:
    if not faces:
        raise ValueError("There are no badges to print.")
    found = [cleaned(face) for face in faces]
    if not all(face.name or face.blank for face in found if isinstance(face, BadgeCard)):
        raise ValueError("A badge needs a name.")
    return found


def _box(one: compose.Once, look: Look) -> draw.Box:
    """The title alone, the word of a kind on a dark pill, that of a role on a strip in the camp's colour."""
    if one.kind == "t":
        return draw.Box(one.lines, look.accent or _GREY, "", one.width, one.height)
    ground, radius = (look.accent or draw.INK, 0.0) if one.kind == "r" else (draw.INK, 1.0)
    return draw.Box(one.lines, "#ffffff", ground, one.width, one.height, radius)


def _html(case: Sequence[Sequence[typecase.Line]], look: Look, title: str, files: dict[str, Path]) -> str:
    """The document that WeasyPrint sets."""
    shipped = "".join(f'@font-face{{font-family:"{name}";src:url("{path.as_uri()}")}}' for name, path in files.items())
    faces = {kind + "x" * other: f"font-family:{fonts.css_families(family, system_first=other)};font-weight:{weight}"
             for kind, (family, weight) in compose.FONTS.items() for other in (False, True)}
    head = f'<!doctype html><html lang="{escape(look.language)}"><title>{escape(title)}</title>'
    return f"{head}<style>{shipped}</style>{typecase.html(case, faces)}"


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
            return URLFetcherResponse(url, fonts.unpacked(addresses[url]))

    pdf: bytes = HTML(string=html, url_fetcher=FontsOnly()).write_pdf(finisher=finish)
    return pdf
