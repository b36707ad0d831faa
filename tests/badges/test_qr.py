"""Codes: what they hold, how large they are, and that a reader that is not ours reads them."""

import pytest
import zxingcpp
from PIL import Image

from badges import qr
from camp import codes

CODE = "HTTPS://CAMP.EXAMPLE.ORG/B/ABCDEFGH234567QZ"


def _picture(modules: qr.Matrix, scale: int = 4) -> Image.Image:
    """The code with its quiet zone as a grey picture, drawn from the bars that a page draws."""
    side = (len(modules) + 2 * codes.QUIET) * scale
    picture = Image.new("L", (side, side), 255)
    for x, y, width in codes.runs(modules):
        left, top = (x + codes.QUIET) * scale, (y + codes.QUIET) * scale
        picture.paste(0, (left, top, left + width * scale, top + scale))
    return picture


def test_bars_are_read_back_as_the_text_at_level_q() -> None:
    (found,) = zxingcpp.read_barcodes(_picture(qr.matrix(CODE)))
    assert (found.text, found.ec_level) == (CODE, "Q")


def test_every_last_character_of_the_alphabet_reads_back_with_the_fixed_mask() -> None:
    texts = ["HTTPS://CAMP.EXAMPLE.ORG/B/" + letter * 16 for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"]
    read = [[found.text for found in zxingcpp.read_barcodes(_picture(qr.matrix(text)))] for text in texts]
    assert read == [[text] for text in texts]


def test_same_text_makes_the_same_matrix() -> None:
    assert qr.matrix(CODE) == qr.matrix(CODE)


@pytest.mark.parametrize(("host", "version"), [("C.DE", 3), ("A" * 20, 3), ("A" * 21, 4), ("A" * 39, 4)])
def test_hosts_up_to_twenty_characters_fit_version_three(host: str, version: int) -> None:
    text = f"HTTPS://{host}/B/{'A' * 16}"
    assert qr.version_for(text) == version
    assert {len(qr.matrix(text)), *map(len, qr.matrix(text))} == {17 + 4 * version}


def test_runs_cover_exactly_the_dark_modules() -> None:
    assert codes.runs(((True, True, False, True), (False, False, False, False), (False, True, True, True))) == (
        (0, 0, 2),
        (3, 0, 1),
        (1, 2, 3),
    )
    modules = qr.matrix(CODE)
    drawn = {(x + i, y) for x, y, width in codes.runs(modules) for i in range(width)}
    assert drawn == {(x, y) for y, row in enumerate(modules) for x, dark in enumerate(row) if dark}


@pytest.mark.parametrize("text", ["", "https://camp.example.org/b/ABC", "HTTPS://CAMP/B/ÄÖ", "A" * 3000])
def test_texts_outside_the_alphanumeric_mode_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        qr.matrix(text)
