"""docs/security.md, rows 1 to 6: bombs stay folded, honest bodies come whole."""

import gzip
import random
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.fetch.decode import decoders, unfold
from crawler.fetch.errors import BadEncodingError
from crawler.fetch.limits import KIB, MIB, STEP
from crawler.fetch.outcome import Failed, FailureKind, Fetched, FetchKind
from tests.crawler.fetch.servers import answer, fetch_page

TEXT = b"<p>The ministers met in Astara.</p>\n" * 200


def raw_deflate(data: bytes) -> bytes:
    """Compress without the zlib wrapper, as many servers do."""
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def encoded(body: bytes, *codings: str) -> bytes:
    return answer(body, f"Content-Encoding: {', '.join(codings)}")


@pytest.mark.parametrize("coding", CODINGS)
async def test_every_coding_we_offer_is_undone(coding: str) -> None:
    outcome = await fetch_page(encoded(CODINGS[coding](TEXT), coding))
    assert isinstance(outcome, Fetched)
    assert outcome.body == TEXT


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        pytest.param(raw_deflate(TEXT), "deflate", id="deflate without its wrapper"),
        pytest.param(
            gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), "gzip", id="2 members"
        ),
        pytest.param(
            b"".join(gzip.compress(TEXT[at : at + 10]) for at in range(0, len(TEXT), 10)),
            "gzip",
            id="700 members",
        ),
        pytest.param(gzip.compress(TEXT) + b"\0" * 8, "gzip", id="padding behind gzip"),
        pytest.param(gzip.compress(TEXT) + b"<!-- x -->", "gzip", id="garbage behind gzip"),
        pytest.param(
            zstd.compress(TEXT[:99]) + zstd.compress(TEXT[99:]), "zstd", id="2 frames"
        ),
        pytest.param(TEXT, "identity", id="identity"),
        pytest.param(TEXT, "", id="empty"),
        pytest.param(gzip.compress(TEXT), "GZip", id="case"),
    ],
)
async def test_common_spellings_of_a_coding_are_read(body: bytes, coding: str) -> None:
    outcome = await fetch_page(encoded(body, coding))
    assert isinstance(outcome, Fetched)
    assert outcome.body == TEXT


@cache
def bomb(coding: str, size: int = 32 * MIB) -> bytes:
    """Fold zeros as tightly as the coding can."""
    if coding == "br":
        return bytes(brotli.compress(bytes(size), quality=5))
    return CODINGS[coding](bytes(size))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
async def test_row_1_row_2_a_bomb_is_not_unfolded(coding: str) -> None:
    page = encoded(bomb(coding), coding)
    tracemalloc.start()
    outcome = await fetch_page(page)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.BODY_TOO_LARGE
    assert peak < 24 * MIB


async def test_row_1_what_unfolds_200_to_1_is_none_however_small_it_stays() -> None:
    outcome = await fetch_page(encoded(bomb("gzip", 4 * MIB), "gzip"))
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.BODY_TOO_LARGE
    assert "unfold" in outcome.reason


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
async def test_row_1_row_2_parts_that_unfold_to_nothing_are_soon_too_many(coding: str) -> None:
    outcome = await fetch_page(encoded(CODINGS[coding](b"") * 2_000, coding))
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.BAD_ENCODING
    assert "parts" in outcome.reason


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_row_2_no_step_is_much_larger_than_64_kib(coding: str) -> None:
    steps = unfold(decoders(coding, 2), bomb(coding, 4 * MIB))
    assert max(len(step) for step in steps) <= 2 * STEP


@pytest.mark.parametrize(
    ("codings", "kind"),
    [
        (("gzip", "gzip"), None),
        (("br", "gzip"), None),
        (("gzip", "gzip", "gzip"), FailureKind.BAD_ENCODING),
        (("gzip",) * 50, FailureKind.BAD_ENCODING),
    ],
)
async def test_row_3_at_most_two_codings_lie_one_upon_the_other(
    codings: tuple[str, ...], kind: FailureKind | None
) -> None:
    body = TEXT
    for coding in codings:
        body = CODINGS[coding](body)
    outcome = await fetch_page(encoded(body, *codings))
    assert (outcome.kind if isinstance(outcome, Failed) else None) is kind


