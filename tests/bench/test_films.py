"""tests/bench/films.py: what a film shows is a badge under hard conditions, no two the same, and its pictures can be told apart."""

from __future__ import annotations

import io
import random
from itertools import pairwise
from pathlib import Path

import zxingcpp
from PIL import Image, ImageChops

from badges import qr
from tests.bench import films
from tests.browser.clients import Card


def _card(text: str) -> Card:
    """A badge with nothing but its code, as large on it as on a printed one."""
    modules = qr.matrix(text)
    code = Image.new("L", (len(modules), len(modules)))
    code.putdata([0 if dark else 255 for row in modules for dark in row])
    badge = Image.new("L", (670, 425), 255)
    badge.paste(code.resize((185, 185), Image.Resampling.NEAREST), (443, 118))
    return Card(badge, text)


CARDS = [_card(f"HTTPS://CAMP.EXAMPLE.ORG/B/{letter * 16}") for letter in "ABC"]


def test_a_finger_hides_a_twentieth_of_the_code() -> None:
    badge, box = CARDS[0].picture, films.code_box(CARDS[0].picture)
    for seed in range(20):
        alone = films.with_finger(Image.new("L", badge.size), box, random.Random(seed)).crop(box)
        assert .045 < alone.histogram()[films.SKIN] / (alone.width * alone.height) < .055
        held = films.with_finger(badge, box, random.Random(seed))
        assert [code.text for code in zxingcpp.read_barcodes(held)] == [CARDS[0].text]


def test_badges_are_held_differently_and_again_the_same_from_the_same_seed() -> None:
    one, again, other = (list(films.scene(CARDS[0], random.Random(seed))) for seed in (1, 1, 2))
    assert one == again
    assert all(ImageChops.difference(*pair).getbbox() for pair in [*pairwise(one), (one[0], other[0])])


def test_a_film_shows_each_badge_for_a_second_and_numbers_its_pictures(tmp_path: Path) -> None:
    films.write(CARDS, tmp_path / "film.mjpeg", lead=6)
    frames = [b"\xff\xd8" + frame for frame in (tmp_path / "film.mjpeg").read_bytes().split(b"\xff\xd8")[1:]]
    assert len(frames) == 6 + len(CARDS) * (films.SHOWN + films.GAP)
    pictures = [Image.open(io.BytesIO(frame)).convert("L") for frame in frames[::films.STEP]]
    numbers = [sum(1 << bit for bit in range(films.BITS) if picture.getpixel(((bit + .5) * films.BLOCK, films.BLOCK / 2)) > 128) for picture in pictures]
    assert numbers == list(range(0, len(frames), films.STEP))
    read = [[code.text for code in zxingcpp.read_barcodes(pictures[number // films.STEP])] for number in (12, 12 + films.SHOWN + films.GAP)]
    assert read == [[CARDS[0].text], [CARDS[1].text]]
