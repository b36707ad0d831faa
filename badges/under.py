"""The pages of a print as PDF: our streams on pages of our own, in the place of those on which WeasyPrint set lines."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from badges import draw, typecase
from badges.logo import Raster

_PT = 72 / 25.4  # points in a millimetre


@dataclass(frozen=True)
class Laid:
    """The content streams of the pages, and what they draw by name; they count in mm from the upper left corner."""

    pages: Sequence[bytes]
    forms: Mapping[str, bytes]


Layout = Callable[[Sequence[Sequence[bytes]], typecase.Widths], Laid]


@dataclass(frozen=True)
class Picture:
    """The logo: what pages draw as /Logo, so many mm wide and high."""

    raster: Raster
    width: float
    height: float


def lay(document: Any, pdf: Any, *, page_mm: tuple[float, float], lay_out: Layout,
        letters: draw.Face, picture: Picture | None = None) -> None:
    """A finisher for WeasyPrint's `write_pdf`: its pages go, ours come, with its fonts.

    `lay_out` gets the operators of each page that was set, and the widths of glyphs by font. Our pages can draw the
    forms it gives, and use the font /Code beside those that WeasyPrint named.
    """
    known = {thing.reference: thing for thing in pdf.objects}
    set_pages = [thing for thing in pdf.objects if isinstance(thing, dict) and thing.get("Type") == "/Page"]
    widths: dict[str, dict[int, int]] = {}
    for font in document.fonts.values():
        widths.setdefault(font.hash, {}).update(font.widths)
    laid = lay_out([known[page["Contents"]].stream for page in set_pages], widths)
    resources = known[set_pages[0]["Resources"]]
    known[resources["Font"]]["Code"] = _font(pdf, letters)
    # forms have the same resources without forms, because one that could draw itself confuses some readers
    within = _added(pdf, dict(resources) | {"XObject": _added(pdf, resources["XObject"])})
    forms = {name: _form(pdf, operators, within) for name, operators in laid.forms.items()}
    if picture:
        forms["Logo"] = _logo(pdf, picture)
    resources["XObject"] |= forms
    shared = set_pages[0]["Resources"]
    for page in set_pages:  # emptied and not freed, because pydyf counts what is free when it numbers the rest
        known[page["Contents"]].stream.clear()
        page.clear()
    pdf.pages["Kids"].clear()
    pdf.pages["Count"] = 0
    for content in laid.pages:
        pdf.add_page(_page(pdf, page_mm, _stream(pdf, content, {}), shared))


def _page(pdf: Any, page_mm: tuple[float, float], content: bytes, resources: bytes) -> Any:
    import pydyf  # comes with WeasyPrint and is not needed by most requests

    box = _array([0, 0, *(round(mm * _PT, 3) for mm in page_mm)])
    return pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference, "Contents": content,
                             "Resources": resources, "MediaBox": box})


def _form(pdf: Any, operators: bytes, resources: bytes) -> bytes:
    box = {"Type": "/XObject", "Subtype": "/Form", "BBox": _array([-1000, -1000, 1000, 1000])}
    return _stream(pdf, operators, box | {"Resources": resources})


def _logo(pdf: Any, picture: Picture) -> bytes:
    """A picture in so many mm (ISO 32000-1, 8.9); what is see-through is a picture of its own, the soft mask."""
    raster = picture.raster
    image = {"Type": "/XObject", "Subtype": "/Image", "Width": raster.width, "Height": raster.height,
             "BitsPerComponent": 8}
    extra = image | {"ColorSpace": "/DeviceRGB", "Filter": raster.filter}
    if raster.alpha:
        mask = image | {"ColorSpace": "/DeviceGray", "Filter": "/FlateDecode"}
        extra["SMask"] = _packed(pdf, raster.alpha, mask)
    pixels = _added(pdf, {"Pixels": _packed(pdf, raster.data, extra)})
    operators = f"{picture.width:g} 0 0 {-picture.height:g} 0 {picture.height:g} cm /Pixels Do"
    return _form(pdf, operators.encode("ascii"), _added(pdf, {"XObject": pixels}))


def _font(pdf: Any, face: draw.Face) -> bytes:
    """A simple TrueType font in the encoding that has ASCII where ASCII has it (ISO 32000-1, 9.6.3 and 9.8)."""
    program = _stream(pdf, face.program, {"Length1": len(face.program)})
    name = "/CODEXX+HankenGrotesk-Medium"  # six letters mark a subset
    descriptor = {"Type": "/FontDescriptor", "FontName": name, "Flags": 32, "FontBBox": _array(face.box),
                  "ItalicAngle": 0, "Ascent": face.ascent, "Descent": face.descent, "CapHeight": face.capitals,
                  "StemV": 90, "FontFile2": program}
    first = ord(draw.CODE_LETTERS[0])
    return _added(pdf, {"Type": "/Font", "Subtype": "/TrueType", "BaseFont": name, "Encoding": "/WinAnsiEncoding",
                        "FirstChar": first, "LastChar": first + len(face.widths) - 1, "Widths": _array(face.widths),
                        "FontDescriptor": _added(pdf, descriptor)})


def _stream(pdf: Any, content: bytes, extra: dict[str, Any]) -> bytes:
    # not by pydyf, which takes the slowest level and wins next to nothing by it
    return _packed(pdf, zlib.compress(content), extra | {"Filter": "/FlateDecode"})


def _packed(pdf: Any, content: bytes, extra: dict[str, Any]) -> bytes:
    import pydyf

    return _reference(pdf, pydyf.Stream([content], extra))


def _added(pdf: Any, values: dict[str, Any]) -> bytes:
    import pydyf

    return _reference(pdf, pydyf.Dictionary(values))


def _array(values: Sequence[Any]) -> Any:
    import pydyf

    return pydyf.Array(values)


def _reference(pdf: Any, thing: Any) -> bytes:
    pdf.add_object(thing)
    reference: bytes = thing.reference
    return reference