@pytest.mark.parametrize(
    "kind", [FetchKind.PAGE, FetchKind.FEED, FetchKind.SITEMAP, FetchKind.ROBOTS]
)
async def test_row_4_a_bomb_in_a_gzip_file_is_not_unfolded_either(kind: FetchKind) -> None:
    outcome = await fetch_page(answer(bomb("gzip")), kind=kind)
    if kind is FetchKind.ROBOTS:
        assert isinstance(outcome, Fetched)
        assert len(outcome.body) == 500 * KIB
    else:
        assert isinstance(outcome, Failed)
        assert outcome.kind is FailureKind.BODY_TOO_LARGE


async def test_row_3_row_4_a_gzip_file_within_two_codings_is_one_too_many() -> None:
    body = gzip.compress(gzip.compress(gzip.compress(TEXT)))
    outcome = await fetch_page(encoded(body, "gzip", "gzip"), kind=FetchKind.SITEMAP)
    assert not isinstance(outcome, Fetched) or outcome.body == gzip.compress(TEXT)


@pytest.mark.parametrize("status", ["302 Found", "404 Not Found", "503 Busy"])
async def test_row_4_a_bomb_behind_a_redirect_or_an_error_is_not_unfolded(status: str) -> None:
    page = answer(bomb("gzip"), "Content-Encoding: gzip", "Location: /page", status=status)
    tracemalloc.start()
    outcome = await fetch_page(page)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(outcome, Failed)
    assert peak < 8 * MIB


async def test_row_5_a_gzip_sitemap_is_unpacked() -> None:
    outcome = await fetch_page(answer(gzip.compress(TEXT)), kind=FetchKind.SITEMAP)
    assert isinstance(outcome, Fetched)
    assert outcome.body == TEXT


async def test_row_5_an_honest_feed_folded_170_to_1_passes() -> None:
    noise = random.Random(5).randbytes(400).hex().encode()  # what a feed's template repeats
    feed = b"".join(b"<item>" + noise + b"</item>" for _ in range(4000))
    body = gzip.compress(feed, 9)
    assert 150 < len(feed) / len(body) < 200
    outcome = await fetch_page(encoded(body, "gzip"), kind=FetchKind.FEED)
    assert isinstance(outcome, Fetched)
    assert outcome.body == feed


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        pytest.param(TEXT, "gzip", id="gzip is a lie"),
        pytest.param(TEXT, "br", id="br is a lie"),
        pytest.param(TEXT, "zstd", id="zstd is a lie"),
        pytest.param(TEXT, "deflate", id="deflate is a lie"),
        pytest.param(TEXT, "lzma", id="a coding we did not offer"),
        pytest.param(gzip.compress(TEXT)[:-9], "gzip", id="gzip cut short"),
        pytest.param(gzip.compress(TEXT)[:-8] + b"\0" * 8, "gzip", id="wrong checksum"),
        pytest.param(zlib.compress(TEXT)[:-2], "deflate", id="deflate cut short"),
        pytest.param(brotli.compress(TEXT)[:-2], "br", id="br cut short"),
        pytest.param(zstd.compress(TEXT)[:-3], "zstd", id="zstd cut short"),
        pytest.param(brotli.compress(TEXT) + b"more", "br", id="br with a tail"),
        pytest.param(
            gzip.compress(TEXT)[:40] + b"\xff" * 40 + gzip.compress(TEXT)[80:],
            "gzip",
            id="torn",
        ),
    ],
)
async def test_row_6_a_corrupt_or_lying_coding_stores_nothing(body: bytes, coding: str) -> None:
    outcome = await fetch_page(encoded(body, coding))
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.BAD_ENCODING


@settings(max_examples=60, deadline=None)
@given(
    data=st.binary(max_size=3000).map(lambda block: block * 40),
    cut=st.integers(1, 4000),
    coding=st.sampled_from(sorted(CODINGS)),
)
def test_a_body_comes_whole_however_the_wire_cuts_it(
    data: bytes, cut: int, coding: str
) -> None:
    packed = CODINGS[coding](data)
    chain = decoders(coding, 2)
    pieces = [
        piece
        for start in range(0, len(packed), cut)
        for piece in unfold(chain, packed[start : start + cut])
    ]
    chain[0].end()
    assert b"".join(pieces) == data


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(sorted(CODINGS)))
def test_no_bytes_raise_anything_but_bad_encoding(data: bytes, coding: str) -> None:
    chain = decoders(coding, 2)
    with suppress(BadEncodingError):
        for step in unfold(chain, data):
            assert step
        chain[0].end()
