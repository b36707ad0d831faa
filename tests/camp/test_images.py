from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from camp import images
from camp.errors import BadInput
from tests import make


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def _exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "SecretCam"
    exif.get_ifd(0x8825)[1] = "N"
    return exif.tobytes()


def test_a_picture_is_written_anew_and_made_small() -> None:
    clean = images.cleaned(make.picture(3000, 1000), 1200, 600)
    assert (clean.mime, clean.width, clean.height, _opened(clean.data).format) == ("image/png", 1200, 400, "PNG")
    photo = images.cleaned(make.picture(30, 10, "JPEG"), 1200, 600)
    assert (photo.mime, photo.width, photo.height, _opened(photo.data).format) == ("image/jpeg", 30, 10, "JPEG")


def test_transparency_stays() -> None:
    for kind, mode in (("PNG", "RGBA"), ("PNG", "LA"), ("WEBP", "RGBA")):
        data = io.BytesIO()
        Image.new(mode, (9, 9)).save(data, kind)
        clean = images.cleaned(data.getvalue(), 100, 100)
        assert (clean.mime, _opened(clean.data).mode, _opened(clean.data).getpixel((0, 0))) == ("image/png", "RGBA", (0, 0, 0, 0)), kind


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright() -> None:
    data = make.picture(40, 20, "JPEG", exif=_exif(6), comment=b"SecretComment")
    assert b"SecretCam" in data
    clean = images.cleaned(data, 100, 100)
    assert (clean.width, clean.height, b"Secret" in clean.data, dict(_opened(clean.data).getexif())) == (20, 40, False, {})
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "SecretName")
    assert b"Secret" not in images.cleaned(make.picture(pnginfo=notes) + b"SecretTail", 100, 100).data


def _bomb(width: int, height: int) -> bytes:
    """A PNG whose head promises more pixels than it has."""
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("data", "sentence"), [
    (b"", "This file is no picture that can be read."), (b"GIF89a;", "This file is no picture that can be read."),
    (make.picture()[:60], "This file is no picture that can be read."), (b"\0" * (images.LARGEST + 1), "This file is larger than 10 MB."),
    (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "An SVG can carry scripts, so it is not taken."),
    (b"\xef\xbb\xbf  <svg/>", "An SVG can carry scripts, so it is not taken."), (_bomb(20000, 2), "This picture has too many pixels: 20000 × 2."),
    (_bomb(11000, 11000), "This picture has too many pixels: 11000 × 11000."), (_bomb(60000, 60000), "This file is no picture that can be read."),
])
def test_what_is_none_or_could_burst_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        images.cleaned(data, 100, 100)
    assert (caught.value.sentence().startswith(sentence), caught.value.field) == (True, "file"), caught.value.sentence()
