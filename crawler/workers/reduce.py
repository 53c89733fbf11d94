"""Reduce a picture to a thumbnail: the one module that knows Pillow, an extra.

Runs in a worker: a picture is a stranger's bytes. What comes out was drawn anew, so nothing of
the file itself (places, cameras, scripts) is in it.
"""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

CONTENT_TYPE = "image/jpeg"
WIDTH, HEIGHT = 240, 160  # shown at half of it, so that it is sharp on a telephone
OCTETS_MOST = 8192  # of one picture: eight travel inside a mail
PIXELS_MOST = 40_000_000
_QUALITIES = (75, 65, 55, 45, 35, 25)
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


class TooManyPixels(ValueError):  # noqa: N818 - says what it is
    """The picture is small as a file and huge when unpacked."""


def reduce_picture(body: bytes) -> bytes:
    """Return a JPEG of at most 8 KB; raises what Pillow says of a file that is no picture."""
    from PIL import Image, ImageOps  # an extra, and only a worker needs it

    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and always an error
    with Image.open(io.BytesIO(body), formats=_FORMATS) as opened:
        width, height = opened.size
        if width * height > PIXELS_MOST:
            raise TooManyPixels(f"{width} x {height}")
        opened.draft("RGB", (WIDTH * 2, HEIGHT * 2))  # a JPEG is not even unpacked whole
        opened.thumbnail((WIDTH, HEIGHT))
        picture = _on_white(ImageOps.exif_transpose(opened))
    return _small_enough(picture)


def _on_white(picture: "Picture") -> "Picture":
    """Return it without transparency: a black logo must not vanish in the dark."""
    from PIL import Image

    layered = picture.convert("RGBA")
    ground = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(ground, layered).convert("RGB")


def _small_enough(picture: "Picture") -> bytes:
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= OCTETS_MOST:
                return out.getvalue()
        picture = picture.resize((picture.width * 3 // 4 or 1, picture.height * 3 // 4 or 1))
