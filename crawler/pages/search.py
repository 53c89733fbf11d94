"""Show what a query finds in the archive, or what is wrong with it.

The work is bounded: so many candidates are read, newest first, and the answer says how far it
looked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.matching.ruleset import RuleMatch
from alerts.routing.report import worth_telling
from config.errors import ConfigError, Mistake
from config.source import Source
from crawler.pages.answer import Ask, BadAsk
from crawler.pages.lines import Outlet, Quote
from crawler.pages.marked import Piece, mark_words
from crawler.pages.state import LiveConfig
from crawler.searching import QUERY_ID, Bounds, answer, to_question
from storage.articles import StoredArticle

BOUNDS = Bounds(candidates=2000, within=timedelta(seconds=2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong with the query."""

    message: str
    column: int | None
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that the query matches."""

    article_id: int
    story_id: int
    outlet: Outlet
    headline: tuple[Piece, ...]
    language: str
    url: str
    first_seen: datetime
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the archive says to a query."""

    query: str
    days: int
    complaints: tuple[Complaint, ...]
    hits: tuple[Hit, ...]  # newest first
    looked_at: int  # articles that the matcher read
    complete: bool  # False: there may be more than these
    warnings: tuple[str, ...]
    lists: tuple[str, ...]  # names of the term lists that a query may use


async def find(ask: Ask) -> Found:
    """Answer a query; without one, only the box is shown."""
    query = ask.word("q") or ""
    days = ask.whole("days", 30, least=1, most=3650)
    limit = ask.whole("limit", 25, least=1, most=100)
    if "\n" in query or "\r" in query:
        raise BadAsk("q must be one line")
    live = ask.state.live()
    if not query:
        return _nothing(query, days, live)
    since = ask.state.clock() - timedelta(days=days)
    try:
        question = to_question(query, live.config, since=since, limit=limit)
    except ConfigError as error:
        return _nothing(query, days, live, error.mistakes)
    answered = await answer(ask.database, question, BOUNDS)
    return Found(
        query=query,
        days=days,
        complaints=(),
        hits=tuple(
            _hit(stored, match, question.sources.get(stored.article.source_id))
            for stored, match in answered.found
        ),
        looked_at=answered.looked_at,
        complete=answered.complete,
        warnings=tuple(warning.message for warning in question.ruleset.warnings),
        lists=names_of_lists(live),
    )


def names_of_lists(live: LiveConfig) -> tuple[str, ...]:
    """Name the term lists that a query may use."""
    return tuple(sorted(terms.name for terms in live.config.terms))


def _hit(stored: StoredArticle, match: RuleMatch, source: Source | None) -> Hit:
    quotes = tuple(
        Quote(
            rule_id=QUERY_ID,
            place=each.place,
            words=each.words,
            sentence=mark_words(each.sentence, [each.words]),
        )
        for each in worth_telling(match.evidence)[:4]
    )
    source_id = stored.article.source_id
    words = [quote.words for quote in quotes if quote.place == "headline"]
    return Hit(
        article_id=stored.id,
        story_id=stored.story_id,
        outlet=Outlet(id=source_id, name=source.name if source else source_id),
        headline=mark_words(stored.article.headline or "(no headline)", words),
        language=stored.article.language,
        url=stored.article.url,
        first_seen=stored.first_seen,
        quotes=quotes,
    )


def _nothing(
    query: str, days: int, live: LiveConfig, mistakes: tuple[Mistake, ...] = ()
) -> Found:
    return Found(
        query=query,
        days=days,
        complaints=tuple(
            Complaint(message=each.message, column=each.column, hint=each.hint)
            for each in mistakes
            if not each.warning
        ),
        hits=(),
        looked_at=0,
        complete=True,
        warnings=(),
        lists=names_of_lists(live),
    )
