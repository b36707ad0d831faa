"""The camp's logo on badges: its pixels, few enough for paper, as a PDF keeps them."""

import io
import zlib
from dataclasses import dataclass

_MOST = 480, 240  # pixels: twice what printers resolve in the widest box for a logo


@dataclass(frozen=True)
class Raster:
    """A picture as a PDF keeps it: width and height in pixels, its data with their filter, how opaque each pixel is."""

    width: int
    height: int
    data: bytes
    filter: str
    alpha: bytes


def raster(picture: bytes) -> Raster:
    """The pixels of a PNG or JPEG picture; a JPEG stays one."""
    from PIL import Image  # slow to load and not needed by most requests

    with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as found:
        was_photo, small = found.format == "JPEG", found.convert("RGBA")
    small.thumbnail(_MOST)
    colours = small.convert("RGB")
    if was_photo:
        written = io.BytesIO()
        colours.save(written, "JPEG", quality=85)
        return Raster(*small.size, written.getvalue(), "/DCTDecode", b"")
    alpha = small.getchannel("A")
    opaque = alpha.getextrema() == (255, 255)
    return Raster(*small.size, zlib.compress(colours.tobytes(), 9), "/FlateDecode",
                  b"" if opaque else zlib.compress(alpha.tobytes(), 9))
