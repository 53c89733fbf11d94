"""Tell Prometheus: depths as gauges read at each scrape, ways of articles as histograms.

Histograms observe each article once, in the scrape that finds its way complete or given up
waiting; they begin with this run of the daemon. No label names a host or a source.
"""

from collections import Counter as Count
from datetime import datetime, timedelta

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from alerts.promise import BACKLOG_S
from crawler.pages.answer import Ask
from crawler.pages.sources import ORDER, source_lines
from storage.coverage import ledger_sums
from storage.ledger import LedgerState
from storage.outbox import OutboxState, outbox_sums
from storage.overview import Lag, Sums, lags, oldest_due, sums
from storage.sources import Poll, polls_between
from storage.transaction import Transaction

BUCKETS = (1, 5, 15, 60, 300, 900, 1800, 3600, 10_800, 43_200, 86_400)
LOOKS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)  # seconds: how long a look takes
SETTLE = timedelta(minutes=5)  # an article is observed when it has had so long to be told
LONGEST_LOOK_BACK = timedelta(hours=6)


class Metrics:
    """The figures of this run; one object, asked by one scrape at a time."""

    def __init__(self, since: datetime) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # memory, CPU and open files of this process
        self.observed_until = since
        self._polled_until = since
        self.polls = self._counter(
            "polls", "Looks at feeds, sitemaps and sections", ["outcome"]
        )
        self.fetch = self._histogram("poll_seconds", "How long one look took", LOOKS)
        self.seen = self._histogram("published_to_seen_seconds", "Publication to discovery")
        self.matched = self._histogram("seen_to_matched_seconds", "Discovery to match")
        self.delivered = self._histogram("matched_to_delivered_seconds", "Match to delivery")
        self.stored = self._gauge("stored", "What is stored", ["what"])
        self.links = self._gauge("ledger_links", "Addresses by their state", ["state"])
        self.outbox = self._gauge("outbox_messages", "Messages by their state", ["state"])
        self.sources = self._gauge("sources", "Sources by their condition", ["condition"])
        self.burning = self._gauge("sources_late", "Sources whose promise is broken today")
        self.clocks = self._gauge("sources_wrong_clock", "Sources whose stamps are off")
        self.polling = self._gauge("sources_polling", "Sources being read right now")
        self.rules = self._gauge("rules", "Rules that are live")
        self.stale = self._gauge("rules_stale", "1: an edit of the configuration was refused")
        self.loop = self._gauge("loop_late_seconds", "Worst late wake-up in the last minute")
        self.started = self._gauge("start_time_seconds", "When the daemon started, Unix time")
        self.late = self._gauge("oldest_due_seconds", "Due for so long, not taken", ["what"])

    async def scrape(self, ask: Ask) -> bytes:
        """Return everything in Prometheus' text form."""
        now = ask.state.clock()
        live = ask.state.live()
        since = max(self.observed_until, now - LONGEST_LOOK_BACK)
        until = max(since, now - SETTLE)
        polled = max(self._polled_until, now - LONGEST_LOOK_BACK)

        def look(tx: Transaction) -> None:
            self._gauges(tx, now)
            self._observe(lags(tx, since), until, polls_between(tx, polled, now))
            objective = live.config.settings.alerts.objective
            lines = source_lines(tx, live.config.sources, now, objective)
            conditions = Count(line.condition for line in lines)
            for condition in ORDER:
                self.sources.labels(condition).set(conditions[condition])
            self.burning.set(sum(line.burning for line in lines))
            self.clocks.set(sum(bool(line.clock_note) for line in lines))

        await ask.database.read(look)
        self.observed_until, self._polled_until = until, now
        health = ask.state.health
        self.polling.set(health.running)
        self.rules.set(len(live.config.rules))
        self.stale.set(bool(health.rejected_config or health.rejected_plan))
        self.loop.set(health.pulse.worst)
        self.started.set(health.started_at.timestamp())
        return generate_latest(self.registry)

    def _gauges(self, tx: Transaction, now: datetime) -> None:
        stored: Sums = sums(tx)
        for what in ("articles", "stories", "revisions", "matches"):
            self.stored.labels(what).set(getattr(stored, what))
        links, messages = ledger_sums(tx), outbox_sums(tx)
        for state in LedgerState:
            self.links.labels(state.value).set(links.get(state, 0))
        for each in OutboxState:
            self.outbox.labels(each.value).set(messages.get(each, 0))
        for what, due in zip(("source", "message"), oldest_due(tx, now), strict=True):
            self.late.labels(what).set(max(0.0, (now - due).total_seconds()) if due else 0)

    def _observe(self, found: list[Lag], until: datetime, polls: list[Poll]) -> None:
        for lag in found:
            if lag.first_seen >= until:
                continue  # the next scrape takes it
            if lag.published_to_seen is not None and 0 <= lag.published_to_seen <= BACKLOG_S:
                self.seen.observe(lag.published_to_seen)
            if lag.seen_to_matched is not None:
                self.matched.observe(lag.seen_to_matched)
            if lag.matched_to_delivered is not None:
                self.delivered.observe(lag.matched_to_delivered)
        for poll in polls:
            self.polls.labels(poll.outcome).inc()
            self.fetch.observe(poll.elapsed.total_seconds())

    def _gauge(self, name: str, words: str, labels: list[str] | None = None) -> Gauge:
        return Gauge(f"presswatch_{name}", words, labels or [], registry=self.registry)

    def _counter(self, name: str, words: str, labels: list[str]) -> Counter:
        return Counter(f"presswatch_{name}", words, labels, registry=self.registry)

    def _histogram(
        self, name: str, words: str, buckets: tuple[float, ...] = BUCKETS
    ) -> Histogram:
        return Histogram(f"presswatch_{name}", words, registry=self.registry, buckets=buckets)
