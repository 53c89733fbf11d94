"""One copy of each article, every version of it, and what makes two pages one."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from storage.article import (
    Access,
    Article,
    Attribution,
    Block,
    BlockKind,
    Image,
    Logo,
    Provenance,
)
from storage.articles import (
    Missing,
    StoredArticle,
    article_by_url,
    articles_between,
    load_article,
    load_articles,
)
from storage.change_kinds import ChangeKind
from storage.matches import MatchRow, record_matches
from storage.narrowing import Holds
from storage.revising import Revised, Unchanged
from storage.revisions import load_revisions, matched_revisions
from storage.search import search
from storage.storing import Stored
from tests.making import NOW, make_article
from tests.storage.keeping import keep, opened

HOUR = timedelta(hours=1)
FULL = Article(
    source_id="newsroom",
    url="https://newsroom.example/a?utm_source=x",
    canonical_url="https://newsroom.example/a",
    newsroom="The Newsroom",
    newsroom_logo=Logo(url="https://newsroom.example/l.png", alt="logo"),
    headline="Ministers meet",
    authors=("A. Writer", "B. Writer"),
    published_at=date(2026, 11, 23),
    last_update=NOW,
    summary="They met.",
    lead_image=Image(
        url="https://newsroom.example/i.jpg", caption="The two", credit="Mfa.Gov.Az"
    ),
    body=(
        Block(text="First they met."),
        Block(kind=BlockKind.QUOTE, text="“We met,” he said."),
        Block(kind=BlockKind.HEADING, text="Later"),
    ),
    attributions=(Attribution(name="Report", phrase="says Report", block=0, agency=True),),
    section="World",
    tags=("corridor",),
    language="en",
    images=(Image(url="https://newsroom.example/i.jpg"), Image(alt="two men")),
    access=Access.PAYWALLED,
    truncated=True,
    provenance={"headline": Provenance.JSON_LD, "body": Provenance.PAGE},
)


async def test_an_article_comes_back_as_it_was(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        assert isinstance(await keep(database, FULL), Stored)
        stored = await database.read(lambda tx: load_article(tx, 1))
        several = await database.read(lambda tx: load_articles(tx, [1, 2]))
        between = await database.read(lambda tx: articles_between(tx, NOW, NOW + HOUR))
        paged = await database.read(
            lambda tx: articles_between(tx, NOW, NOW + HOUR, after_id=1)
        )
    assert isinstance(stored, StoredArticle)
    assert stored.article == FULL
    assert several == between == [stored]
    assert paged == []


BODY = (
    "The two ministers discussed the opening of the road with great care on Tuesday.",
    "Neither said when the next meeting would be held, or where it might take place.",
)


@pytest.mark.parametrize(
    ("url", "canonical", "same"),
    [
        pytest.param("https://www.a.example/x?utm_source=rss", "", True, id="another dress"),
        pytest.param("https://a.example/y", "https://a.example/x", True, id="says it is"),
        pytest.param(
            "https://b.example/y", "https://a.example/x", False, id="a stranger says so"
        ),
        pytest.param("https://a.example/z", "", False, id="another address"),
        pytest.param("https://a.example/z", "https://a.example/", False, id="front page"),
    ],
)
async def test_row_43_what_makes_two_pages_one_article(
    tmp_path: Path, url: str, canonical: str, same: bool
) -> None:
    first = make_article(*BODY, url="https://a.example/x")
    second = replace(
        make_article(*BODY, "And more was said later on.", url=url), canonical_url=canonical
    )
    async with opened(tmp_path) as database:
        await keep(database, first)
        outcome = await keep(database, second, NOW + HOUR)
    assert isinstance(outcome, Revised) is same
    assert isinstance(outcome, Stored) is not same


async def test_row_48_one_canonical_address_for_a_whole_site_merges_nothing(
    tmp_path: Path,
) -> None:
    other = (
        "Snow fell in the mountains while the harvest of apples went on in the valleys below."
    )
    async with opened(tmp_path) as database:
        for number, text in enumerate((BODY[0], other)):
            article = make_article(text, url=f"https://a.example/{number}")
            page = replace(article, canonical_url="https://a.example/news")
            assert isinstance(await keep(database, page), Stored)


async def test_row_47_addresses_that_change_at_every_poll_make_copies_not_stories(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as database:
        told = [
            await keep(database, make_article(*BODY, url=f"https://a.example/?id={number}"))
            for number in range(10)
        ]
    stored = [one for one in told if isinstance(one, Stored)]
    assert len(stored) == 10
    assert [one.new_story for one in stored] == [True] + [False] * 9
    assert all(one.copy for one in stored[1:])


async def test_every_version_is_kept_with_what_changed(tmp_path: Path) -> None:
    versions = [
        make_article("The blast killed 12 people.", "Help came."),
        make_article("The blast killed 15 people.", "Help came."),
        make_article("The blast killed 15 people.", "Help came.", "The road is closed."),
    ]
    async with opened(tmp_path) as database:
        outcomes = [
            await keep(database, version, NOW + HOUR * n) for n, version in enumerate(versions)
        ]
        kept = await database.read(lambda tx: load_revisions(tx, 1))
        found = [
            await database.read(lambda tx, word=word: search(tx, Holds(word)))  # type: ignore[misc]
            for word in ("12", "15", "road")
        ]
    assert [revision.article for revision in kept] == versions
    assert [revision.revision for revision in kept] == [1, 2, 3]
    assert [change.kind for change in kept[1].changes] == [ChangeKind.NUMBER]
    assert kept[1].changes == outcomes[1].changes  # type: ignore[union-attr]
    assert found == [[], [1], [1]]


async def test_row_45_of_an_edit_war_the_first_and_the_newest_versions_are_whole(
    tmp_path: Path,
) -> None:
    sides = [make_article(f"The blast killed 1{n} people.", "Help came.") for n in (0, 1)]
    async with opened(tmp_path) as database:
        for number in range(60):
            await keep(database, sides[number % 2], NOW + timedelta(minutes=number))
        kept = await database.read(lambda tx: load_revisions(tx, 1))
        found = await database.read(lambda tx: search(tx, Holds("11")))
    assert [revision.revision for revision in kept] == list(range(1, 61))
    whole = [revision.revision for revision in kept if revision.article is not None]
    assert whole == [1, *range(37, 61)]
    assert all(revision.changes for revision in kept[1:])
    assert found == [1]


async def test_a_digest_reads_the_edits_of_its_span_of_stories_that_a_rule_matched(
    tmp_path: Path,
) -> None:
    ferry = "A ferry sank off the coast at dawn and {n} of its passengers were hurt."
    bank = "The central bank raised its rate by {n} points, which nobody had expected."
    async with opened(tmp_path) as database:
        for n in range(3):
            for text, name in ((ferry, "ferry"), (bank, "bank")):
                url = f"https://a.example/{name}"
                edited = make_article(text.format(n=n + 2), headline=name.title(), url=url)
                await keep(database, edited, NOW + HOUR * n)
        match = MatchRow(rule_id="ferries", severity="high", evidence_json="[]")
        await database.write(lambda tx: record_matches(tx, 1, 1, 1, [match], NOW))
        found = await database.read(lambda tx: matched_revisions(tx, NOW, NOW + HOUR * 2))
    assert [(each.article_id, each.revision) for each in found] == [(1, 2)]


@pytest.mark.parametrize(
    ("stamps", "silent"),
    [
        pytest.param((NOW, NOW), True, id="the stamp stood still"),
        pytest.param((NOW, NOW + HOUR), False, id="the stamp moved"),
        pytest.param((None, None), True, id="the page has no stamp"),
        pytest.param((None, NOW), False, id="a stamp appeared"),
    ],
)
async def test_a_change_without_a_new_stamp_is_silent(
    tmp_path: Path, stamps: tuple[None, None], silent: bool
) -> None:
    async with opened(tmp_path) as database:
        await keep(database, replace(make_article("He came."), last_update=stamps[0]))
        changed = replace(make_article("He did not come."), last_update=stamps[1])
        outcome = await keep(database, changed, NOW + HOUR)
    assert isinstance(outcome, Revised)
    assert outcome.silent is silent


async def test_a_stamp_that_moves_alone_is_remembered_and_no_revision(tmp_path: Path) -> None:
    article = make_article("He came.")
    async with opened(tmp_path) as database:
        await keep(database, article)
        moved = replace(article, last_update=NOW, tags=("visit",))
        assert isinstance(await keep(database, moved, NOW + HOUR), Unchanged)
        stored = await database.read(lambda tx: load_article(tx, 1))
        changed = replace(moved, headline="He went")
        outcome = await keep(database, changed, NOW + HOUR * 2)
        found = await database.read(lambda tx: search(tx, Holds("visit")))
    assert isinstance(stored, StoredArticle)
    assert stored.article == moved
    assert isinstance(outcome, Revised)
    assert outcome.silent
    assert found == [1]


def aged(text: str, published: date | None, updated: date | None = None) -> Article:
    """Make an article whose page tells its age instead of its day."""
    stamps = {"published_at": published, "last_update": updated}
    told = {name: Provenance.AGE for name, stamp in stamps.items() if stamp}
    article = replace(make_article(text), published_at=published, last_update=updated)
    return replace(article, provenance=told)


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(aged("He came.", date(2026, 11, 25)), id="read worse"),
        pytest.param(aged("He came.", None), id="not read at all"),
    ],
)
async def test_an_age_that_a_later_look_reads_worse_stays_as_it_was(
    tmp_path: Path, second: Article
) -> None:
    first = aged("He came.", date(2026, 11, 24))
    edited = replace(second, headline="He went")
    async with opened(tmp_path) as database:
        await keep(database, first)
        assert isinstance(await keep(database, second, NOW + HOUR), Unchanged)
        assert isinstance(await keep(database, edited, NOW + HOUR * 2), Revised)
        stored = await database.read(lambda tx: load_article(tx, 1))
    assert isinstance(stored, StoredArticle)
    assert stored.article.published_at == first.published_at
    assert stored.article.provenance["published_at"] is Provenance.AGE


async def test_of_two_updates_told_by_their_age_the_later_stays(tmp_path: Path) -> None:
    day = date(2026, 11, 24)
    looks = [aged("He came.", day, day + timedelta(days=n)) for n in (1, 0, 2)]
    async with opened(tmp_path) as database:
        for number, look in enumerate(looks):
            await keep(database, look, NOW + HOUR * number)
        stored = await database.read(lambda tx: load_article(tx, 1))
    assert isinstance(stored, StoredArticle)
    assert stored.article.last_update == date(2026, 11, 26)


async def test_a_stated_day_takes_the_place_of_an_age(tmp_path: Path) -> None:
    stated = replace(make_article("He came."), published_at=NOW)
    stated = replace(stated, provenance={"published_at": Provenance.JSON_LD})
    async with opened(tmp_path) as database:
        await keep(database, aged("He came.", date(2026, 11, 24)))
        await keep(database, stated, NOW + HOUR)
        stored = await database.read(lambda tx: load_article(tx, 1))
    assert isinstance(stored, StoredArticle)
    assert stored.article.published_at == NOW


async def test_a_wall_in_front_of_the_text_is_no_edit(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await keep(database, make_article(*BODY))
        walled = replace(make_article(BODY[0][:30]), access=Access.PAYWALLED)
        assert isinstance(await keep(database, walled, NOW + HOUR), Unchanged)
        stored = await database.read(lambda tx: load_article(tx, 1))
    assert isinstance(stored, StoredArticle)
    assert stored.article.text == "\n\n".join(BODY)


async def test_half_characters_and_nothings_are_stored_and_found(tmp_path: Path) -> None:
    broken = make_article(
        "A \ud800 broken \0 page spoke of \x1f Zangazur.", headline="Bad \udfff"
    )
    async with opened(tmp_path) as database:
        assert isinstance(await keep(database, broken), Stored)
        again = replace(broken, body=(Block(text="It is whole now \ud801 again."),))
        assert isinstance(await keep(database, again, NOW + HOUR), Revised)
        assert await database.read(lambda tx: search(tx, Holds("zangazur"))) == []
        assert await database.read(lambda tx: search(tx, Holds("whole"))) == [1]


async def test_an_article_is_found_by_any_of_its_addresses(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await keep(database, FULL)
        for url in (FULL.url, "http://www.newsroom.example/a/", FULL.canonical_url):
            found = await database.read(lambda tx, url=url: article_by_url(tx, url))  # type: ignore[misc]
            assert isinstance(found, StoredArticle)
        missing = await database.read(lambda tx: article_by_url(tx, "https://x.example/"))
    assert missing == Missing(purged=False)


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=30), timedelta(days=4000)])
async def test_a_date_nobody_can_believe_does_not_order_anything(
    tmp_path: Path, later: timedelta
) -> None:
    async with opened(tmp_path) as database:
        await keep(database, make_article(*BODY, published_at=NOW + later))
        copied = make_article(*BODY, "More.", url="https://b.example/1", source_id="b")
        outcome = await keep(database, copied, NOW + HOUR)
    assert isinstance(outcome, Stored)
    assert not outcome.new_story
