"""Say which digests carried a match: the one that showed it, or why none did."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from alerts.digest.issue import unpack
from alerts.digest.scope import rules_of
from alerts.routing.telling import minute
from config.config import Config
from storage.digest_windows import DigestIssue, issues_since
from storage.matches import Match
from storage.transaction import Transaction


def carried(
    tx: Transaction, match: Match, addresses: Collection[str], config: Config
) -> Iterator[tuple[str, str]]:
    """Yield each digest that takes the rule, with what it did; addresses are the story's."""
    for plan in config.digests:
        if match.rule_id in rules_of(plan, config.rules):
            # After a clock was set back, the issue after the one of its time is the one.
            issues = issues_since(tx, plan.id, match.matched_at, limit=2)
            yield plan.id, _said(issues, addresses)


def _said(issues: Sequence[DigestIssue], addresses: Collection[str]) -> str:
    if not issues:
        return "not in a digest yet; the next one takes it in"
    for issue in issues:
        if where := _where(unpack(issue.content), addresses):
            return f"{where}the digest of {minute(issue.end)}"
    return f"not shown in the digest of {minute(issues[0].end)}: known before, or no room"


def _where(content: Mapping[str, Any], addresses: Collection[str]) -> str:
    """Return where in a digest one of these addresses stands; empty: nowhere."""
    # An address stands on a line of its own in the text, and as a string in the attachment.
    if not set(addresses).isdisjoint(line.strip() for line in content["text"].splitlines()):
        return "in "
    in_attachment = any(f'"{address}"' in content["jsonl"] for address in addresses)
    return "in the attachment of " if in_attachment else ""
