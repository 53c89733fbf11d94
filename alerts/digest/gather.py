"""Read from the database everything one digest is written from, inside one transaction."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.canary import RULE_ID as CANARY
from alerts.digest.due import Window, covered
from alerts.digest.facts import (
    ArticleFact,
    CanaryFact,
    ChangeFact,
    DigestFacts,
    GapFact,
    NearFact,
    StoryFact,
    TrendFact,
    UrgentFact,
)
from alerts.digest.health import (
    Quiet,
    delivery_facts,
    rule_facts,
    source_facts,
)
from alerts.digest.near import near_misses
from alerts.event import LOUDNESS, loudest
from alerts.notification import ChangeNote, RuleNote
from alerts.plain import one_line, shorten
from alerts.report import is_material, read_evidence
from alerts.ruleset import RuleSet
from config.config import Config
from config.digest import DigestPlan
from config.rule import RuleText, Severity
from storage.alert_log import SentAlert, alerts_between
from storage.articles import StoredArticle, load_articles
from storage.canaries import latest_canary
from storage.database import Transaction
from storage.matches import Match, matches_between, matches_of_story
from storage.revisions import revisions_between
from storage.sources import SourceState, gaps_between
from storage.stories import Story, load_story
from storage.tallies import articles_read, earlier_matches, match_times, silent_issues

TREND_DAYS = 14
HEADLINE_MOST, NEWSROOM_MOST = 250, 80


def nobody_quiet(state: SourceState) -> Quiet | None:
    """Judge no source: for those who have no rhythm to judge by."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a digest must know beside the database."""

    config: Config
    judge: Callable[[SourceState], Quiet | None] = nobody_quiet  # quiet against its own rhythm
    ruleset: RuleSet | None = None  # None: no near misses are looked for
    rejected: str = ""  # why the last edit of the rules did not go live
    archive: str = ""  # address of the page with earlier digests


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One gathering: the plan, its rules, its window."""

    tx: Transaction
    plan: DigestPlan
    window: Window
    rules: dict[str, RuleText]
    names: dict[str, str]  # newsrooms by source id


def gather_facts(
    tx: Transaction, plan: DigestPlan, window: Window, around: Surroundings
) -> DigestFacts:
    """Read the facts of one window."""
    config = around.config
    reading = _Reading(
        tx=tx,
        plan=plan,
        window=window,
        rules=rules_of(plan, config.rules),
        names={source.id: source.name for source in config.sources},
    )
    matches = [
        match
        for match in matches_between(tx, window.start, window.end)
        if match.rule_id in reading.rules
    ]
    alerts = _alerts(reading)
    stories, copied = _stories(reading, matches, alerts)
    urgent, slowest = _urgent(reading, alerts)
    silent = 0 if stories else silent_issues(tx, plan.id, window.start) + 1
    return DigestFacts(
        plan=plan,
        window=window,
        runs=covered(plan, window),
        stories=stories,
        urgent=urgent,
        changes=_changes(reading),
        near=_near(reading, around.ruleset),
        trends=_trends(reading),
        sources=source_facts(tx, config.sources, window, around.judge),
        gaps=_gaps(reading),
        rules=rule_facts(tx, reading.rules, stories, window),
        delivery=delivery_facts(tx, window),
        canary=_canary(tx) if config.settings.alerts.canary_channel else None,
        articles=articles_read(tx, window.start, window.end),
        copied=copied,
        silent_days=silent,
        slowest=slowest,
        rejected=around.rejected,
        rules_fingerprint=config.rules_fingerprint,
        archive=around.archive,
        desk=config.settings.mail.reply_to or "",
    )


def rules_of(plan: DigestPlan, rules: Sequence[RuleText]) -> dict[str, RuleText]:
    """Return the rules whose stories stand in a digest: by id, by owner, or all."""
    return {
        rule.id: rule
        for rule in rules
        if rule.digest is not None
        and rule.id != CANARY
        and (not plan.rules or rule.id in plan.rules or rule.owner in plan.rules)
    }


def _alerts(reading: _Reading) -> list[SentAlert]:
    window = reading.window
    return [
        alert
        for alert in alerts_between(reading.tx, window.start, window.end)
        if alert.kind == "alert" and set(alert.rule_ids) & set(reading.rules)
    ]


def _stories(
    reading: _Reading, matches: Sequence[Match], alerts: Sequence[SentAlert]
) -> tuple[tuple[StoryFact, ...], int]:
    """Return the stories to show, and how many of earlier days were only copied further."""
    by_story: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        by_story[match.story_id].append(match)
    earlier = earlier_matches(reading.tx, by_story, reading.window.start)
    told: dict[int, set[str]] = defaultdict(set)
    for alert in alerts:
        told[alert.story_id].update(alert.rule_ids)
    shown, copied = [], 0
    for story_id, found in by_story.items():
        known = earlier.get(story_id, set()) & set(reading.rules)
        fresh = {match.rule_id for match in found} - known
        if known and not fresh and story_id not in told:
            copied += 1
        elif fact := _story(reading, found, told.get(story_id, set()), update=bool(known)):
            shown.append(fact)
    return tuple(shown), copied


def _story(
    reading: _Reading, matches: Sequence[Match], told: set[str], *, update: bool
) -> StoryFact | None:
    """Return one story; None: its articles were let go of since."""
    story_id = matches[0].story_id
    story = load_story(reading.tx, story_id)
    articles = load_articles(reading.tx, [matches[0].article_id])
    if story is None or not articles:
        return None
    notes = _rule_notes(reading, matches, told)
    loud = loudest(tuple(note.severity for note in notes))
    lead = next(note for note in notes if note.severity is loud)
    place = reading.rules[lead.id].digest
    return StoryFact(
        id=story_id,
        article=article_fact(articles[0], reading.names),
        rules=notes,
        severity=loud,
        section=(place.section if place else "") or lead.name,
        outlets=_others(reading, story, articles[0]),
        languages=len(story.languages),
        origins=story.origins,
        most=place.max if place else 0,
        update=update,
    )


def _others(reading: _Reading, story: Story, shown: StoredArticle) -> tuple[str, ...]:
    return tuple(
        reading.names.get(source, source)
        for source in story.outlets
        if source != shown.article.source_id
    )


def _rule_notes(
    reading: _Reading, matches: Sequence[Match], told: set[str]
) -> tuple[RuleNote, ...]:
    """Return each rule once, with the evidence of its first match, the loudest first."""
    first = {match.rule_id: match for match in reversed(matches)}
    notes = [
        RuleNote(
            id=match.rule_id,
            name=reading.rules[match.rule_id].name,
            severity=_severity(reading.rules[match.rule_id], match, told),
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


def article_fact(stored: StoredArticle, names: dict[str, str]) -> ArticleFact:
    """Return what a digest shows of an article."""
    article = stored.article
    newsroom = one_line(article.newsroom) or names.get(article.source_id, article.source_id)
    return ArticleFact(
        id=stored.id,
        url=article.url,
        headline=shorten(one_line(article.headline), HEADLINE_MOST) or article.url,
        newsroom=shorten(newsroom, NEWSROOM_MOST),
        first_seen=stored.first_seen,
        published_at=article.published_at,
        language=article.language,
    )


def _urgent(
    reading: _Reading, alerts: Sequence[SentAlert]
) -> tuple[tuple[UrgentFact, ...], timedelta | None]:
    """Return one line per urgent story, and the slowest way from publication to alert."""
    by_story: dict[int, list[SentAlert]] = defaultdict(list)
    for alert in alerts:
        by_story[alert.story_id].append(alert)
    lines, waits = [], []
    for story_id, told in by_story.items():
        article = _first_article(reading, story_id)
        if article is None:
            continue
        ends = [a.finished_at for a in told if a.finished_at and a.state in {"sent", "folded"}]
        sent_at = min(ends, default=None)
        if sent_at and isinstance(article.published_at, datetime):
            waits.append(sent_at - article.published_at)
        if any(Severity.URGENT in alert.severities for alert in told):
            lines.append(
                UrgentFact(
                    headline=article.headline,
                    url=article.url,
                    newsroom=article.newsroom,
                    channel=told[0].channel,
                    sent_at=sent_at,
                    language=article.language,
                )
            )
    believable = [wait for wait in waits if timedelta() <= wait < timedelta(days=2)]
    return tuple(lines), max(believable, default=None)


def _first_article(reading: _Reading, story_id: int) -> ArticleFact | None:
    found = matches_of_story(reading.tx, story_id)
    mine = [match.article_id for match in found if match.rule_id in reading.rules]
    articles = load_articles(reading.tx, mine[:1])
    return article_fact(articles[0], reading.names) if articles else None


def _changes(reading: _Reading) -> tuple[ChangeFact, ...]:
    """Return the material edits of articles whose story one of our rules matched."""
    facts = []
    for revision in revisions_between(reading.tx, reading.window.start, reading.window.end):
        changes = tuple(
            ChangeNote(kind=change.kind, before=change.before, after=change.after)
            for change in revision.changes
        )
        stored = (
            load_articles(reading.tx, [revision.article_id]) if is_material(changes) else []
        )
        if not stored or not _is_ours(reading, stored[0].story_id):
            continue
        facts.append(
            ChangeFact(
                article=article_fact(stored[0], reading.names),
                changes=tuple(change for change in changes if is_material((change,))),
                silent=revision.silent,
                at=revision.seen_at,
            )
        )
    return tuple(facts)


def _is_ours(reading: _Reading, story_id: int) -> bool:
    found = matches_of_story(reading.tx, story_id)
    return any(match.rule_id in reading.rules for match in found)


def _near(reading: _Reading, ruleset: RuleSet | None) -> tuple[NearFact, ...]:
    """Return the newest articles that one clause kept from one of our rules."""
    if ruleset is None:
        return ()
    mine = ruleset.only(reading.rules)
    misses = near_misses(reading.tx, mine, reading.window)
    return tuple(
        NearFact(
            article=article_fact(miss.stored, reading.names),
            rule=miss.rule_id,
            reason=miss.reason,
        )
        for miss in misses
    )


def _trends(reading: _Reading) -> tuple[TrendFact, ...]:
    """Count stories per rule in the fourteen days that end with the window."""
    end = reading.window.end
    found: dict[str, list[set[int]]] = {
        rule: [set() for _ in range(TREND_DAYS)] for rule in reading.rules
    }
    for rule, story, at in match_times(reading.tx, end - timedelta(days=TREND_DAYS), end):
        if rule in found:
            found[rule][TREND_DAYS - 1 - (end - at - timedelta.resolution).days].add(story)
    return tuple(
        TrendFact(rule=rule, counts=tuple(len(day) for day in days))
        for rule, days in found.items()
        if any(days)
    )


def _gaps(reading: _Reading) -> tuple[GapFact, ...]:
    window = reading.window
    return tuple(
        GapFact(
            source=reading.names.get(gap.source_id, gap.source_id),
            start=gap.since,
            end=gap.until,
        )
        for gap in gaps_between(reading.tx, window.start, window.end)
    )


def _canary(tx: Transaction) -> CanaryFact:
    latest = latest_canary(tx)
    return CanaryFact(came_at=latest.came_at if latest else None)
