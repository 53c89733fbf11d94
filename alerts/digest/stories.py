"""Read a window's stories: what matched, what is new about it, what was only copied further."""

from collections import defaultdict
from collections.abc import Sequence

from alerts.digest.facts import ArticleFact, StoryFact, Thumbnail
from alerts.digest.scope import Scope, article_fact
from alerts.notification import RuleNote
from alerts.plain import one_line, shorten
from alerts.routing.event import LOUDNESS, loudest
from alerts.routing.facts import facts_of
from alerts.routing.report import read_evidence
from config.rule import RuleText, Severity
from storage.alert_log import SentAlert
from storage.articles import StoredArticle, load_articles
from storage.matches import Match
from storage.stories import Story, load_story
from storage.tallies import earlier_matches
from storage.thumbnails import load_thumbnail

CAPTION_MOST = 160
TELLINGS_MOST = 12  # the newest of a story are read for what they state


def read_stories(
    scope: Scope, matches: Sequence[Match], alerts: Sequence[SentAlert]
) -> tuple[tuple[StoryFact, ...], int]:
    """Return the stories to show, and how many of earlier days were only copied further."""
    by_story: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        by_story[match.story_id].append(match)
    earlier = earlier_matches(scope.tx, by_story, scope.window.start, mark=scope.mark)
    told: dict[int, set[str]] = defaultdict(set)
    for alert in alerts:
        told[alert.story_id].update(alert.rule_ids)
    shown, copied = [], 0
    for story_id, found in by_story.items():
        known = earlier.get(story_id, set()) & set(scope.rules)
        fresh = {match.rule_id for match in found} - known
        if known and not fresh and story_id not in told:
            copied += 1
        elif fact := _story(scope, found, told.get(story_id, set()), update=bool(known)):
            shown.append(fact)
    return tuple(shown), copied


def _story(
    scope: Scope, matches: Sequence[Match], told: set[str], *, update: bool
) -> StoryFact | None:
    """Return one story; None: its articles were let go of since."""
    story_id = matches[0].story_id
    story = load_story(scope.tx, story_id)
    articles = load_articles(scope.tx, [matches[0].article_id])
    if story is None or not articles:
        return None
    notes = _rule_notes(scope, matches, told)
    loud = loudest(tuple(note.severity for note in notes))
    lead = next(note for note in notes if note.severity is loud)
    place = scope.rules[lead.id].digest
    return StoryFact(
        id=story_id,
        article=article_fact(articles[0], scope.names),
        rules=notes,
        severity=loud,
        section=(place.section if place else "") or lead.name,
        outlets=_others(scope, story, articles[0]),
        languages=len(story.languages),
        origins=story.origins,
        most=place.max if place else 0,
        update=update,
        latest=_latest(scope, matches),
        thumbnail=_thumbnail(scope, articles[0]) if scope.digest.thumbnails else None,
    )


def _latest(scope: Scope, matches: Sequence[Match]) -> ArticleFact | None:
    """Return the newest article that states figures or names those before it did not.

    What is shown of a story came first: three dead there may be twelve by the evening.
    """
    first, *later = dict.fromkeys(match.article_id for match in matches)
    known: frozenset[str] = frozenset()
    latest = None
    for stored in load_articles(scope.tx, [first, *later[-TELLINGS_MOST:]]):
        facts = facts_of(stored.article)
        if known and facts.unknown(known):
            latest = stored
        known |= facts.stated
    return None if latest is None else article_fact(latest, scope.names)


def _thumbnail(scope: Scope, shown: StoredArticle) -> Thumbnail | None:
    image, kept = shown.article.lead_image, load_thumbnail(scope.tx, shown.id)
    if image is None or kept is None or kept.content is None:
        return None
    return Thumbnail(
        content_type=kept.content_type,
        content=kept.content,
        caption=shorten(one_line(image.caption or image.alt), CAPTION_MOST),
        credit=shorten(one_line(image.credit), CAPTION_MOST),
    )


def _others(scope: Scope, story: Story, shown: StoredArticle) -> tuple[str, ...]:
    return tuple(
        scope.names.get(source, source)
        for source in story.outlets
        if source != shown.article.source_id
    )


def _rule_notes(scope: Scope, matches: Sequence[Match], told: set[str]) -> tuple[RuleNote, ...]:
    """Return each rule once, with the evidence of its first match, the loudest first."""
    first = {match.rule_id: match for match in reversed(matches)}
    notes = [
        RuleNote(
            id=match.rule_id,
            name=scope.rules[match.rule_id].name,
            severity=_severity(scope.rules[match.rule_id], match, told),
            score=match.score,
            evidence=read_evidence(match.evidence_json),
        )
        for match in first.values()
    ]
    return tuple(sorted(notes, key=lambda note: (LOUDNESS.index(note.severity), note.id)))


def _severity(rule: RuleText, match: Match, told: set[str]) -> Severity:
    """Return how loud a match is: below its threshold a rule only counts."""
    if rule.threshold is not None and rule.id not in told:
        return Severity.DIGEST
    return Severity(match.severity)
