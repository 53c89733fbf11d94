"""Say which digests carried a match: the one that showed it, or why none did."""

from collections.abc import Collection, Iterator

from alerts.digest.issue import unpack
from alerts.digest.scope import rules_of
from alerts.routing.telling import minute
from config.config import Config
from storage.digest_windows import DigestIssue, issue_covering
from storage.matches import Match
from storage.transaction import Transaction


def carried(
    tx: Transaction, match: Match, addresses: Collection[str], config: Config
) -> Iterator[tuple[str, str]]:
    """Yield each digest that takes the rule, with what it did; addresses are the story's."""
    for plan in config.digests:
        if match.rule_id in rules_of(plan, config.rules):
            issue = issue_covering(tx, plan.id, match.matched_at)
            yield plan.id, _said(issue, addresses)


def _said(issue: DigestIssue | None, addresses: Collection[str]) -> str:
    if issue is None:
        return "not in a digest yet; the next one takes it in"
    written = f"the digest of {minute(issue.end)}"
    content = unpack(issue.content)
    # An address stands on a line of its own in the text, and as a string in the attachment.
    if not set(addresses).isdisjoint(line.strip() for line in content["text"].splitlines()):
        return f"in {written}"
    if any(f'"{address}"' in content["jsonl"] for address in addresses):
        return f"in the attachment of {written}: there was no room for it in the mail"
    return f"not shown in {written}: told in one before it, or no room"
