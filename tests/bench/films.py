"""Films for the fake camera: printed badges as a phone sees them in a dim hall, tilted, blurred, with a finger on the code.

A film is an .mjpeg, which Chromium plays at 30 pictures a second. Each picture carries its number (that of the first
of STEP pictures) as black and white blocks at its upper edge, so that a page can tell at which moment of the film it looks.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from tests.browser.clients import Card

WIDTH, HEIGHT, RATE = 1280, 720, 30
BITS, BLOCK = 14, 16  # of a picture's number; pixels of a block
SHOWN, GAP, STEADY = 30, 12, 6  # pictures for which a badge is seen, then none; pictures for which the hand is still
STEP = 3  # pictures that carry the same number
FINGER, SQUARE, SKIN = .05, 8 / 29, 150  # of the code's area; of its side: a square in a corner with its white rim; grey
_FOCAL = 1400.0  # pixels
Box = tuple[float, float, float, float]  # left, top, right, bottom


def write(found: Sequence[Card], file: Path, *, lead: int = 0, seed: int = 1) -> None:
    """The film in which one badge after the other is held before the camera, each for a second; before it an empty hall."""
    number = lead
    with file.open("wb") as out:
        for empty in range(0, lead, STEP):
            out.write(_jpeg(_hall(random.Random(seed)), empty) * STEP)
        for which, card in enumerate(found):
            seen = [(picture, STEADY) for picture in scene(card, random.Random(seed * 1000 + which))]
            frames = [one for picture, many in (*seen, (_hall(random.Random(which)), GAP)) for one in [picture] * many]
            for first in range(0, len(frames), STEP):
                out.write(_jpeg(frames[first], number) * STEP)
                number += STEP
    assert number < 2 ** BITS


def scene(card: Card, chance: random.Random) -> Iterator[Image.Image]:
    """A badge in an unsteady hand: so many pictures as fill the time for which it is seen."""
    held = with_finger(card.picture, code_box(card.picture), chance)
    size, turn = chance.uniform(.36, .68), chance.uniform(-25, 25)
    tilt, pan = chance.uniform(-30, 30), chance.uniform(-30, 30)
    middle = WIDTH / 2 + chance.uniform(-120, 120), HEIGHT / 2 + chance.uniform(-50, 70)
    blur, light, noise, behind = chance.uniform(.6, 2.0), chance.uniform(.2, .85), chance.uniform(2, 6), _hall(chance)
    for _ in range(SHOWN // STEADY):
        place = _place(card.picture, size, turn + chance.uniform(-1, 1), tilt, pan, (
            middle[0] + chance.uniform(-4, 4), middle[1] + chance.uniform(-4, 4)))
        seen = np.asarray(_laid(held, place, behind).filter(ImageFilter.GaussianBlur(blur)), np.float32)
        yield _dim(_shaken(seen, chance.uniform(0, 7), chance.uniform(0, math.pi)), light, noise, chance)


def _hall(chance: random.Random) -> Image.Image:
    """What is behind the badges: large soft blots."""
    blots = Image.new("L", (9, 6))
    blots.putdata([chance.randint(40, 150) for _ in range(54)])
    return blots.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


def with_finger(picture: Image.Image, code: Box, chance: random.Random) -> Image.Image:
    """A finger reaches over an edge of the badge's code and hides FINGER of its area, but none of the three squares in its corners.

    Without one of those no reader finds a code at all, whatever it can mend.
    """
    left, top, right, bottom = code
    side, edge = right - left, chance.choice(("top", "left", "bottom", "right"))
    wide = chance.uniform(.17, .22) * side  # half of the finger
    deep = FINGER * side * side * 2 / math.pi / wide  # half an ellipse
    last = 1 - SQUARE if edge in ("top", "left") else 1  # the corner at the right below has no square
    along, away = chance.uniform(SQUARE * side + wide, last * side - wide), 2 * side
    x, y = {"top": (left + along, top), "left": (left, top + along), "bottom": (left + along, bottom), "right": (right, top + along)}[edge]
    if edge in ("top", "bottom"):
        tip = x - wide, y - deep, x + wide, y + deep
        rest = x - wide, y - away * (edge == "top"), x + wide, y + away * (edge == "bottom")
    else:
        tip = x - deep, y - wide, x + deep, y + wide
        rest = x - away * (edge == "left"), y - wide, x + away * (edge == "right"), y + wide
    held = picture.copy()
    pen = ImageDraw.Draw(held)
    pen.ellipse(tip, fill=SKIN)
    pen.rectangle(rest, fill=SKIN)
    return held


def code_box(picture: Image.Image) -> Box:
    """Left, top, right and bottom of the code on a badge that lies straight."""
    place = zxingcpp.read_barcodes(picture)[0].position
    corners = place.top_left, place.top_right, place.bottom_right, place.bottom_left
    across, down = [float(corner.x) for corner in corners], [float(corner.y) for corner in corners]
    return min(across), min(down), max(across), max(down)


def _place(card: Image.Image, size: float, turn: float, tilt: float, pan: float, middle: tuple[float, float]) -> list[tuple[float, float]]:
    """Where the card's four corners are seen: turned in its plane, tilted and panned in space, angles in degrees."""
    wide = size * WIDTH
    high = wide * card.height / card.width
    roll, pitch, yaw = (math.radians(angle) for angle in (turn, tilt, pan))
    found = []
    for x, y in ((-wide / 2, -high / 2), (wide / 2, -high / 2), (wide / 2, high / 2), (-wide / 2, high / 2)):
        x, y = x * math.cos(roll) - y * math.sin(roll), x * math.sin(roll) + y * math.cos(roll)
        y, z = y * math.cos(pitch), y * math.sin(pitch)
        x, z = x * math.cos(yaw) + z * math.sin(yaw), -x * math.sin(yaw) + z * math.cos(yaw)
        near = _FOCAL / (_FOCAL + z)
        found.append((middle[0] + x * near, middle[1] + y * near))
    return found


