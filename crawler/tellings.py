"""Answer "why was I not told?": of each match, what every channel and digest did with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.delivery.whereabouts import whereabouts
from alerts.digest.carried import Carried
from alerts.routing.telling import Telling, minute, read_tellings
from config.config import Config
from storage.articles import load_articles
from storage.matches import Match, matches_of_story
from storage.transaction import Transaction

OLDER = "not recorded: the match is older than this record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one channel, or one digest, did with a match."""

    to: str  # "duty-mail", "digest daily"; empty: every channel
    told: bool  # a message was owed; where it is by now, `what` says
    what: str  # "alert, sent 2026-11-26 09:14Z"; "the rule is muted (mute_until: …)"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchTold:
    """One rule that matched one revision of an article, and what came of it."""

    article_id: int
    revision: int
    rule_id: str
    severity: str
    matched_at: datetime
    said: tuple[Said, ...]


def tellings_of_story(
    tx: Transaction,
    story_id: int,
    config: Config,
    *,
    articles: Collection[int] | None = None,
) -> list[MatchTold]:
    """Return the matches of a story, in the order they came, with what was told of each.

    Only those of some of its articles, where these are named.
    """
    matches = matches_of_story(tx, story_id)
    if not matches:
        return []
    matched = load_articles(tx, {match.article_id for match in matches})
    addresses = {stored.article.url for stored in matched}
    digests = Carried(tx, matches[0].matched_at, addresses, config)
    return [
        _told(tx, match, digests)
        for match in matches
        if articles is None or match.article_id in articles
    ]


def lines_of(told: Sequence[MatchTold]) -> list[str]:
    """Write matches for a terminal."""
    rows = []
    for match in told:
        edit = f", revision {match.revision}" if match.revision > 1 else ""
        rows.append(
            f"  {match.rule_id} ({match.severity}) matched #{match.article_id}{edit}, "
            f"{minute(match.matched_at)}"
        )
        rows += [f"      {f'{said.to}: ' if said.to else ''}{said.what}" for said in match.said]
    return rows


def _told(tx: Transaction, match: Match, digests: Carried) -> MatchTold:
    tellings = read_tellings(match.rule_id, match.tellings_json)
    said = [_said(tx, telling) for telling in tellings]
    said += [
        Said(to=f"digest {name}", told=what.startswith("in "), what=what)
        for name, what in digests.by(match)
    ]
    return MatchTold(
        article_id=match.article_id,
        revision=match.revision,
        rule_id=match.rule_id,
        severity=match.severity,
        matched_at=match.matched_at,
        said=tuple(said) if tellings else (Said(to="", told=False, what=OLDER), *said),
    )


def _said(tx: Transaction, telling: Telling) -> Said:
    if telling.key:
        return Said(to=telling.channel, told=True, what=whereabouts(tx, telling.key))
    return Said(to=telling.channel, told=False, what=f"not told: {telling.silence}")
