"""Everything in the config folder, checked and frozen."""

from dataclasses import dataclass

from config.channel import Channel
from config.digest import Digest
from config.errors import Mistake
from config.rule import RuleText, TermList
from config.settings import Settings
from config.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What people wrote, as one value; a running daemon swaps it whole."""

    settings: Settings
    sources: tuple[Source, ...]
    terms: tuple[TermList, ...]
    rules: tuple[RuleText, ...]
    channels: tuple[Channel, ...]
    digests: tuple[Digest, ...]
    fingerprint: str  # SHA-256 over the bytes of every file read
    rules_fingerprint: str  # likewise over rules/ alone
    warnings: tuple[Mistake, ...] = ()
