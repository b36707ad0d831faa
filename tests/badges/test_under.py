"""What lies under the text: read back from a document of three pages, two of which become forms."""

import io
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint import HTML

from badges import draw, fonts, under

VENDOR = Path(__file__).parents[2] / "camp" / "static" / "vendor"
PAGES = """<style>@page{size:100mm 50mm;margin:0}p{margin:0;break-after:page}</style>
<p>own text</p><p>first</p><p style="break-after:auto">second</p>"""
STREAM = b"q 2.83465 0 0 -2.83465 0 141.732 cm q 1 0 0 1 20 30 cm /One Do Q /Dot Do BT /Code 3 Tf 1 0 0 -1 5 40 Tm (MAI7) Tj ET Q"


@pytest.fixture(scope="module")
def letters() -> draw.Face:
    return draw.letters_face(fonts.shipped(VENDOR)["Hanken latin"])


def _pdf(streams: list[bytes], names: tuple[str, ...], letters: draw.Face) -> PdfReader:
    shared = under.Shared({"Dot": b"0 0 5 5 re f"}, names, letters)
    return PdfReader(io.BytesIO(HTML(string=PAGES).write_pdf(finisher=partial(under.lay, streams=streams, shared=shared))))


def test_the_last_pages_become_forms_and_are_no_pages_any_more(letters: draw.Face) -> None:
    reader = _pdf([STREAM], ("One", "Two"), letters)
    page = reader.pages[0]
    forms = page["/Resources"]["/XObject"]
    assert len(reader.pages) == 1
    assert {name: "/XObject" in form["/Resources"] for name, form in forms.items()} == {"/One": False, "/Two": False, "/Dot": False}
    assert b"0 0 5 5 re f" in forms["/Dot"].get_data()


def test_the_page_shows_its_own_text_the_form_it_names_and_the_letters(letters: draw.Face) -> None:
    text = _pdf([STREAM], ("One", "Two"), letters).pages[0].extract_text()
    assert sorted(text.split()) == ["MAI7", "first", "own", "text"]


def test_a_form_lies_with_its_upper_left_corner_where_it_is_drawn(letters: draw.Face) -> None:
    form = _pdf([STREAM], ("One", "Two"), letters).pages[0]["/Resources"]["/XObject"]["/One"]
    a, b, c, d, e, f = (float(value) for value in form["/Matrix"])
    height = float(form["/BBox"][3])
    assert (a * 0 + c * height + e, b * 0 + d * height + f) == pytest.approx((0, 0), abs=1e-3)
    assert (a * 72 + e, d * (height - 72) + f) == pytest.approx((25.4, 25.4), abs=1e-3)


def test_the_letters_are_an_embedded_subset(letters: draw.Face) -> None:
    font = _pdf([STREAM], ("One", "Two"), letters).pages[0]["/Resources"]["/Font"]["/Code"]
    assert font["/FontDescriptor"]["/FontFile2"].get_data() == letters.program
    assert (font["/FirstChar"], font["/LastChar"], len(font["/Widths"])) == (32, 90, 59)


def test_another_number_of_pages_is_refused(letters: draw.Face) -> None:
    with pytest.raises(ValueError, match="shorter|longer"):
        _pdf([STREAM], ("One",), letters)
