"""Try a query on the archive: the index finds candidates, the matcher decides.

The work is bounded: so many candidates are read, newest first, and the answer says how far it
looked. Matching runs beside the loop.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from alerts.fts import fts_query
from alerts.parser import parse_query
from alerts.reading import read_article
from alerts.ruleset import RuleSet, compile_rules
from config.errors import ConfigError, Mistake
from config.rule import RuleText
from config.text import Located
from crawler.pages.answer import LARGEST_ID, Ask, BadAsk
from crawler.pages.lines import Outlet, Quote
from crawler.pages.marked import Piece, mark_words
from crawler.pages.state import LiveConfig
from storage.articles import StoredArticle, load_articles
from storage.overview import newest_articles
from storage.search import BadSearch, search
from storage.transaction import Transaction

BATCH = 100
MOST_CANDIDATES = 2000
SECONDS = 2.0
QUERY_ID = "query"
WHERE = "query"  # what stands for the file in a complaint


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
    try:
        ruleset = compile_query(query, live)
        narrowed = fts_query(parse_query(query), ruleset.lists)
    except ConfigError as error:
        return _nothing(query, days, live, error.mistakes)
    return await _look(ask, _Question(query, days, limit, narrowed, ruleset, live))


def compile_query(query: str, live: LiveConfig) -> RuleSet:
    """Compile a query as a rule that sees the live term lists; raises ConfigError."""
    text = Located(value=query, path=WHERE, line=1, column=1, source=(query,))
    rule = RuleText(id=QUERY_ID, place=text, name=QUERY_ID, match=text)
    return compile_rules([rule], live.config.terms)


def names_of_lists(live: LiveConfig) -> tuple[str, ...]:
    """Name the term lists that a query may use."""
    return tuple(sorted(terms.name for terms in live.config.terms))


@dataclass(frozen=True, slots=True)
class _Question:
    query: str
    days: int
    limit: int
    narrowed: str  # empty: the index cannot narrow it
    ruleset: RuleSet
    live: LiveConfig


async def _look(ask: Ask, question: _Question) -> Found:
    now = ask.state.clock()
    since = now - timedelta(days=question.days)
    hits: list[Hit] = []
    looked, before, complete = 0, LARGEST_ID, False
    until = monotonic() + SECONDS
    while looked < MOST_CANDIDATES and len(hits) < question.limit and monotonic() < until:
        work = partial(_candidates, narrowed=question.narrowed, since=since, before=before)
        batch = await ask.database.read(work)
        hits += await asyncio.to_thread(_matching, batch, question, now)
        looked += len(batch)
        complete = len(batch) < BATCH or batch[0].first_seen < since
        if complete:
            break
        before = batch[0].id
    found = [hit for hit in hits if hit.first_seen >= since]
    return Found(
        query=question.query,
        days=question.days,
        complaints=(),
        hits=tuple(found[: question.limit]),
        looked_at=looked,
        complete=complete and len(found) <= question.limit,
        warnings=tuple(warning.message for warning in question.ruleset.warnings),
        lists=names_of_lists(question.live),
    )


def _candidates(
    tx: Transaction, narrowed: str, since: datetime, before: int
) -> list[StoredArticle]:
    """Return the next candidates, ids ascending."""
    if narrowed:
        try:
            ids = search(tx, narrowed, since=since, limit=BATCH, before_id=before)
        except BadSearch as error:
            raise BadAsk(f"the index cannot read this query: {error}") from error
    else:
        ids = newest_articles(tx, before_id=before, limit=BATCH)
    return load_articles(tx, ids)


def _matching(batch: list[StoredArticle], question: _Question, now: datetime) -> list[Hit]:
    sources = {source.id: source for source in question.live.config.sources}
    hits = []
    for stored in reversed(batch):
        source = sources.get(stored.article.source_id)
        matched = question.ruleset.match(read_article(stored.article, source=source), now=now)
        for match in matched.matches:
            quotes = tuple(
                Quote(
                    rule_id=QUERY_ID,
                    place=each.place,
                    words=each.words,
                    sentence=mark_words(each.sentence, [each.words]),
                )
                for each in match.evidence[:4]
            )
            name = source.name if source else stored.article.source_id
            hits.append(_hit(stored, Outlet(id=stored.article.source_id, name=name), quotes))
    return hits


def _hit(stored: StoredArticle, outlet: Outlet, quotes: tuple[Quote, ...]) -> Hit:
    words = [quote.words for quote in quotes if quote.place == "headline"]
    return Hit(
        article_id=stored.id,
        story_id=stored.story_id,
        outlet=outlet,
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
