"""Sum up how rules have fired: per day, last, and by which words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.precision import Precision, precision_to_dict
from storage.folding import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One firing of a rule, as the database remembers it."""

    rule_id: str
    at: datetime
    words: tuple[str, ...]  # of its evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleStats:
    """How one rule has fired."""

    rule_id: str
    fired: int
    per_day: tuple[tuple[date, int], ...]  # every day of the span, quiet ones too
    last_fired: datetime | None  # None: never in the span
    terms: tuple[tuple[str, float], ...]  # words and the share of firings they took part in


def rule_stats(
    rule_ids: Sequence[str], firings: Iterable[Fired], *, since: datetime, until: datetime
) -> tuple[RuleStats, ...]:
    """Return the statistics of each rule over a half-open span."""
    by_rule: dict[str, list[Fired]] = {rule: [] for rule in rule_ids}
    for firing in firings:
        if firing.rule_id in by_rule and since <= firing.at < until:
            by_rule[firing.rule_id].append(firing)
    days = [since.date() + timedelta(days=n) for n in range(_days(since, until))]
    return tuple(_stats(rule, found, days) for rule, found in by_rule.items())


def _days(since: datetime, until: datetime) -> int:
    last = until - timedelta(microseconds=1)
    return max(0, (last.date() - since.date()).days + 1)


def _stats(rule: str, firings: Sequence[Fired], days: Sequence[date]) -> RuleStats:
    counts = Counter(firing.at.date() for firing in firings)
    written: dict[str, str] = {}  # folded → as first written
    terms: Counter[str] = Counter()
    for firing in firings:
        folded = {fold(words): words for words in firing.words}
        terms.update(folded.keys())
        written = {**folded, **written}
    ranked = sorted(terms.items(), key=lambda one: (-one[1], one[0]))
    return RuleStats(
        rule_id=rule,
        fired=len(firings),
        per_day=tuple((day, counts[day]) for day in days),
        last_fired=max((firing.at for firing in firings), default=None),
        terms=tuple((written[term], count / len(firings)) for term, count in ranked),
    )


def render_stats(stats: Sequence[RuleStats], judged: Mapping[str, Precision]) -> str:
    """Write statistics for a person: a bar of days, the last firing, words, precision."""
    rows: list[str] = []
    for each in stats:
        last = "never" if each.last_fired is None else f"{each.last_fired:%Y-%m-%d %H:%M} UTC"
        counts = [count for _, count in each.per_day]
        rows.append(f"{each.rule_id}: {each.fired} fired, last {last}  {_bar(counts)}")
        if each.terms:
            leading = ", ".join(f"{term} {share:.0%}" for term, share in each.terms[:6])
            rows.append(f"    {leading}")
        if each.rule_id in judged:
            rows.append(f"    {judged[each.rule_id]}")
    return "\n".join(rows)


def _bar(counts: Sequence[int]) -> str:
    highest = max(counts, default=0)
    return "".join("▁▂▃▄▅▆▇█"[count * 7 // highest] if highest else "▁" for count in counts)


def stats_to_dict(stats: RuleStats, judged: Precision | None) -> dict[str, object]:
    """Return statistics as values that JSON knows."""
    return {
        "rule": stats.rule_id,
        "fired": stats.fired,
        "per_day": {day.isoformat(): count for day, count in stats.per_day},
        "last_fired": None if stats.last_fired is None else stats.last_fired.isoformat(),
        "terms": dict(stats.terms),
        "precision": precision_to_dict(judged) if judged else None,
    }
