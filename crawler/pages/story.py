"""Look at one story in full: who told it, what changed, what matched, who was told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.delivery.whereabouts import whereabouts
from alerts.judging import STORY_PAGE
from alerts.routing.report import stamp_text
from crawler.pages.answer import LARGEST_ID, Ask, NotThere
from crawler.pages.judging import judge_line, judging_on_page
from crawler.pages.lines import JudgeLine, Outlet, Quote, StoryLine
from crawler.pages.marked import Piece, mark_changes, mark_words
from crawler.pages.state import LiveConfig
from crawler.pages.stories import quotes_of, story_line
from crawler.pages.whynot import MOST_EXPLAINED, WhyLine, explain_story
from crawler.tellings import MatchTold, tellings_of_story
from storage.alert_log import told_of_story
from storage.article import Article
from storage.articles import StoredArticle, load_articles
from storage.judgements import matches_of_story_to_judge
from storage.matches import Match, matches_of_story
from storage.revisions import Revision, load_revisions
from storage.stories import Story, load_story
from storage.transaction import Transaction

MOST_RULES = 300  # a longer list is no choice: the id is typed
MOST_ARTICLES = 100  # of one story, shown in full
MOST_EDITS = 20  # of one article, the newest: a live page has hundreds


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One sentence that an edit changed."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionLine:
    """One edit of an article."""

    revision: int
    seen_at: datetime
    silent: bool  # the text changed, the page's own last update did not
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One piece of a body, the words that matched marked."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """One article of a story."""

    id: int
    outlet: Outlet
    headline: tuple[Piece, ...]
    language: str
    url: str
    authors: tuple[str, ...]
    published: str  # as the page says it: a day stays a day; empty: it does not
    last_update: str  # likewise
    first_seen: datetime
    last_seen: datetime
    access: str
    origins: tuple[str, ...]
    caption: str
    credit: str
    revisions: tuple[RevisionLine, ...]  # the newest, oldest first
    earlier_edits: int  # before those
    quotes: tuple[Quote, ...]
    matches: tuple[MatchTold, ...]
    judging: tuple[JudgeLine, ...]  # each rule that matched it, once
    body: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """A message that told of the story."""

    at: datetime
    channel: str
    kind: str
    rule_id: str
    subject: str
    fate: str  # "alert, sent 2026-11-26 09:14Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryInFull:
    """One story: who told it, when, what changed, what matched, who was told."""

    story: StoryLine
    articles: tuple[ArticleLine, ...]  # in the order in which they came
    more_articles: int  # beyond those
    told: tuple[ToldLine, ...]
    rules: tuple[str, ...]  # ids one may ask about; empty: too many to choose from
    why: str | None  # the rule that is asked about
    whys: tuple[WhyLine, ...]  # how it fares on the first articles


async def story(ask: Ask) -> StoryInFull:
    """Look at one story in full."""
    number = int(ask.path["story_id"])
    live = ask.state.live()
    why = ask.word("why")

    def look(tx: Transaction) -> StoryInFull:
        found = load_story(tx, number) if number <= LARGEST_ID else None
        if found is None:
            raise NotThere(f"There is no story {number}; it may have been let go of.")
        return _in_full(tx, found, live, why)

    return await ask.database.read(look)


def article_line(
    stored: StoredArticle,
    outlet: Outlet,
    quotes: Sequence[Quote],
    revisions: Sequence[Revision] = (),
    told: Sequence[MatchTold] = (),
    judging: Sequence[JudgeLine] = (),
) -> ArticleLine:
    """Return an article with the words that matched marked in headline and body."""
    article = stored.article
    words = {quote.words for quote in quotes}
    image = article.lead_image
    return ArticleLine(
        id=stored.id,
        outlet=outlet,
        headline=mark_words(article.headline, words),
        language=article.language,
        url=article.url,
        authors=article.authors,
        published=stamp_text(article.published_at),
        last_update=stamp_text(article.last_update),
        first_seen=stored.first_seen,
        last_seen=stored.last_seen,
        access=article.access.value,
        origins=_origins(article),
        caption=image.caption if image else "",
        credit=image.credit if image else "",
        revisions=tuple(_revision(each) for each in revisions),
        earlier_edits=max(0, stored.revision - 1 - len(revisions)),
        quotes=tuple(quotes),
        matches=tuple(told),
        judging=tuple(judging),
        body=tuple(
            Paragraph(kind=block.kind.value, pieces=mark_words(block.text, words))
            for block in article.body
        ),
    )


def _in_full(tx: Transaction, story: Story, live: LiveConfig, why: str | None) -> StoryInFull:
    matches = matches_of_story(tx, story.id)
    shown = load_articles(tx, story.article_ids[:MOST_ARTICLES])
    first = next((each for each in shown if each.id == story.first_article_id), None)
    return StoryInFull(
        story=story_line(story, first, matches, live),
        articles=tuple(_article_lines(tx, story.id, shown, matches, live)),
        more_articles=max(0, len(story.article_ids) - MOST_ARTICLES),
        told=tuple(
            ToldLine(
                at=row.told_at,
                channel=row.channel,
                kind=row.kind,
                rule_id=row.rule_id,
                subject=row.subject,
                fate=whereabouts(tx, row.key),
            )
            for row in told_of_story(tx, story.id)
        ),
        rules=_to_choose_from(live),
        why=why,
        whys=explain_story(why, shown[:MOST_EXPLAINED], live) if why else (),
    )


def _article_lines(
    tx: Transaction,
    story_id: int,
    shown: Sequence[StoredArticle],
    matches: Sequence[Match],
    live: LiveConfig,
) -> Iterator[ArticleLine]:
    names = live.outlets
    told = tellings_of_story(tx, story_id, live.config, articles={each.id for each in shown})
    judging = judging_on_page(tx, live, STORY_PAGE)
    to_judge = [judge_line(match, judging) for match in matches_of_story_to_judge(tx, story_id)]
    above: set[tuple[str, tuple[Piece, ...]]] = set()
    for each in shown:
        outlet = each.article.source_id
        found = quotes_of(match for match in matches if match.article_id == each.id)
        quotes = [replace(q, again=(q.rule_id, q.sentence) in above) for q in found]
        above |= {(quote.rule_id, quote.sentence) for quote in quotes}
        yield article_line(
            each,
            Outlet(id=outlet, name=names.get(outlet, outlet)),
            quotes,
            load_revisions(tx, each.id, after=max(1, each.revision - MOST_EDITS)),
            [match for match in told if match.article_id == each.id],
            [line for line in to_judge if line.article_id == each.id and line.address],
        )


def _to_choose_from(live: LiveConfig) -> tuple[str, ...]:
    rules = live.config.rules
    return tuple(rule.id for rule in rules) if len(rules) <= MOST_RULES else ()


def _revision(revision: Revision) -> RevisionLine:
    return RevisionLine(
        revision=revision.revision,
        seen_at=revision.seen_at,
        silent=revision.silent,
        changes=tuple(
            ChangeLine(kind=each.kind.value, pieces=mark_changes(each.before, each.after))
            for each in revision.changes
        ),
    )


def _origins(article: Article) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.name for each in article.attributions))
