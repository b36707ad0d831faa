from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from camp.codes import picture


def _drawn(text: str) -> Image.Image:
    found = picture(text)
    image = Image.new("L", (found.side * 6, found.side * 6), 255)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", found.path):
        box = (int(x) * 6, int(y) * 6, (int(x) + int(width)) * 6 - 1, int(y) * 6 + 5)
        ImageDraw.Draw(image).rectangle(box, fill=0)
    return image


@pytest.mark.parametrize("text", ["https://camp.example.org/ecm27/door#7F3KX0AB", "http://127.0.0.1:8000/a-long-camp-name-2027/door#00000000"])
def test_a_text_with_small_letters_reads_back(text: str) -> None:
    assert [found.text for found in zxingcpp.read_barcodes(_drawn(text))] == [text]


def test_a_text_that_no_code_holds_is_refused() -> None:
    with pytest.raises(ValueError):
        picture("x" * 3000)
