"""A picture becomes small, plain and harmless, or the worker says why not."""

import io
import random
import struct
import zlib
from collections.abc import AsyncIterator

import pytest
from PIL import Image, UnidentifiedImageError

from crawler.workers.pool import Done, Undone, Workers, WorkFault
from crawler.workers.reduce import HEIGHT, OCTETS_MOST, WIDTH, TooManyPixels, reduce_picture

ORIENTATION, GPS = 0x0112, 0x8825


def noise(width: int, height: int) -> Image.Image:
    """Draw what compresses worst."""
    octets = random.Random(7).randbytes(width * height * 3)
    return Image.frombytes("RGB", (width, height), octets)


def written(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Write a PNG of a few kilobytes that unpacks to width * height pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = bytes(1 + (width + 7) // 8)
    packed = zlib.compressobj(9)
    rows = b"".join(packed.compress(row) for _ in range(height)) + packed.flush()
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("size", [(900, 600), (40, 30), (3000, 40), (40, 3000), (1, 1)])
def test_whatever_comes_a_small_jpeg_goes(form: str, size: tuple[int, int]) -> None:
    reduced = reduce_picture(written(noise(*size), form))
    assert len(reduced) <= OCTETS_MOST
    with Image.open(io.BytesIO(reduced)) as picture:
        assert picture.format == "JPEG"
        assert picture.width <= WIDTH
        assert picture.height <= HEIGHT


def test_nothing_of_the_file_itself_is_kept() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (40.0, 22.0, 0.0)}
    source = written(noise(600, 300), "JPEG", exif=exif, comment=b"<script>alert(1)</script>")
    assert b"<script>" in source
    reduced = reduce_picture(source)
    with Image.open(io.BytesIO(reduced)) as picture:
        assert not picture.getexif()
        assert picture.height > picture.width, "turned as its camera was held"
    assert b"<script>" not in reduced


def test_a_transparent_logo_stands_on_white() -> None:
    logo = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    with Image.open(io.BytesIO(reduce_picture(written(logo, "PNG")))) as picture:
        assert min(picture.getpixel((5, 5))) > 250  # type: ignore[arg-type]  # three colours


def test_an_animation_is_its_first_picture() -> None:
    red, blue = (Image.new("RGB", (100, 100), colour) for colour in ("red", "blue"))
    gif = written(red, "GIF", save_all=True, append_images=[blue] * 30)
    with Image.open(io.BytesIO(reduce_picture(gif))) as picture:
        pixel = picture.getpixel((50, 50))
        assert isinstance(pixel, tuple)
        assert pixel[0] > 200


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param(b"", UnidentifiedImageError, id="nothing"),
        pytest.param(b"<html>404</html>", UnidentifiedImageError, id="a page"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n", UnidentifiedImageError, id="a program"),
        pytest.param(written(noise(90, 90), "PNG")[:900], OSError, id="cut short"),
        pytest.param(
            written(noise(9, 9), "TIFF"), UnidentifiedImageError, id="of another kind"
        ),
    ],
)
def test_what_is_no_picture_is_refused(body: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        reduce_picture(body)


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(TooManyPixels, match="30000 x 3000"):
        reduce_picture(bomb(30_000, 3_000))


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(1, seconds=5, memory_mb=512)
    yield workers
    await workers.close()


async def test_row_24_a_hostile_picture_costs_at_most_its_worker(workers: Workers) -> None:
    for hostile in (bomb(30_000, 3_000), b"\xff\xd8\xff" + b"\xff" * 5000):
        done = await workers.run(reduce_picture, hostile)
        assert isinstance(done, Undone)
        assert done.fault in {WorkFault.RAISED, WorkFault.CRASHED}
    done = await workers.run(reduce_picture, written(noise(300, 200), "JPEG"))
    assert isinstance(done, Done)
    assert done.value.startswith(b"\xff\xd8\xff")
