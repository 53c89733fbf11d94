"""Tell Prometheus: depths as gauges read at each scrape, ways of articles as histograms.

Histograms observe each article once per stage, in the scrape after it has passed it; they begin
with this run of the daemon. No label names a host; a source is named only while it breaks its
promise, and only the worst are.
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

from alerts.canary import RULE_ID
from alerts.precision import WINDOW
from alerts.promise import BACKLOG_S, Stage
from crawler.pages.answer import Ask
from crawler.pages.lines import SourceLine
from crawler.pages.sources import ORDER, source_lines
from storage.coverage import ledger_sums
from storage.judgements import JudgementTally, Verdict, tally_judgements
from storage.lags import Lags, Passage, lags
from storage.ledger import LedgerState
from storage.outbox import OutboxState, outbox_sums
from storage.overview import Sums, oldest_due, sums
from storage.polls import Poll, polls_between
from storage.transaction import Transaction

BUCKETS = (1, 5, 15, 60, 300, 900, 1800, 3600, 10_800, 43_200, 86_400)
POLL_BUCKETS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)  # seconds
SETTLE = timedelta(minutes=1)  # what has a time is committed by then
LONGEST_LOOK_BACK = timedelta(hours=6)
NAMED = 20  # the worst breakers of their promise; the rules most judged


class Metrics:
    """The figures of this run; one object, asked by one scrape at a time."""

    def __init__(self, since: datetime) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # memory, CPU and open files of this process
        self.observed_until = since
        self._polled_until = since
        self.polls = self._counter(
            "polls", "Polls of feeds, sitemaps and sections", ["outcome"]
        )
        self.poll_seconds = self._histogram(
            "poll_seconds", "How long one poll took", POLL_BUCKETS
        )
        self.seen = self._histogram("published_to_seen_seconds", "Publication to discovery")
        self.matched = self._histogram(
            "seen_to_matched_seconds", "Discovery to read and tried against the rules"
        )
        self.delivered = self._histogram("matched_to_delivered_seconds", "Match to delivery")
        self.stored = self._gauge("stored", "What is stored", ["what"])
        self.links = self._gauge("ledger_links", "Addresses by their state", ["state"])
        self.outbox = self._gauge("outbox_messages", "Messages by their state", ["state"])
        self.sources = self._gauge("sources", "Sources by their condition", ["condition"])
        self.late_sources = self._gauge(
            "sources_late", "Sources that broke their promise in the last day", ["stage"]
        )
        self.burn = self._gauge(
            "promise_burn",
            "Share of the error budget spent in a day, of the worst that spent it all",
            ["source", "stage"],
        )
        self.clocks = self._gauge("sources_wrong_clock", "Sources whose stamps are off")
        self.polling = self._gauge("sources_polling", "Sources being read right now")
        self._answers: Count[str] = Count()  # counted already
        self.answers = self._counter(
            "worker_answers", "Pages and feeds read in workers", ["outcome"]
        )
        self.in_hand = self._gauge("worker_in_hand", "Given to the workers and not answered")
        self.rules = self._gauge("rules", "Rules that are live")
        self.judged = self._gauge(
            "rule_judged_matches",
            "Matches judged in 90 days, of the rules most judged",
            ["rule", "verdict"],
        )
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
            day, settings = lags(tx, now - timedelta(days=1), now), live.config.settings.alerts
            self._observe(day, since, until, polls_between(tx, polled, now))
            lines = source_lines(tx, live.config.sources, now, settings, day=day)
            conditions = Count(line.condition for line in lines)
            for condition in ORDER:
                self.sources.labels(condition).set(conditions[condition])
            self._promises(lines)
            self._judgements(tally_judgements(tx, now - WINDOW))
            self.clocks.set(sum(bool(line.clock_note) for line in lines))

        await ask.database.read(look)
        self.observed_until, self._polled_until = until, now
        health = ask.state.health
        self.polling.set(health.running)
        self.in_hand.set(health.workload.in_hand)
        for outcome, number in health.workload.answers.items():
            self.answers.labels(outcome).inc(number - self._answers[outcome])
        self._answers = health.workload.answers.copy()
        self.rules.set(len(live.config.rules))
        self.stale.set(bool(health.rejected_config or health.rejected_plan))
        self.loop.set(health.pulse.worst)
        self.started.set(health.started_at.timestamp())
        return generate_latest(self.registry)

    def _gauges(self, tx: Transaction, now: datetime) -> None:
        stored: Sums = sums(tx, but_of=RULE_ID)
        for what in ("articles", "stories", "revisions", "matches"):
            self.stored.labels(what).set(getattr(stored, what))
        links, messages = ledger_sums(tx), outbox_sums(tx)
        for state in LedgerState:
            self.links.labels(state.value).set(links.get(state, 0))
        for each in OutboxState:
            self.outbox.labels(each.value).set(messages.get(each, 0))
        for what, due in zip(("source", "message"), oldest_due(tx, now), strict=True):
            self.late.labels(what).set(max(0.0, (now - due).total_seconds()) if due else 0)

    def _promises(self, lines: list[SourceLine]) -> None:
        """Count, per stage, who breaks the promise, and name the worst."""
        broken = [(line.id, kept) for line in lines for kept in line.promise.broken]
        for stage in Stage:
            self.late_sources.labels(stage.value).set(sum(k.stage is stage for _, k in broken))
        self.burn.clear()
        for source, kept in sorted(broken, key=lambda each: -each[1].burn)[:NAMED]:
            self.burn.labels(source, kept.stage.value).set(kept.burn)

    def _judgements(self, tallies: list[JudgementTally]) -> None:
        """Count what was said of the rules that are judged most."""
        self.judged.clear()
        for each in sorted(tallies, key=lambda one: -(one.useful + one.noise))[:NAMED]:
            self.judged.labels(each.rule_id, Verdict.USEFUL).set(each.useful)
            self.judged.labels(each.rule_id, Verdict.NOISE).set(each.noise)

    def _observe(self, day: Lags, since: datetime, until: datetime, polls: list[Poll]) -> None:
        def observe(passages: tuple[Passage, ...], into: Histogram) -> None:
            for each in passages:
                if each.known_at and since <= each.known_at < until:
                    into.observe(each.seconds)

        observe(tuple(each for each in day.seen if 0 <= each.seconds <= BACKLOG_S), self.seen)
        observe(day.matched, self.matched)
        observe(day.delivered, self.delivered)
        for poll in polls:
            self.polls.labels(poll.outcome).inc()
            self.poll_seconds.observe(poll.elapsed.total_seconds())

    def _gauge(self, name: str, words: str, labels: list[str] | None = None) -> Gauge:
        return Gauge(f"presswatch_{name}", words, labels or [], registry=self.registry)

    def _counter(self, name: str, words: str, labels: list[str]) -> Counter:
        return Counter(f"presswatch_{name}", words, labels, registry=self.registry)

    def _histogram(
        self, name: str, words: str, buckets: tuple[float, ...] = BUCKETS
    ) -> Histogram:
        return Histogram(f"presswatch_{name}", words, registry=self.registry, buckets=buckets)
