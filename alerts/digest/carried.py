"""Say which digests carried a story's matches: the one that showed it, or why none did."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alerts.digest.issue import unpack
from alerts.digest.scope import rules_of
from alerts.routing.telling import minute
from config.config import Config
from config.digest import Digest
from storage.digest_windows import issues_since
from storage.matches import Match
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issue:
    """One digest that was written, as far as it concerns the story."""

    end: datetime
    where: str  # "in ", "in the attachment of "; empty: it does not show the story


class Carried:
    """Know every digest since a story's first match; each is read once."""

    def __init__(
        self, tx: Transaction, since: datetime, addresses: Collection[str], config: Config
    ) -> None:
        """Read the digests that ended after then; addresses are the story's."""
        self._rules = {digest.id: rules_of(digest, config.rules) for digest in config.digests}
        self._issues = {
            digest.id: _issues(tx, digest, since, addresses) for digest in config.digests
        }

    def by(self, match: Match) -> Iterator[tuple[str, str]]:
        """Yield the id of each digest that takes the rule, with what it did."""
        for digest_id, issues in self._issues.items():
            if match.rule_id in self._rules[digest_id]:
                # After a clock was set back, the issue after the one of its time is the one.
                after = [each for each in issues if each.end > match.matched_at]
                yield digest_id, _said(after[:2])


def _issues(
    tx: Transaction, digest: Digest, since: datetime, addresses: Collection[str]
) -> list[_Issue]:
    return [
        _Issue(end=issue.end, where=_where(unpack(issue.content), addresses))
        for issue in issues_since(tx, digest.id, since)
    ]


def _said(issues: list[_Issue]) -> str:
    if not issues:
        return "not in a digest yet; the next one takes it in"
    for issue in issues:
        if issue.where:
            return f"{issue.where}the digest of {minute(issue.end)}"
    return f"not shown in the digest of {minute(issues[0].end)}: known before, or no room"


def _where(content: Mapping[str, Any], addresses: Collection[str]) -> str:
    """Return where in a digest one of these addresses stands; empty: nowhere."""
    # An address stands on a line of its own in the text, and as a string in the attachment.
    if not set(addresses).isdisjoint(line.strip() for line in content["text"].splitlines()):
        return "in "
    in_attachment = any(f'"{address}"' in content["jsonl"] for address in addresses)
    return "in the attachment of " if in_attachment else ""
