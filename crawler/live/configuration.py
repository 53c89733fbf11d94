"""Hold the configuration that is live, and swap it whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from alerts.canary import canary_rule
from alerts.collector import collector_at_rest
from alerts.explaining.ruletests import run_rule_tests
from alerts.matching.rulereader import query_mistakes
from alerts.matching.ruleset import RuleSet, compile_rules
from config.config import Config
from config.crosscheck import names_of
from config.errors import ConfigError
from config.load import read_draft
from config.source import Source
from crawler.homes import Homes


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A configuration together with what is made of it once: compiled rules, sources by id."""

    config: Config
    ruleset: RuleSet
    sources: Mapping[str, Source]  # the enabled ones
    outlets: Mapping[str, str]  # source id → name, disabled ones too
    homes: Homes  # of the enabled ones


def check_live(directory: Path, environ: Mapping[str, str]) -> Live:
    """Load, compile and run the rules' own tests; raises ConfigError, also for E130."""
    live = load_live(directory, environ)
    if failed := run_rule_tests(live.ruleset):
        raise ConfigError(failed)
    return live


def load_live(directory: Path, environ: Mapping[str, str], called: Path | None = None) -> Live:
    """Load and compile the folder's files as they stand now; a copy is called by its original.

    Raises ConfigError with every mistake at once, of files and of queries alike.
    """
    with collector_at_rest():
        draft = read_draft(directory, environ, called)
        if draft.config is not None:
            return make_live(draft.config)
    found = query_mistakes(
        draft.rules, draft.terms, known_sources=draft.sources, all_lists=draft.all_lists
    )
    errors = [each for each in (*draft.mistakes, *found) if not each.warning]
    raise ConfigError(sorted(errors, key=lambda each: (each.path, each.line or 0)))


def make_live(config: Config) -> Live:
    """Compile the rules of a configuration; raises ConfigError with every mistake in them."""
    canary = config.settings.alerts.canary_channel
    rules = (*config.rules, canary_rule(canary)) if canary else config.rules
    ruleset = compile_rules(rules, config.terms, known_sources=names_of(config.sources))
    watched = {source.id: source for source in config.sources if source.enabled}
    return Live(
        config=config,
        ruleset=ruleset,
        sources=MappingProxyType(watched),
        outlets=MappingProxyType({source.id: source.name for source in config.sources}),
        homes=Homes(watched.values()),
    )


class Holder:
    """The one place that knows which configuration is live."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def __call__(self) -> Live:
        """Return what is live now."""
        return self._live

    def swap(self, live: Live) -> None:
        """Let a checked configuration go live, whole and at once."""
        self._live = live
