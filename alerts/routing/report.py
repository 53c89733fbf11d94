"""Say as a StoryEvent what storage and the rules know: the words that routing decides on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from alerts.matching.evidence import Evidence
from alerts.matching.ruleset import RuleMatch
from alerts.notification import (
    ArticleNote,
    ChangeNote,
    EvidenceNote,
    RuleNote,
    StoryNote,
    iso,
)
from alerts.plain import one_line, shorten, shorten_around
from alerts.routing.event import EventKind, MatchedRule, StoryEvent
from alerts.routing.facts import facts_of
from storage.article import Article, Stamp
from storage.matches import MatchRow
from storage.stories import Story

EVIDENCE_MOST = 3  # what is told of one rule; all of it is in `rules why`
SENTENCE_MOST, WORDS_MOST, SUMMARY_MOST = 320, 160, 500
IMMATERIAL = frozenset({"typo", "layout", "wording"})


def report(
    article: Article,
    story: StoryNote,
    matches: Sequence[RuleMatch],
    *,
    kind: EventKind,
    article_id: int,
    now: datetime,
) -> StoryEvent:
    """Report an article that came in; crawler/watch/ingest.py adds what an edit changed."""
    return StoryEvent(
        kind=kind,
        article=article_note(article, article_id, now),
        story=story,
        matches=tuple(matched_rule(match) for match in matches),
        facts=facts_of(article),
    )


def article_note(article: Article, article_id: int, first_seen: datetime) -> ArticleNote:
    """Return what is told of an article."""
    return ArticleNote(
        id=article_id,
        url=article.url,
        headline=shorten(one_line(article.headline), 300) or article.url,
        newsroom=one_line(article.newsroom) or article.source_id,
        source_id=article.source_id,
        authors=tuple(one_line(author) for author in article.authors[:5]),
        published_at=stamp_text(article.published_at),
        first_seen=iso(first_seen),
        language=article.language,
        summary=shorten(one_line(article.summary), SUMMARY_MOST),
    )


def story_note(story: Story, names: Mapping[str, str]) -> StoryNote:
    """Return what is told of a story; names are the outlets' by source id."""
    return StoryNote(
        id=story.id,
        outlets=tuple(names.get(source, source) for source in story.outlets),
        articles=len(story.article_ids),
        languages=story.languages,
        origins=story.origins,
    )


def matched_rule(match: RuleMatch) -> MatchedRule:
    """Return a rule that matched with what is told of it."""
    note = RuleNote(
        id=match.rule.id,
        name=match.rule.name,
        severity=match.rule.severity,
        owner=match.rule.owner,
        score=match.score,
        evidence=tuple(
            _evidence(each) for each in worth_telling(match.evidence)[:EVIDENCE_MOST]
        ),
    )
    return MatchedRule(rule=match.rule, note=note)


def worth_telling(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Choose what is worth telling: one mention per sentence, in the article's order."""
    sentences = {(each.field, each.block, each.sentence): each for each in reversed(evidence)}
    chosen = set(map(id, sentences.values()))
    return [each for each in evidence if id(each) in chosen]


def match_rows(event: StoryEvent) -> list[MatchRow]:
    """Return the matches of an event as storage keeps them."""
    return [
        MatchRow(
            rule_id=each.note.id,
            severity=each.note.severity,
            evidence_json=evidence_json(each.note.evidence),
            source_id=event.article.source_id,
            score=each.note.score,
        )
        for each in event.matches
    ]


def evidence_json(evidence: Sequence[EvidenceNote]) -> str:
    """Write evidence for storage."""
    return json.dumps([asdict(each) for each in evidence], ensure_ascii=False)


def read_evidence(text: str) -> tuple[EvidenceNote, ...]:
    """Read what evidence_json wrote."""
    return tuple(EvidenceNote(**each) for each in json.loads(text))


def is_material(changes: Sequence[ChangeNote]) -> bool:
    """Tell whether an edit is more than spelling and commas."""
    return any(change.kind not in IMMATERIAL for change in changes)


def stamp_text(stamp: Stamp | None) -> str:
    """Write a page's stamp: a day stays a day."""
    if stamp is None:
        return ""
    return iso(stamp) if isinstance(stamp, datetime) else stamp.isoformat()


def _evidence(evidence: Evidence) -> EvidenceNote:
    return EvidenceNote(
        field=evidence.field,
        block=None if evidence.block is None else evidence.block + 1,
        words=shorten(one_line(evidence.words), WORDS_MOST),
        sentence=shorten_around(evidence.sentence, evidence.words, SENTENCE_MOST),
    )
