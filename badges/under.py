"""What lies under the text that WeasyPrint set: streams drawn by us, forms that many pages share, a small font."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from badges import draw

_PT = 72 / 25.4  # points in a millimetre


@dataclass(frozen=True)
class Shared:
    """What every page can draw: forms by name, the names of those set on the last pages in order, the font /Code."""

    forms: dict[str, bytes]
    last_pages: tuple[str, ...]
    letters: draw.Face


def lay(document: Any, pdf: Any, *, streams: Sequence[bytes], shared: Shared) -> None:
    """A finisher for WeasyPrint's `write_pdf`: a stream under each page, and the pages after those become forms.

    Streams and forms count in millimetres from the upper left corner of the page. Raises ValueError if the document has
    another number of pages than streams and names.
    """
    known = {thing.reference: thing for thing in pdf.objects}
    pages = [thing for thing in pdf.objects if isinstance(thing, dict) and thing.get("Type") == "/Page"]
    named = dict(zip(shared.last_pages, pages[len(streams) :], strict=True))
    resources = known[pages[0]["Resources"]]
    forms = _page_forms(pdf, known, named) | {name: _form(pdf, text) for name, text in shared.forms.items()}
    resources["XObject"] |= forms
    known[resources["Font"]]["Code"] = _font(pdf, shared.letters)
    for page, stream in zip(pages, streams, strict=False):
        page["Contents"] = _array([_stream(pdf, stream, {}), page["Contents"]])
    del pdf.pages["Kids"][3 * len(streams) :]  # three entries a page: number, generation, R
    pdf.pages["Count"] = len(streams)


def _page_forms(pdf: Any, known: dict[bytes, Any], named: dict[str, Any]) -> dict[str, bytes]:
    """The contents of whole pages as forms; the upper left corner of the page lies where one is drawn."""
    forms = {}
    for name, page in named.items():
        # without the forms, because one that could draw itself confuses some readers
        resources = {key: value for key, value in known[page["Resources"]].items() if key != "XObject"}
        matrix = _array([1 / _PT, 0, 0, -1 / _PT, 0, page["MediaBox"][3] / _PT])
        content = known[page["Contents"]]
        content.extra.update(_keys(page["MediaBox"]), Matrix=matrix, Resources=_added(pdf, resources))
        forms[name] = page["Contents"]
    return forms


def _form(pdf: Any, operators: bytes) -> bytes:
    return _stream(pdf, operators, _keys([0, 0, 1000, 1000]) | {"Resources": _added(pdf, {})})


def _keys(box: Sequence[float]) -> dict[str, Any]:
    return {"Type": "/XObject", "Subtype": "/Form", "BBox": _array(box)}


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
    import pydyf  # comes with WeasyPrint and is not needed by most requests

    return _reference(pdf, pydyf.Stream([content], extra, compress=True))


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
