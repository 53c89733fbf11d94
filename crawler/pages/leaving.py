"""Let a reader leave a digest (RFC 8058): a GET shows a button, only a POST takes them off.

The address is signed, so it needs no token of the page and no cookie. Mail scanners follow
every link of a mail, and must take nobody off.
"""

from dataclasses import dataclass

import structlog

from alerts.delivery.operators import Notice, operators_of, owe
from alerts.digest.leaving import Leaving, read_leaving
from alerts.wording import Wording, wording
from crawler.pages.answer import Ask, NotThere
from storage.leaving import leave
from storage.outbox import enqueue
from storage.signing import load_key
from storage.transaction import Transaction

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """One reader before, or behind, the door."""

    digest: str  # its name as readers know it
    reader: str
    left: bool
    desk: str  # whom to write to, to have it again
    words: Wording


async def show(ask: Ask) -> WayOut:
    """Say who would leave what; nothing is changed."""
    return _way_out(ask, await _leaving(ask), left=False)


async def take_off(ask: Ask) -> WayOut:
    """Send the reader no more of the digest, and tell the operators once."""
    leaving, now = await _leaving(ask), ask.state.clock()
    config = ask.state.live().config
    notice = Notice(
        topic=f"left/{leaving.digest_id}/{leaving.reader}/{now:%Y%m%dT%H%M%S}",
        subject=f"presswatch: {leaving.reader} has left the digest {leaving.digest_id}",
        lines=(
            "They stay in digests.yaml and have no more mail. To send it again: "
            f"presswatch digest resubscribe {leaving.digest_id} {leaving.reader}",
        ),
    )
    readers = operators_of(config.settings.alerts.operator, config.channels)

    def work(tx: Transaction) -> bool:
        new = leave(tx, leaving.digest_id, leaving.reader, now)
        enqueue(tx, owe(readers, notice, now) if new else (), now)
        return new

    if await ask.database.write(work):
        log.info("a reader left", digest=leaving.digest_id, reader=leaving.reader)
    return _way_out(ask, leaving, left=True)


async def _leaving(ask: Ask) -> Leaving:
    key = await ask.database.read(load_key)
    leaving = read_leaving(key, str(ask.path["token"])) if key else None
    if leaving is None:
        raise NotThere("This address is not one of ours, or was cut. Use it whole.")
    return leaving


def _way_out(ask: Ask, leaving: Leaving, *, left: bool) -> WayOut:
    config = ask.state.live().config
    plans = {plan.id: plan for plan in config.digests}
    plan = plans.get(leaving.digest_id)
    return WayOut(
        digest=plan.name if plan else leaving.digest_id,
        reader=leaving.reader,
        left=left,
        desk=config.settings.mail.reply_to or "",
        words=wording(plan.language if plan else "en"),
    )
