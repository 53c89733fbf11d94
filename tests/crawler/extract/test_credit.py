"""Captions told from their credits."""

from pathlib import Path

import pytest

from crawler.extract.credit import split_credit

CREDITS = (Path(__file__).parent / "credits.txt").read_text("utf-8").splitlines()[1:]
CAPTION = "The two ministers met in Moscow on December 5, 2023."


@pytest.mark.parametrize(
    ("ending", "credit"),
    [
        (" / Mfa.Gov.Az", "Mfa.Gov.Az"),
        (" Photo: Mfa.Gov.Az", "Mfa.Gov.Az"),
        (" (Photo: Anna Berg/AFP)", "Anna Berg/AFP"),
        (" Foto: dpa", "dpa"),
        (" Фото: Report", "Report"),
        (" عکس: ایرنا", "ایرنا"),
        (" © Anna Berg", "Anna Berg"),
        (" (AP Photo/Anna Berg)", "AP Photo/Anna Berg"),
        (" [Anna Berg/Reuters]", "Anna Berg/Reuters"),
        (" | Anna Berg/Getty Images", "Anna Berg/Getty Images"),
        (" — Picture by Anna Berg", "Anna Berg"),
        (" Photo courtesy of Anna Berg", "Anna Berg"),
        (" 사진=홍길동 기자", "홍길동 기자"),
        (" (사진 제공=연합뉴스)", "연합뉴스"),
        (" Supplied", "Supplied"),
        ("", ""),
    ],
)
def test_a_credit_is_split_from_its_caption(ending: str, credit: str) -> None:
    assert split_credit(CAPTION + ending) == (CAPTION, credit)


@pytest.mark.parametrize("row", CREDITS)
def test_a_line_under_a_picture_is_read_as_a_reader_would(row: str) -> None:
    _, credit, line = (part.strip() for part in row.split("|||"))
    caption, found = split_credit(line)
    assert found == credit
    assert caption in line
    assert not credit or not caption.endswith(credit)


@pytest.mark.parametrize(
    "caption",
    [
        "Talks on the route (left) and the bridge (right)",
        "The minister, photographed in Baku, left for Tehran",
        "He said the border would open in 2024.",
        "Trade and/or transit: what the road will bring",
    ],
)
def test_a_caption_without_a_credit_stays_whole(caption: str) -> None:
    assert split_credit(caption) == (caption, "")


@pytest.mark.parametrize("text", ["Photo: Anna Berg", "© Anna Berg", "Foto: Anna Berg"])
def test_a_caption_that_is_all_credit_has_no_caption(text: str) -> None:
    assert split_credit(text) == ("", "Anna Berg")


@pytest.mark.parametrize("sign", ["(", "[", "(c) ", "Photo: ", "/ ", "| ", " "])
def test_row_34_a_caption_without_an_end_is_no_caption_to_search(sign: str) -> None:
    """Each pattern looks at the end alone: through all of it, it would take for ever."""
    text = sign * (600_000 // len(sign))
    assert len(split_credit(f"A view of it. {text}")[1]) < 200


def test_row_34_capitals_without_an_end_are_no_photographer() -> None:
    """A name of four words may not be sought in one that could be cut in four anywhere."""
    caption, credit = split_credit("A view of it. " + "A" * 100_000 + " / AFP")
    assert (caption[-1], credit) == ("A", "AFP")
