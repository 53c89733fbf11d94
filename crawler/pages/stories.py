"""Look at the latest stories, with what matched in each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alerts.canary import SOURCE_ID
from alerts.notification import EvidenceNote
from alerts.routing.event import LOUDNESS
from alerts.routing.report import read_evidence
from config.rule import Severity
from crawler.pages.answer import Ask, BadAsk
from crawler.pages.lines import Outlet, Quote, RuleName, StoryLine
from crawler.pages.marked import mark_words
from crawler.pages.state import LiveConfig
from storage.articles import StoredArticle, load_articles
from storage.matches import Match, matches_of_story
from storage.overview import StoryMark, Wanted, latest_stories
from storage.stories import Story, load_story
from storage.transaction import Transaction

# A place in the list: microseconds since 1970 at which an article last joined, and the story.
MARK = re.compile("^([0-9]{1,16})-([0-9]{1,18})$")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """A page of stories, the newest first."""

    stories: tuple[StoryLine, ...]
    rule: str | None  # only of this rule
    source: str | None  # only of this source
    matched: bool  # only those that some rule matched
    next: str | None  # what `before` says to get the page after; None: this is the last


async def stories(ask: Ask) -> Stories:
    """Look at the latest stories."""
    limit = ask.whole("limit", 30, least=1, most=200)
    wanted = Wanted(
        rule_id=ask.word("rule"),
        source_id=ask.word("source"),
        matched=ask.query.get("matched", "") in {"1", "true", "on"},
        before=_mark(ask.word("before")),
        limit=limit + 1,
    )
    live = ask.state.live()

    def look(tx: Transaction) -> tuple[list[StoryMark], list[StoryLine]]:
        marks = latest_stories(tx, wanted)
        return marks, story_lines(tx, marks[:limit], live)

    marks, lines = await ask.database.read(look)
    last = marks[limit - 1] if len(marks) > limit else None
    return Stories(
        stories=tuple(lines),
        rule=wanted.rule_id,
        source=wanted.source_id,
        matched=wanted.matched,
        next=_mark_text(last) if last else None,
    )


def story_lines(
    tx: Transaction, marks: Iterable[StoryMark], live: LiveConfig
) -> list[StoryLine]:
    """Return one line per story, in the order of the marks; the canaries are left out."""
    found = [load_story(tx, mark.story_id) for mark in marks]
    kept = [each for each in found if each is not None and each.outlets != (SOURCE_ID,)]
    firsts = {each.id: each for each in load_articles(tx, {s.first_article_id for s in kept})}
    return [
        story_line(each, firsts.get(each.first_article_id), matches_of_story(tx, each.id), live)
        for each in kept
    ]


def story_line(
    story: Story, first: StoredArticle | None, matches: Sequence[Match], live: LiveConfig
) -> StoryLine:
    """Return one story's line; its first article may have been let go of."""
    names = live.outlets
    rules = _rule_names(matches, live)
    quotes = quotes_of(matches)
    loudest = [q for q in quotes if rules and q.rule_id == rules[0].id]
    loudest.sort(key=lambda quote: quote.place == "headline")  # that is read anyway
    return StoryLine(
        id=story.id,
        headline=(first.article.headline if first else "") or "(no headline)",
        language=first.article.language if first else "",
        url=first.article.url if first else "",
        first_seen=story.first_seen,
        last_seen=story.last_seen,
        outlets=tuple(Outlet(id=each, name=names.get(each, each)) for each in story.outlets),
        articles=len(story.article_ids),
        origins=tuple(story.origins),
        rules=rules,
        quote=loudest[0] if loudest else None,
    )


def quote_of(rule_id: str, note: EvidenceNote) -> Quote:
    """Return a piece of evidence with its words marked in their sentence."""
    place = f"{note.field} ¶{note.paragraph}" if note.paragraph else note.field
    return Quote(
        rule_id=rule_id,
        place=place,
        words=note.words,
        sentence=mark_words(note.sentence, [note.words]),
    )


def quotes_of(matches: Iterable[Match]) -> list[Quote]:
    """Return the evidence of matches, each once, though several revisions show it."""
    found: dict[tuple[str, str, str], Quote] = {}
    for match in matches:
        for note in read_evidence(match.evidence_json):
            quote = quote_of(match.rule_id, note)
            found.setdefault((quote.rule_id, quote.place, quote.words), quote)
    return list(found.values())


def _rule_names(matches: Iterable[Match], live: LiveConfig) -> tuple[RuleName, ...]:
    """Return the rules that matched, the loudest first; a rule since deleted keeps its id."""
    names = {rule.id: rule.name for rule in live.config.rules}
    loudest: dict[str, Severity] = {}
    for match in matches:
        before = loudest.get(match.rule_id, Severity.DIGEST)
        loudest[match.rule_id] = min(before, Severity(match.severity), key=LOUDNESS.index)
    ordered = sorted(loudest.items(), key=lambda item: LOUDNESS.index(item[1]))
    return tuple(
        RuleName(id=rule_id, name=names.get(rule_id, rule_id), severity=severity.value)
        for rule_id, severity in ordered
    )


def _mark(before: str | None) -> StoryMark | None:
    if before is None:
        return None
    found = MARK.fullmatch(before)
    if found is None:
        raise BadAsk("before must be what `next` of the page before said")
    last_seen = EPOCH + timedelta(microseconds=int(found[1]))
    return StoryMark(last_seen=last_seen, story_id=int(found[2]))


def _mark_text(mark: StoryMark) -> str:
    return f"{(mark.last_seen - EPOCH) // timedelta(microseconds=1)}-{mark.story_id}"
