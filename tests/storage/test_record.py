"""Articles, signatures and times come back from their bytes as they went in."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.article import Article, Block, BlockKind
from storage.record import from_plain, to_plain, to_plain_again, to_record
from storage.signature import EVERYDAY, pack, sign, unpack
from storage.sounds import sound
from storage.stamp import from_text, instant, stamp_from_text, stamp_to_text, to_text
from tests.making import NOW, make_article

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
zones = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
moments = st.datetimes(
    datetime(1, 1, 3),  # noqa: DTZ001 - the strategy adds the zone
    datetime(9999, 12, 29),  # noqa: DTZ001 - the strategy adds the zone
    timezones=zones,
)
articles = st.builds(
    Article,
    url=texts,
    headline=texts,
    authors=st.lists(texts, max_size=3).map(tuple),
    published_at=st.none() | st.dates() | moments,
    last_update=st.none() | moments,
    summary=texts,
    body=st.lists(
        st.builds(Block, text=texts, kind=st.sampled_from(BlockKind)), max_size=5
    ).map(tuple),
    language=st.sampled_from(["", "en", "fa"]),
    truncated=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(articles)
def test_an_article_comes_back_from_its_record(article: Article) -> None:
    assert from_plain(to_plain_again(to_record(to_plain(article)))) == article


@settings(max_examples=150, deadline=None)
@given(articles)
def test_a_signature_comes_back_from_its_bytes(article: Article) -> None:
    signature = sign(article)
    assert unpack(pack(signature)) == signature


def test_a_signature_of_another_recipe_is_not_compared() -> None:
    stored = pack(sign(make_article("Some words.")))
    assert unpack(bytes([99]) + stored[1:]) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the ministers MET in moscow “today” and spoke of 5 roads", id="case"),
        pytest.param("The ministers met in Moscow, today – and spoke of 5 roads!", id="marks"),
        pytest.param(
            "The ministers\u00a0met in  Moscow\ntoday and spoke of 5 roads", id="spaces"
        ),
    ],
)
def test_a_fingerprint_hears_words_alone(text: str) -> None:
    plain = "The ministers met in Moscow today and spoke of 5 roads"
    assert sign(make_article(text)).fingerprint == sign(make_article(plain)).fingerprint


@pytest.mark.parametrize(
    ("text", "as_in"),
    [
        pytest.param("magnituda 5,2", "magnitude 5.2", id="a comma for a point"),
        pytest.param("بزرگی ۵/۲", "magnitude 5.2", id="a slash for a point, in Persian digits"),
        pytest.param("won 2-1", "won 2:1", id="a score"),
        pytest.param("10mg of K4471", "10 mg, 4471", id="digits amid letters"),
        pytest.param("à 18h40", "at 18:40", id="a time"),
        pytest.param("12.000 Stück", "12,000 and 12 000 pieces", id="thousands"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(text: str, as_in: str) -> None:
    one, other = (sign(make_article(words)).numbers for words in (text, as_in))
    assert set(one) == set(other)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param("5.2", 1, id="one that was measured"),
        pytest.param("64.75", 3, id="its parts, too, where they are figures"),
        pytest.param("at 8.25, on 7.10, until 23/11, on 2026-11-26", 0, id="days and hours"),
    ],
)
def test_what_was_measured_tells_articles_apart(text: str, figures: int) -> None:
    numbers = set(sign(make_article(text)).numbers)
    assert len(numbers - EVERYDAY) == figures


@given(moments, moments)
def test_texts_of_instants_sort_as_the_instants_do(one: datetime, other: datetime) -> None:
    assert from_text(to_text(one)) == one
    assert (to_text(one) < to_text(other)) is (one < other)


@given(moments | st.dates())
def test_a_stamp_keeps_what_the_page_said(stamp: datetime | date) -> None:
    back = stamp_from_text(stamp_to_text(stamp))
    assert (type(back), back) == (type(stamp), stamp)
    assert isinstance(instant(stamp), datetime)


def test_a_time_without_a_zone_is_refused() -> None:
    naive = NOW.replace(tzinfo=None)
    for write in (to_text, stamp_to_text):
        with pytest.raises(ValueError, match="zone"):
            write(naive)


def test_a_day_counts_from_its_midnight() -> None:
    assert instant(date(2026, 11, 24)) == datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Zangezur", "Zangazur", "Zəngəzur", "Зангезур", "زنگزور"),
        ("Karabakh", "Qarabağ", "Карабах", "Garabagh"),
        ("Araghchi", "Araqçi", "Аракчи", "عراقچی"),
        ("Bayramov", "Байрамов", "بایراموف"),
        ("Tehran", "Тегеран", "تهران"),
    ],
)
def test_a_name_sounds_alike_in_every_script(spellings: tuple[str, ...]) -> None:
    assert len({sound(spelling) for spelling in spellings}) == 1
