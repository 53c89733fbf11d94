"""Run the demo: three rounds of a small newsroom by the real way, then the digest.

Real HTTP, SMTP and webhooks on loopback; only the clock is moved on between the rounds, so that
what takes a desk an hour is seen in half a minute.
"""

import contextlib
import secrets
import shutil
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from crawler.app import App, Ports, open_live
from crawler.clock import utc_now
from crawler.demo.newsroom import OUTLETS, Newsroom
from crawler.demo.receivers import Desk, Mailbox, newsroom_on_loopback
from crawler.digesting import bring_out_now
from crawler.live.configuration import check_live
from crawler.once import Once, poll_and_deliver
from crawler.places import Places
from storage.coverage import ledger_sums

Say = Callable[[str], object]
HERE = Path(__file__).parent
ROUND = timedelta(minutes=20)
WAYS = {
    "section": "    kind: section\n    link_selector: .card a\n",
    "sitemap": "    kind: sitemap\n    sitemaps: [{base}/news-sitemap.xml]\n",
    "rss": "    kind: feed\n    feeds: [{base}/feed.xml]\n",
    "atom": "    kind: feed\n    feeds: [{base}/feed.xml]\n",
    "json": "    kind: feed\n    feeds: [{base}/feed.json]\n",
    "auto": "    kind: auto\n",
}
ROUNDS = (
    "the first outlets publish: the seed's story, Azerbaijani, Russian and Persian pages, "
    "football, and a broken page",
    "two outlets tell the same event in their own words (Zangezur), another copies it",
    "the first outlet edits its story and leaves the stamp 'Last update' as it was",
)


@dataclass(slots=True)
class Moved:
    """A clock that can be moved on."""

    by: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        """Return the time as the demo has it."""
        return utc_now() + self.by


async def show(say: Say, folder: Path | None = None) -> Path:
    """Run everything below a folder (a new temporary one by default) and return it."""
    folder = folder or Path(tempfile.mkdtemp(prefix="presswatch-demo-"))
    places = Places(config=folder / "config", data=folder / "data")
    mailbox, desk = Mailbox(), Desk(secret=make_secret())
    async with contextlib.AsyncExitStack() as stack:
        newsroom = await stack.enter_async_context(newsroom_on_loopback())
        await stack.enter_async_context(mailbox.receiving())
        await stack.enter_async_context(desk.receiving())
        write_config(places.config, newsroom, mailbox.port)
        environ = {"DEMO_HOOK": desk.url, "DEMO_SECRET": desk.secret}
        live = check_live(places.config, environ)
        clock = Moved()
        say(f"{len(OUTLETS)} outlets on loopback; everything lies in {folder}")
        minutes = ROUND.seconds // 60
        say(f"its clock is moved on {minutes} min behind each round: what it writes is "
            f"stamped up to {minutes * len(ROUNDS)} min ahead\n")  # fmt: skip
        app = await stack.enter_async_context(open_live(live, places, Ports(clock=clock)))
        for number, what in enumerate(ROUNDS, 1):
            newsroom.round = number
            say(f"{number}. {what}")
            done = await go_round(app, clock)
            say(f"   {str(done).splitlines()[0]}")
        for plan in live.config.digests:
            await bring_out_now(app.press, plan, span=timedelta(days=1))
        await app.dispatcher.step()
        sums = await app.database.read(ledger_sums)
    states = ", ".join(f"{number} {state}" for state, number in sums.items() if number)
    say(f"\nEvery address ended in one state: {states}")
    tell_what_came(say, folder, mailbox, desk)
    return folder


async def go_round(app: App, clock: Moved) -> Once:
    """Poll, deliver, and let enough time pass that whatever waits goes out, too."""
    done = await poll_and_deliver(app)
    clock.by += ROUND
    await app.dispatcher.step()
    return done


def make_secret() -> str:
    """Make a webhook signing key as Standard Webhooks wants it."""
    return f"whsec_{b64encode(secrets.token_bytes(24)).decode()}"


def write_config(folder: Path, newsroom: Newsroom, smtp_port: int) -> None:
    """Write the demo's configuration: a copy of the shipped rules, the newsroom's outlets."""
    (folder / "sources").mkdir(parents=True)
    (folder / "rules").mkdir()
    ids = ", ".join(outlet.id for outlet in OUTLETS)
    (folder / "settings.yaml").write_text(
        "timezone: Asia/Baku\n"
        f"fetch: {{gap: 0s, contact: demo@example.org, allow_private: [{ids}, ops-webhook]}}\n"
        "poll:\n  refetch: [15m, 35m, 55m]\n"
        f"mail:\n  host: 127.0.0.1\n  port: {smtp_port}\n  tls: none\n"
        "  sender: presswatch <presswatch@example.org>\n  domain: example.org\n",
        encoding="utf-8",
    )
    entries = "".join(
        f'  - id: {each.id}\n    name: "{each.name}"\n    url: {newsroom.bases[each.id]}\n'
        f"    language: {each.language}\n    timezone: Asia/Baku\n"
        + WAYS[each.way].format(base=newsroom.bases[each.id])
        for each in OUTLETS
    )
    (folder / "sources" / "demo.yaml").write_text(f"sources:\n{entries}", encoding="utf-8")
    # Not those of config/, which are the analysts' to edit.
    shutil.copyfile(HERE / "rules.yaml", folder / "rules" / "caspian.yaml")
    # The rules name real outlets; they are there, and are not polled.
    real = (HERE / "sources.yaml").read_text(encoding="utf-8")
    resting = real.replace("kind: auto,", "kind: auto, enabled: false,")
    (folder / "sources" / "caspian.yaml").write_text(resting, encoding="utf-8")
    (folder / "channels.yaml").write_text(
        "channels:\n"
        "  - id: duty-mail\n    kind: email\n    to: [duty@example.org]\n    default: true\n"
        "  - id: ops-webhook\n    kind: webhook\n    url: env:DEMO_HOOK\n"
        "    secrets: [env:DEMO_SECRET]\n    default: true\n",
        encoding="utf-8",
    )
    (folder / "digests.yaml").write_text(
        "digests:\n  - id: daily\n    name: Caspian watch\n    to: [analysts@example.org]\n"
        "    at: '07:00'\n    timezone: Asia/Baku\n",
        encoding="utf-8",
    )


def tell_what_came(say: Say, folder: Path, mailbox: Mailbox, desk: Desk) -> None:
    """Write every mail and webhook into files, and say what a desk would have received."""
    received = folder / "received"
    received.mkdir(exist_ok=True)
    say("\nWhat the desk received:")
    for number, (to, mail) in enumerate(mailbox.mails, 1):
        name = received / f"mail-{number:02d}.eml"
        name.write_bytes(bytes(mail))
        say(f"  mail to {', '.join(to)}: {mail['Subject']}\n    {name}")
        page = mail.get_body(("html",))
        if page is not None and mail["X-Presswatch-Window"]:
            digest = received / "digest.html"
            digest.write_text(page.get_content(), encoding="utf-8")
            say(f"    the digest as HTML: {digest}")
    for payload in desk.received:
        say(f"  webhook {payload['webhook-id']}: {payload.get('type', '')}")
    if desk.refused:
        say(f"  {desk.refused} webhooks came with a wrong signature")
    say(f"\nWhere to look next: {sys.argv[0]} status, search and show with "
        f"--config {folder / 'config'} --data {folder / 'data'}")  # fmt: skip