def _laid(card: Image.Image, place: Sequence[tuple[float, float]], behind: Image.Image) -> Image.Image:
    """The card in perspective over what is behind it."""
    wide, high = card.size
    rows, wanted = [], []
    for (x, y), (u, v) in zip(place, ((0, 0), (wide, 0), (wide, high), (0, high)), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    way = [float(value) for value in np.linalg.solve(np.array(rows), np.array(wanted))]
    shape = Image.new("L", card.size, 255)
    seen, mask = (one.transform((WIDTH, HEIGHT), Image.Transform.PERSPECTIVE, way, Image.Resampling.BILINEAR) for one in (card, shape))
    return Image.composite(seen, behind, mask)


def _shaken(picture: np.ndarray, moved: float, way: float) -> np.ndarray:
    """Blurred along the way of the hand, `moved` pixels long."""
    steps = [(round(moved * part * math.sin(way)), round(moved * part * math.cos(way))) for part in (-.5, -.25, 0, .25, .5)]
    return sum(np.roll(picture, step, (0, 1)) for step in steps) / len(steps)  # type: ignore[return-value]


def _dim(picture: np.ndarray, light: float, noise: float, chance: random.Random) -> Image.Image:
    """Less light, one side darker than the other, and the noise of the sensor."""
    fall = np.linspace(1, chance.uniform(.6, 1), WIDTH, dtype=np.float32)
    grain = np.roll(_grain(), (chance.randrange(HEIGHT), chance.randrange(WIDTH)), (0, 1)) * np.float32(noise)
    return Image.fromarray(np.clip(picture * (light * fall) + 8 + grain, 0, 255).astype(np.uint8), "L")


@lru_cache(maxsize=1)
def _grain() -> np.ndarray:
    return np.random.default_rng(1).standard_normal((HEIGHT, WIDTH), dtype=np.float32)


def _jpeg(picture: Image.Image, number: int) -> bytes:
    marked = picture.copy()
    pen = ImageDraw.Draw(marked)
    for bit in range(BITS):
        pen.rectangle((bit * BLOCK, 0, (bit + 1) * BLOCK - 1, BLOCK - 1), fill=235 if number >> bit & 1 else 20)
    flat = Image.new("L", marked.size, 128)
    frame = io.BytesIO()
    Image.merge("YCbCr", (marked, flat, flat)).save(frame, "JPEG", quality=80)
    return frame.getvalue()
