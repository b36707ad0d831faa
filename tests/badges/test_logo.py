"""The logo on badges: few pixels, its transparency kept, and on the page where the design has it."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from badges import design, labels, logo, sheet
from badges.card import BadgeCard

VENDOR = Path(__file__).parents[2] / "camp" / "static" / "vendor"
CARD = BadgeCard("Mai", "Krause", "", "", "", "HTTPS://C.DE/B/ABCDEFGHIJKLMNOP")
RED, DPI = (220, 20, 20), 150


def _file(mode: str, colour: tuple[int, ...], kind: str, size: tuple[int, int] = (1200, 400)) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, colour).save(written, kind)
    return written.getvalue()


@pytest.mark.parametrize(("mode", "colour", "kind", "filters", "alpha"), [
    ("RGB", RED, "PNG", "/FlateDecode", False), ("RGBA", (*RED, 128), "PNG", "/FlateDecode", True), ("RGB", RED, "JPEG", "/DCTDecode", False)])
def test_pixels_are_few_and_transparency_stays(mode: str, colour: tuple[int, ...], kind: str, filters: str, alpha: bool) -> None:
    made = logo.raster(_file(mode, colour, kind))
    assert (made.width, made.height, made.filter, bool(made.alpha)) == (480, 160, filters, alpha)


@pytest.mark.parametrize("layout", ["a4-10", "avery-l4785", "a6"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_it_is_drawn_once_a_document_and_shown_on_each_card_in_its_box(kind: str, layout: str, tmp_path: Path) -> None:
    on, look = labels.SHEETS[layout], sheet.Look("E-Commerce-Camp", "de", logo=(1200, 400))
    picture = _file("RGB", RED, kind)
    plain = sheet.render([CARD] * 2, replace(look, logo=(0, 0)), fonts_dir=VENDOR, sheet=on)
    pdf = sheet.render([CARD] * 2, look, fonts_dir=VENDOR, sheet=on, picture=picture)
    assert (pdf.count(b"/Subtype /Image"), plain.count(b"/Subtype /Image")) == (1, 0)
    assert len(pdf) - len(plain) < 3000
    (tmp_path / "sheet.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-f", "1", "-l", "1", tmp_path / "sheet.pdf", tmp_path / "page"], check=True)
    page = Image.open(next(tmp_path.glob("page*.ppm")))
    box = design.of(on.card_mm, look.logo).logo
    assert box is not None
    for x, y in labels.positions(on)[:2 if on.cards > 1 else 1]:
        left, top, right, bottom = (v * DPI / 25.4 for v in (x + box[0], y + box[1], x + box[0] + box[2], y + box[1] + box[3]))
        inside = [page.getpixel((round(left) + 2, round(top) + 2)), page.getpixel((round(right) - 3, round(bottom) - 3))]
        assert all(max(abs(a - b) for a, b in zip(pixel, RED, strict=True)) < 12 for pixel in inside)
        assert [page.getpixel((round(right) + 3, round(top))), page.getpixel((round(left), round(bottom) + 3))] == [(255, 255, 255)] * 2
