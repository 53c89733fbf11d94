"""Retries follow the published schedules (limits, "SMTP" and "Webhook")."""

from datetime import timedelta

import pytest

from alerts.delivery.retry import MAIL, WEBHOOK, GiveUp, Schedule, TryAt, next_try
from tests.making import NOW

DAY = timedelta(days=1)


def walk(schedule: Schedule, jitter: float = 0.0) -> tuple[list[timedelta], timedelta]:
    """Fail for ever; return the waits, and when it was given up."""
    now = NOW
    waits: list[timedelta] = []
    while True:
        decided = next_try(
            schedule, attempts=len(waits) + 1, created_at=NOW, now=now, jitter=jitter
        )
        if isinstance(decided, GiveUp):
            return waits, now - NOW
        waits.append(decided.at - now)
        now = decided.at


def test_row_70_mail_is_tried_as_postfix_does() -> None:
    waits, end = walk(MAIL)
    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes[:4] == [5, 10, 20, 40]
    assert set(waits[4:]) == {timedelta(seconds=4000)}
    assert timedelta(days=3, hours=22) < end <= 4 * DAY


def test_row_75_webhooks_are_tried_for_75_hours() -> None:
    waits, end = walk(WEBHOOK)
    assert len(waits) == 9
    assert (waits[0], waits[-1]) == (timedelta(seconds=5), DAY)
    assert timedelta(hours=75) < end < timedelta(hours=76)


@pytest.mark.parametrize("jitter", [-1.0, 1.0])
def test_jitter_is_a_fifth_at_most(jitter: float) -> None:
    plain, _ = walk(WEBHOOK)
    shifted, _ = walk(WEBHOOK, jitter)
    for wait, other in zip(plain, shifted, strict=True):
        assert other == wait * (1 + 0.2 * jitter)
    assert walk(MAIL, jitter) == walk(MAIL)


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        pytest.param(timedelta(hours=1), timedelta(hours=1), id="what the receiver asks"),
        pytest.param(timedelta(seconds=1), timedelta(minutes=5), id="never sooner than ours"),
        pytest.param(timedelta(days=30), DAY, id="never later than a day"),
        pytest.param(None, timedelta(minutes=5), id="nothing asked"),
    ],
)
def test_row_76_a_retry_after_is_clamped(asked: timedelta | None, wait: timedelta) -> None:
    decided = next_try(WEBHOOK, attempts=2, created_at=NOW, now=NOW, jitter=0, asked=asked)
    assert decided == TryAt(at=NOW + wait)


def test_row_81_a_mail_that_waited_while_the_machine_slept_is_tried_more_than_once() -> None:
    later = NOW + 30 * DAY
    decided = [
        next_try(MAIL, attempts=attempts, created_at=NOW, now=later, jitter=0)
        for attempts in range(1, 7)
    ]
    assert [type(each) for each in decided] == [TryAt] * 5 + [GiveUp]
