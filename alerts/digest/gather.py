"""Read from the database everything one digest is written from, inside one transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.canary import SOURCE_ID
from alerts.digest.due import Window
from alerts.digest.facts import (
    ArticleFact,
    ChangeFact,
    DigestFacts,
    GapFact,
    NearFact,
    Silence,
    TrendFact,
    UrgentFact,
)
from alerts.digest.health import (
    delivery_facts,
    precision_facts,
    rule_facts,
    source_facts,
)
from alerts.digest.near import near_misses
from alerts.digest.observed import Observed
from alerts.digest.proof import judge_canary
from alerts.digest.scope import Scope, article_fact, rules_of
from alerts.digest.stories import read_stories
from alerts.judging import DIGEST, judging_in_mail
from alerts.matching.ruleset import RuleSet
from alerts.notification import ChangeNote
from alerts.routing.report import is_material
from config.config import Config
from config.digest import Digest
from config.rule import Severity
from storage.alert_log import SentAlert, alerts_between
from storage.arrivals import newest_arrival
from storage.articles import load_articles
from storage.canaries import latest_canary
from storage.digest_windows import mark_before
from storage.gaps import gaps_between
from storage.matches import (
    Match,
    matches_between,
    matches_late,
    matches_of_story,
    newest_match,
)
from storage.revisions import matched_revisions
from storage.signing import load_key
from storage.sources import SourceState
from storage.tallies import articles_read, match_times, silent_issues
from storage.transaction import Transaction

TREND_DAYS = 14


def nobody_silent(state: SourceState) -> Silence | None:
    """Judge no source: for those who have no rhythm to judge by."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a digest must know beside the database."""

    config: Config
    judge: Callable[[SourceState], Silence | None] = nobody_silent  # by its own rhythm
    ruleset: RuleSet | None = None  # None: no near misses are looked for
    rejected: str = ""  # why the last edit of the rules did not go live
    observed: Observed | None = None  # as it was seen before; None: it is looked at now


def gather_facts(
    tx: Transaction, digest: Digest, window: Window, around: Surroundings
) -> DigestFacts:
    """Read the facts of one window."""
    config = around.config
    scope = Scope(
        tx=tx,
        digest=digest,
        window=window,
        rules=rules_of(digest, config.rules),
        names={source.id: source.name for source in config.sources},
        mark=mark_before(tx, digest.id, window.start),
    )
    matches = [match for match in _matches(scope) if match.rule_id in scope.rules]
    alerts = _alerts(scope)
    stories, copied = read_stories(scope, matches, alerts)
    urgent, slowest = _urgent(scope, alerts)
    public = config.settings.status.public or ""
    seen = around.observed or _observe(scope, around)
    silent = 0 if stories else silent_issues(tx, digest.id, window.start) + 1
    return DigestFacts(
        digest=digest,
        window=window,
        stories=stories,
        urgent=urgent,
        changes=_changes(scope),
        near=_near(scope, around.ruleset),
        trends=_trends(scope),
        sources=seen.sources,
        gaps=seen.gaps,
        rules=rule_facts(tx, scope.rules, stories, window),
        precisions=seen.precisions,
        delivery=seen.delivery,
        canary=seen.canary,
        articles=articles_read(tx, window.start, window.end, but_of=SOURCE_ID),
        copied=copied,
        silent_days=silent,
        slowest=slowest,
        rejected=seen.rejected,
        rules_fingerprint=config.rules_fingerprint,
        public=public,
        judging=judging_in_mail(load_key(tx), public, f"{DIGEST}{digest.id}"),
        desk=config.settings.mail.reply_to or "",
        last_match=newest_match(tx),
        last_arrival=newest_arrival(tx),
    )


def _observe(scope: Scope, around: Surroundings) -> Observed:
    """Look at what changes by itself: how sources, channels and the canary fare."""
    tx, window, config = scope.tx, scope.window, around.config
    alerts = config.settings.alerts
    return Observed(
        sources=source_facts(tx, config.sources, window, around.judge, alerts),
        gaps=_gaps(scope),
        precisions=precision_facts(tx, scope.rules, window),
        delivery=delivery_facts(tx, window),
        canary=judge_canary(latest_canary(tx), window) if alerts.canary_channel else None,
        rejected=around.rejected,
    )


