"""An article is read once: every token knows its field, its paragraph and its characters."""

import pickle

import pytest

from alerts.matching.reading import BESIDE, GAP, STORY, Reading, read_article
from alerts.matching.sentences import sentence_starts
from config.source import Source
from storage.article import Article, Attribution, Block, BlockKind, Image
from storage.folded import fold_article
from tests.making import make_article

ARTICLE = Article(
    source_id="caspian",
    url="https://en.news.example/a/1",
    headline="Naxçıvan’s new road",
    summary="A standfirst.",
    body=(
        Block(text="First words."),
        Block(kind=BlockKind.HEADING, text="Heading"),
        Block(text="Second paragraph."),
        Block(text="* * *"),
        Block(text="Third."),
    ),
    images=(Image(caption="A bridge", credit="Mfa.Gov.Az"),),
    authors=("Nigar Bayramli",),
    attributions=(Attribution(name="Report", phrase="according to Report", block=0),),
    section="Transport",
    tags=("roads", "Iran"),
    language="en-GB",
)


def place(reading: Reading, token: str) -> list[int]:
    return reading.find(token, (*STORY, *BESIDE))


def words(field: str) -> list[str]:
    reading = read_article(ARTICLE)
    return [
        token
        for low, high in reading.ranges.get(field, ())
        for part in reading.parts
        for position, token in enumerate(part.tokens, part.first)
        if low <= position < high
    ]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("headline", "naxcivan new road"),
        ("lead", "a standfirst first words second paragraph"),
        ("hlead", "naxcivan new road a standfirst first words second paragraph"),
        ("body", "first words heading second paragraph third"),
        ("caption", "a bridge"),
        ("credit", "mfa gov az"),
        ("byline", "nigar bayramli"),
        ("attribution", "report"),
        ("section", "transport"),
        ("tag", "roads iran"),
    ],
)
def test_a_field_holds_its_words(field: str, expected: str) -> None:
    assert words(field) == expected.split()


def test_terms_without_a_field_see_headline_standfirst_body_and_captions() -> None:
    reading = read_article(ARTICLE)
    assert {"naxcivan", "standfirst", "third", "bridge"} <= reading.story_tokens
    assert {"mfa", "nigar", "report", "transport", "roads"} == (
        reading.beside_tokens & {"mfa", "nigar", "report", "transport", "roads"}
    )


def test_paragraphs_follow_each_other_and_fields_stand_apart() -> None:
    reading = read_article(ARTICLE)
    (first,), (second,) = place(reading, "words"), place(reading, "heading")
    assert second == first + 1
    (roads,), (iran,) = place(reading, "roads"), place(reading, "iran")
    assert iran - roads > GAP


def test_placing_every_token_finds_what_looking_for_one_finds() -> None:
    reading = read_article(ARTICLE)
    for token, places in reading.places(STORY).items():
        assert places == reading.find(token, STORY)


def test_a_token_leads_back_to_the_characters_of_the_original() -> None:
    reading = read_article(make_article("Hava علي\u200cاف dedi: İRAN’s plan."))
    (iran,), (aliyev,) = place(reading, "iran"), place(reading, "علیاف")
    assert reading.raw_token(iran) == "İRAN"
    assert reading.raw_token(aliyev) == "علي\u200cاف"


def test_a_standfirst_that_repeats_the_body_counts_once() -> None:
    article = Article(url="u", summary="First words.", body=(Block(text="First words. More."),))
    assert place(read_article(article), "first") == [0]


def test_a_standfirst_that_ends_inside_a_word_of_the_body_is_read() -> None:
    article = Article(url="u", summary="Iran Iran", body=(Block(text="Iran Iranian"),))
    assert place(read_article(article), "iran")[:2] == [0, 1]


def test_a_source_goes_by_its_id_its_host_its_parents_and_its_tags() -> None:
    source = Source(id="caspian", url="https://news.example", name="C", tags=("State",))
    reading = read_article(ARTICLE, source=source)
    assert reading.names == {"caspian", "en.news.example", "news.example", "state"}


def test_a_reading_can_be_handed_to_another_process() -> None:
    reading = read_article(ARTICLE)
    again = pickle.loads(pickle.dumps(reading))  # noqa: S301 - our own bytes
    assert again.story_tokens == reading.story_tokens
    assert again.ranges == reading.ranges


def test_the_index_gets_every_field_folded() -> None:
    folded = fold_article(ARTICLE)
    assert folded.startswith("naxcivan   new road\nfirst words.\n\nheading")
    assert "mfa.gov.az" in folded


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("J. Bayramov met Mr. Smith. They spoke.", 2),
        ("It cost 1.5 million. “Good,” he said.", 2),
        ("г. Баку ждёт. Визит начался.", 2),
        ("اول است. دوم است؟ سوم", 3),
        ("Առաջին։ Երկրորդ։", 2),
        ("中国说。“好。”他们来了！", 3),
        ("He said no. Troops came.", 2),
        ("He read No. 5 twice.", 1),
        ("", 1),
    ],
)
def test_sentences_are_told_apart(text: str, count: int) -> None:
    assert len(sentence_starts(text)) == count


@pytest.mark.parametrize("ends", ["!", "։", '?"', ".)", "! ", "。", "。」 "])
def test_row_34_a_row_of_ends_is_read_through_once(ends: str) -> None:
    """Begun anew at each of them, it would hold the loop for an hour."""
    assert len(sentence_starts(ends * 250_000)) <= 250_000
