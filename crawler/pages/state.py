"""What the pages must be handed besides the database."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from alerts.matching.ruleset import RuleSet
from config.config import Config
from config.source import Source
from crawler.health import Health


class LiveConfig(Protocol):
    """The configuration that is live, with its compiled rules."""

    @property
    def config(self) -> Config:
        """Return what people wrote."""

    @property
    def ruleset(self) -> RuleSet:
        """Return the rules compiled from it."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Return the enabled sources by id."""

    @property
    def outlets(self) -> Mapping[str, str]:
        """Return the sources' names by id."""


class State(Protocol):
    """The running daemon as the pages see it."""

    @property
    def live(self) -> Callable[[], LiveConfig]:
        """Return what tells the live configuration; it may be another at each call."""

    @property
    def health(self) -> Health:
        """Return what the daemon knows of itself."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Return what tells the time."""