def _matches(scope: Scope) -> Iterator[Match]:
    """Yield what matched in the window, and what came too late for the one before.

    A clock set back lives some hours again: what matches in them bears a time of a window that
    has been sent. The order of storing knows better.
    """
    if scope.mark is not None:
        yield from matches_late(scope.tx, scope.mark, scope.window.start)
    yield from matches_between(scope.tx, scope.window.start, scope.window.end)


def _alerts(scope: Scope) -> list[SentAlert]:
    window = scope.window
    return [
        alert
        for alert in alerts_between(scope.tx, window.start, window.end)
        if alert.kind == "alert" and set(alert.rule_ids) & set(scope.rules)
    ]


def _urgent(
    scope: Scope, alerts: Sequence[SentAlert]
) -> tuple[tuple[UrgentFact, ...], timedelta | None]:
    """Return one line per urgent story, and the slowest way from publication to alert."""
    by_story: dict[int, list[SentAlert]] = defaultdict(list)
    for alert in alerts:
        by_story[alert.story_id].append(alert)
    lines, waits = [], []
    for story_id, told in by_story.items():
        article = _first_article(scope, story_id)
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


def _first_article(scope: Scope, story_id: int) -> ArticleFact | None:
    found = matches_of_story(scope.tx, story_id)
    mine = [match.article_id for match in found if match.rule_id in scope.rules]
    articles = load_articles(scope.tx, mine[:1])
    return article_fact(articles[0], scope.names) if articles else None


def _changes(scope: Scope) -> tuple[ChangeFact, ...]:
    """Return the material edits of articles whose story one of our rules matched."""
    facts = []
    for revision in matched_revisions(scope.tx, scope.window.start, scope.window.end):
        changes = tuple(
            ChangeNote(kind=change.kind, before=change.before, after=change.after)
            for change in revision.changes
        )
        stored = load_articles(scope.tx, [revision.article_id]) if is_material(changes) else []
        if not stored or not _is_ours(scope, stored[0].story_id):
            continue
        facts.append(
            ChangeFact(
                article=article_fact(stored[0], scope.names),
                changes=tuple(change for change in changes if is_material((change,))),
                silent=revision.silent,
                at=revision.seen_at,
            )
        )
    return tuple(facts)


def _is_ours(scope: Scope, story_id: int) -> bool:
    found = matches_of_story(scope.tx, story_id)
    return any(match.rule_id in scope.rules for match in found)


def _near(scope: Scope, ruleset: RuleSet | None) -> tuple[NearFact, ...]:
    """Return the newest articles that one clause kept from one of our rules."""
    if ruleset is None:
        return ()
    mine = ruleset.only(scope.rules)
    misses = near_misses(scope.tx, mine, scope.window)
    return tuple(
        NearFact(
            article=article_fact(miss.stored, scope.names),
            rule=miss.rule_id,
            reason=miss.reason,
        )
        for miss in misses
    )


def _trends(scope: Scope) -> tuple[TrendFact, ...]:
    """Count stories per rule in the fourteen days that end with the window."""
    end = scope.window.end
    found: dict[str, list[set[int]]] = {
        rule: [set() for _ in range(TREND_DAYS)] for rule in scope.rules
    }
    for rule, story, at in match_times(scope.tx, end - timedelta(days=TREND_DAYS), end):
        if rule in found:
            found[rule][TREND_DAYS - 1 - (end - at - timedelta.resolution).days].add(story)
    return tuple(
        TrendFact(rule=rule, counts=tuple(len(day) for day in days))
        for rule, days in found.items()
        if any(days)
    )


def _gaps(scope: Scope) -> tuple[GapFact, ...]:
    window = scope.window
    return tuple(
        GapFact(
            source=scope.names.get(gap.source_id, gap.source_id),
            start=gap.since,
            end=gap.until,
        )
        for gap in gaps_between(scope.tx, window.start, window.end)
    )
