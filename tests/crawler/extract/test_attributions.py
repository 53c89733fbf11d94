"""Whom an article cites, in five languages; the agency told apart from the word."""

from pathlib import Path

import pytest

from crawler.extract.attributions import read_attributions
from storage.article import Block

CITATIONS = (Path(__file__).parent / "citations.txt").read_text("utf-8").splitlines()[1:]


def cited(language: str, text: str) -> list[tuple[str, bool]]:
    found = read_attributions((Block(text=text),), language)
    return [(each.name, each.agency) for each in found]


@pytest.mark.parametrize("row", CITATIONS)
def test_a_sentence_names_its_origins_as_desks_write_them(row: str) -> None:
    language, names, text = (part.strip() for part in row.split("|", 2))
    expected = [name.strip() for name in names.split(";") if name.strip()]
    found = [f"+{name}" if agency else name for name, agency in cited(language, text)]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "The talks were held, according to Report. The ministers", [("Report", True)]),
        (
            "en",
            "Report reports, citing the Foreign Ministry, that",
            [("Foreign Ministry", False), ("Report", True)],
        ),
        ("en", "the minister told Reuters on Monday", [("Reuters", True)]),
        ("en", "a spokesman told the IRNA news agency", [("IRNA", True)]),
        ("en", "according to a report by Trend", [("Trend", True)]),
        ("en", "according to the Ministry of Economy,", [("Ministry of Economy", False)]),
        (
            "ru",
            "Об этом сообщает Report со ссылкой на МИД Азербайджана.",
            [("МИД Азербайджана", False), ("Report", True)],
        ),
        ("ru", "сказал он в интервью агентству «Интерфакс».", [("Интерфакс", True)]),
        ("ru", "передает ТАСС", [("ТАСС", True)]),
        ("az", "Report xəbər verir ki, nazirlər görüşüb.", [("Report", True)]),
        ("az", "Bu barədə APA-nın məlumatına görə", [("APA", True)]),
        (
            "az",
            "Report Xarici İşlər Nazirliyinə istinadən xəbər verir",
            [("Report", True), ("Xarici İşlər Nazirliyi", False)],
        ),
        ("az", "Nazir Trend-ə açıqlamasında deyib", [("Trend", True)]),
        ("tr", "Reuters'ın haberine göre", [("Reuters", True)]),
        ("tr", "Bakan, NTV'ye verdiği demeçte", [("NTV", True)]),
        ("fa", "به گزارش خبرگزاری تسنیم، وزیر", [("تسنیم", True)]),
        ("fa", "به نقل از وزارت خارجه، سفیر", [("وزارت خارجه", False)]),
        ("fa", "او به ایسنا گفت", [("ایسنا", True)]),
    ],
)
def test_the_origin_is_named(language: str, text: str, names: list[tuple[str, bool]]) -> None:
    assert sorted(cited(language, text)) == sorted(names)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "according to a report published on Monday"),
        ("en", "According to the report, exports rose."),
        ("en", "Reports say that the road is open."),
        ("en", "he told reporters in Baku"),
        ("en", "according to U.S. officials"),
        ("en", "The ministry reports to parliament each year."),
        ("ru", "согласно которому стороны откроют дорогу"),
        ("de", "according to Report"),
    ],
)
def test_a_word_that_is_no_origin_is_left(language: str, text: str) -> None:
    assert cited(language, text) == []


def test_an_attribution_knows_its_block_and_its_words() -> None:
    blocks = (Block(text="Nothing here."), Block(text="So it was, according to Report."))
    (found,) = read_attributions(blocks, "en")
    assert (found.block, found.phrase) == (1, "according to Report")


def test_somebody_named_in_full_elsewhere_is_told_things_without_being_cited() -> None:
    told = Block(text="“I was afraid,” she told Winfrey. He had told Newsweek before.")
    full = Block(text="The interview with Oprah Winfrey was shown on Sunday.")
    assert [each.name for each in read_attributions((told, full), "en")] == ["Newsweek"]


def test_a_name_that_no_hint_is_near_is_not_sought() -> None:
    far = "Report " + "and so on " * 40 + "was reported."
    assert read_attributions((Block(text=far),), "en") == ()
