"""Search the archive: the index finds candidates, the matcher decides, the newest come first.

The matcher is that of the rules, so a search and a rule of the same words never disagree: what
a rule would have said when the article was seen is the answer. Matching runs beside the loop.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from alerts.matching.narrow import narrow
from alerts.matching.reading import read_article
from alerts.matching.ruleset import RuleMatch, RuleSet, compile_rules
from config.config import Config
from config.crosscheck import names_of
from config.rule import RuleText
from config.source import Source
from config.text import Located
from storage.articles import StoredArticle, load_articles
from storage.database import Database
from storage.narrowing import Narrowing
from storage.overview import newest_articles
from storage.search import search
from storage.transaction import Transaction

QUERY_ID = "query"
WHERE = "query"  # what stands for the file in a complaint
_BATCH = 100  # candidates read together
_FIRST_BATCH = 25
_NEWEST = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query, compiled, and the articles it is put to."""

    ruleset: RuleSet
    narrowing: Narrowing | None  # None: the index cannot narrow it
    sources: Mapping[str, Source]
    since: datetime
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the archive says."""

    found: tuple[tuple[StoredArticle, RuleMatch], ...]  # the newest first
    looked_at: int  # articles that the matcher read
    complete: bool  # False: there may be more than these


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """When to stop looking, however little was found."""

    candidates: int
    within: timedelta


def compile_query(query: str, config: Config) -> RuleSet:
    """Compile a query as a rule that sees the live term lists; raises ConfigError."""
    text = Located(value=query, path=WHERE, line=1, column=1, source=(query,))
    rule = RuleText(id=QUERY_ID, place=text, name=QUERY_ID, match=text)
    return compile_rules([rule], config.terms, known_sources=names_of(config.sources))


def to_question(query: str, config: Config, *, since: datetime, limit: int) -> Question:
    """Return the question a query puts; raises ConfigError with what is wrong in it."""
    ruleset = compile_query(query, config)
    tree = ruleset.trees[0].match
    return Question(
        ruleset=ruleset,
        narrowing=None if tree is None else narrow(tree, ruleset.lists),
        sources={source.id: source for source in config.sources},
        since=since,
        limit=limit,
    )


async def answer(
    database: Database, question: Question, bounds: Bounds | None = None
) -> Answer:
    """Look through the candidates until enough is found or nothing is left."""
    found: list[tuple[StoredArticle, RuleMatch]] = []
    looked, before, complete = 0, _NEWEST, False
    until = monotonic() + bounds.within.total_seconds() if bounds else float("inf")
    most = bounds.candidates if bounds else float("inf")
    size = _FIRST_BATCH
    while (
        not complete and len(found) < question.limit and looked < most and monotonic() < until
    ):
        batch = await database.read(partial(_candidates, question, before, size))
        matched, read = await asyncio.to_thread(_matching, batch, question, until)
        found += matched
        looked += read
        last = len(batch) < size or batch[-1].first_seen < question.since
        complete = last and read == len(batch)
        before, size = batch[-1].id if batch else 0, _BATCH
    return Answer(
        found=tuple(found[: question.limit]),
        looked_at=looked,
        complete=complete and len(found) <= question.limit,
    )


def _candidates(
    question: Question, before: int, size: int, tx: Transaction
) -> list[StoredArticle]:
    """Return the next candidates, the newest first."""
    if question.narrowing is None:
        ids = newest_articles(tx, before_id=before, limit=size)
    else:
        since = question.since
        ids = search(tx, question.narrowing, since=since, limit=size, before_id=before)
    return load_articles(tx, ids)[::-1]


def _matching(
    batch: list[StoredArticle], question: Question, until: float
) -> tuple[list[tuple[StoredArticle, RuleMatch]], int]:
    """Return what matches, and how many were looked at before the time was over."""
    found: list[tuple[StoredArticle, RuleMatch]] = []
    for place, stored in enumerate(batch):
        if stored.first_seen < question.since:
            break
        if monotonic() >= until:
            return found, place
        source = question.sources.get(stored.article.source_id)
        reading = read_article(stored.article, source=source)
        matched = question.ruleset.match(reading, now=stored.first_seen)
        found += [(stored, match) for match in matched.matches]
    return found, len(batch)
