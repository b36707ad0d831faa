"""Pictures that people send in: checked, decoded and written anew, so that nothing else of the file stays."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps

from camp.errors import N_, BadInput

LARGEST = 10 * 1024 * 1024
MOST_SIDE, MOST_PIXELS = 12_000, {"JPEG": 60_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
_VECTOR = re.compile(rb"\s*(<\?xml|<!--|<!doctype svg|<svg)", re.IGNORECASE)
_MIMES = {"PNG": "image/png", "JPEG": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture written by this program: PNG if it was one or is transparent, else JPEG; width and height in pixels."""

    data: bytes
    mime: str
    width: int
    height: int


def cleaned(data: bytes, wide: int, high: int) -> Clean:
    """The picture of a file, turned upright and at most so wide and high; position, camera and comments are gone.

    Raises BadInput for what is too large, too wide or high to be decoded safely, a drawing (SVG), or no picture.
    """
    if len(data) > LARGEST:
        raise BadInput(N_("This file is larger than %(most)s MB."), field="file", most=LARGEST // 1024 // 1024)
    if _VECTOR.match(data.removeprefix(b"\xef\xbb\xbf")[:400]):
        raise BadInput(N_("An SVG can carry scripts, so it is not taken."), N_("Save it as PNG and send that."),
                       field="file")
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process once it is loaded
    try:
        with (warnings.catch_warnings(action="ignore"),  # what is damaged or too large raises
              Image.open(io.BytesIO(data), formats=tuple(MOST_PIXELS)) as found):
            return _written(_upright(found, wide, high), found.format == "PNG")
    except BadInput:
        raise
    except Exception as error:  # decoders raise whatever they like on damaged files
        raise BadInput(N_("This file is no picture that can be read."), N_("It takes PNG, JPEG and WebP."),
                       field="file") from error


def _upright(found: Image.Image, wide: int, high: int) -> Image.Image:
    """The decoded picture, small enough and alone: a new one has no EXIF, comment or profile to carry on."""
    if max(found.size) > MOST_SIDE or found.width * found.height > MOST_PIXELS[found.format or "PNG"]:
        raise BadInput(N_("This picture has too many pixels: %(width)s × %(height)s."), N_("Save it smaller."),
                       field="file", width=found.width, height=found.height)
    if found.format == "JPEG":
        found.draft("RGB", (2 * wide, 2 * high))  # a large photo is decoded small
    turned = ImageOps.exif_transpose(found)
    mode = "RGBA" if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info else "RGB"
    turned = turned.convert(mode)
    turned.thumbnail((wide, high))
    alone = Image.new(mode, turned.size)
    alone.paste(turned)
    return alone


def _written(picture: Image.Image, was_png: bool) -> Clean:
    kind = "PNG" if was_png or picture.mode == "RGBA" else "JPEG"
    file = io.BytesIO()
    picture.save(file, kind, optimize=True, quality=85)
    return Clean(file.getvalue(), _MIMES[kind], *picture.size)
