"""How rules have fired: every day of the span, the last time, the words that did it."""

from datetime import UTC, datetime, timedelta

from alerts.explaining.stats import Fired, render_stats, rule_stats, stats_to_dict
from alerts.precision import precision
from storage.judgements import JudgementTally

SINCE = datetime(2026, 11, 1, tzinfo=UTC)


def fired(hours: int, *words: str, rule: str = "a") -> Fired:
    return Fired(rule_id=rule, at=SINCE + timedelta(hours=hours), words=words)


def test_firings_are_counted_per_day_and_word() -> None:
    firings = [
        fired(1, "Baku"),
        fired(2, "BAKU", "Iran"),
        fired(50, "Baku", "Baku"),
        fired(72, "too late"),
        fired(3, "x", rule="gone"),
    ]
    until = SINCE + timedelta(days=3)
    one, none = rule_stats(["a", "b"], firings, since=SINCE, until=until)
    assert [count for _, count in one.per_day] == [2, 0, 1]
    assert one.last_fired == SINCE + timedelta(hours=50)
    assert one.terms == (("Baku", 1.0), ("Iran", 1 / 3))
    assert (none.fired, none.last_fired, none.terms) == (0, None, ())
    judged = precision(JudgementTally(rule_id="a", useful=3, noise=1))
    assert stats_to_dict(one, judged)["fired"] == 3
    assert stats_to_dict(none, None)["precision"] is None
    assert render_stats([one, none], {"a": judged}) == (
        "a: 3 fired, last 2026-11-03 02:00 UTC  █▁▄\n"
        "    Baku 100%, Iran 33%\n"
        "    3 of 4 judged useful, precision 75% (30% to 95%)\n"
        "b: 0 fired, last never  ▁▁▁"
    )
