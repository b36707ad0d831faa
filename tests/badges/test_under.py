"""Our pages in the place of those that were set: read back from a document of two pages."""

import io
import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint import HTML

from badges import draw, fonts, logo, typecase, under

VENDOR = Path(__file__).parents[2] / "camp" / "static" / "vendor"
SET = """<style>@page{size:100mm 50mm;margin:0}div+div{break-before:page}</style><div>first</div><div>second</div>"""
PAGE = b"q 2.83465 0 0 -2.83465 0 141.732 cm q 1 0 0 1 20 30 cm /Dot Do Q BT /Code 3 Tf 1 0 0 -1 5 40 Tm (MAI7) Tj ET Q"
SIZE = (90.0, 50.0)


@pytest.fixture(scope="module")
def letters() -> draw.Face:
    return draw.letters_face(fonts.shipped(VENDOR)["Hanken latin"])


def _pdf(pages: int, letters: draw.Face, picture: under.Picture | None = None) -> tuple[PdfReader, list[int]]:
    seen: list[int] = []

    def lay_out(streams: Sequence[Sequence[bytes]], widths: typecase.Widths) -> under.Laid:
        seen.extend([len(streams), sum(operator == b"BT" for stream in streams for operator in stream)])
        assert all(0 < width < 2000 for font in widths.values() for width in font.values())
        return under.Laid([PAGE] * pages, {"Dot": b"0 0 5 5 re f"})

    finish = partial(under.lay, page_mm=SIZE, lay_out=lay_out, letters=letters, picture=picture)
    return PdfReader(io.BytesIO(HTML(string=SET).write_pdf(finisher=finish)), strict=True), seen


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_our_pages_come_and_those_that_were_set_go(pages: int, letters: draw.Face) -> None:
    reader, seen = _pdf(pages, letters)
    assert (len(reader.pages), seen) == (pages, [2, 2])
    assert [page.extract_text() for page in reader.pages] == ["MAI7"] * pages
    assert [round(float(side) / 72 * 25.4, 2) for side in reader.pages[0].mediabox[2:]] == list(SIZE)


def test_forms_can_be_drawn_and_hold_no_forms_themselves(letters: draw.Face) -> None:
    form = _pdf(1, letters)[0].pages[0]["/Resources"]["/XObject"]["/Dot"]
    assert (form.get_data(), list(form["/Resources"]["/XObject"]), "/Font" in form["/Resources"]) == (b"0 0 5 5 re f", [], True)


def test_the_letters_are_an_embedded_subset(letters: draw.Face) -> None:
    font = _pdf(1, letters)[0].pages[0]["/Resources"]["/Font"]["/Code"]
    assert font["/FontDescriptor"]["/FontFile2"].get_data() == letters.program
    assert (font["/FirstChar"], font["/LastChar"], len(font["/Widths"])) == (32, 90, 59)


def test_a_logo_has_its_size_and_its_mask(letters: draw.Face) -> None:
    raster = logo.Raster(2, 1, zlib.compress(bytes([255, 0, 0, 0, 255, 0])), "/FlateDecode", zlib.compress(bytes([255, 0])))
    form = _pdf(1, letters, under.Picture(raster, 12, 6))[0].pages[0]["/Resources"]["/XObject"]["/Logo"]
    pixels = form["/Resources"]["/XObject"]["/Pixels"]
    assert form.get_data() == b"12 0 0 -6 0 6 cm /Pixels Do"
    assert (pixels["/Width"], pixels["/Height"], pixels["/SMask"]["/ColorSpace"]) == (2, 1, "/DeviceGray")
