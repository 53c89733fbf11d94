"""No bytes break a promise: some drawn here, more by `make fuzz`; what once did is kept."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS

FOLDER = Path(__file__).parent
KEPT = sorted([*FOLDER.glob("corpus/*/*"), *FOLDER.glob("crashes/*/*")])
SCRAPS = [
    *(b"<", b">", b"</", b"<!--", b"<![CDATA[", b"<item>", b"<link>", b"<loc>", b"http://"),
    *(b"User-agent: *\n", b"Disallow: /*?$\n", b"Crawl-delay: -1e999\n", b"&#0;", b"//["),
    *(b'"', b"*", b"@a", b"headline:", b"ATLEAST2(", b" NEAR/3 ", b" AND ", b"(", b"rules:\n"),
    *(b"  - {id: ", b": ", b"\t", b"\0", b"=?utf-8?q?=0D=0A?=", b"\r\nBcc: x", b"\xff"),
    *(b"\xed\xa0\x80", b"\x1f\x8b\x08\0"),
]
inputs = st.one_of(
    st.binary(max_size=300),
    st.lists(st.one_of(st.sampled_from(SCRAPS), st.binary(max_size=6)), max_size=40).map(
        b"".join
    ),
)


@pytest.mark.parametrize("target", sorted(TARGETS))
@settings(max_examples=60, deadline=None)
@given(data=inputs)
def test_no_bytes_break_a_promise(target: str, data: bytes) -> None:
    TARGETS[target](data)


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_no_seed_breaks_a_promise(target: str) -> None:
    for data in seeds(target):
        TARGETS[target](data)


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_what_fuzzing_found_breaks_no_promise(target: str) -> None:
    for file in KEPT:
        if file.parent.name == target:
            TARGETS[target](file.read_bytes())
