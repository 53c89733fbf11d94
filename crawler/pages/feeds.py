"""Give what rules matched as Atom feeds: one per rule, one per desk (an owner's rules)."""

from collections.abc import Sequence
from datetime import timedelta

from alerts.feed import feed_articles
from config.rule import RuleText
from crawler.pages.answer import Ask, NotThere
from storage.export import atom_feed

SINCE = timedelta(days=30)
ATOM_TYPE = "application/atom+xml; charset=utf-8"


async def rule_feed(ask: Ask) -> str:
    """Write the feed of one rule."""
    rule_id = ask.path["rule_id"]
    rules = [rule for rule in ask.state.live().config.rules if rule.id == rule_id]
    if not rules:
        raise NotThere(f"There is no rule {rule_id}.")
    return await _feed(ask, rules, f"rules/{rule_id}", rules[0].name)


async def desk_feed(ask: Ask) -> str:
    """Write the feed of one owner's rules."""
    owner = ask.path["owner"]
    rules = [rule for rule in ask.state.live().config.rules if rule.owner == owner]
    if not owner or not rules:
        raise NotThere("No rule has this owner.")
    return await _feed(ask, rules, f"desks/{owner}", owner)


async def _feed(ask: Ask, rules: Sequence[RuleText], name: str, title: str) -> str:
    now = ask.state.clock()
    articles = await ask.database.read(lambda tx: feed_articles(tx, rules, now - SINCE))
    domain = ask.state.live().config.settings.mail.domain
    updated = max((stored.first_seen for stored in articles), default=now)
    return atom_feed(
        articles,
        feed_id=f"tag:{domain},2026:presswatch/{name}",
        title=f"presswatch: {title}",
        updated=updated,
    )
