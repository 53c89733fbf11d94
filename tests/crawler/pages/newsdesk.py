"""Make a small archive that has something for every page to show, and serve the pages of it."""

import contextlib
import json
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from alerts.canary import canary_article
from alerts.matching.reading import read_article
from alerts.notification import EvidenceNote
from alerts.routing.report import evidence_json
from config.load import load_config
from crawler.health import Health
from crawler.live.configuration import Live, make_live
from crawler.pages.app import make_pages
from crawler.rhythm import Rhythm, observe, rhythm_to_text
from crawler.service.web import address_of, listen, serving
from storage.alert_log import ToldRow, record_told
from storage.article import Article, Attribution, Block, Image
from storage.canaries import enter_canary
from storage.database import Database
from storage.dead_letters import mark_dead
from storage.digest_windows import DigestIssue, keep_issue
from storage.found import Found
from storage.gaps import declare_gap
from storage.ledger import Ending, LedgerState, settle
from storage.matches import MatchRow, record_matches
from storage.noting import note_links
from storage.outbox import OutboxEntry, enqueue, mark_sent
from storage.polls import Poll, record_poll
from storage.prepared import prepare
from storage.sources import SourceState, ensure_sources, save_source
from storage.storing import Stored, store_article
from storage.transaction import Transaction
from storage.ways import WayState, save_way
from tests.making import CONFIG_FILES, NOW, make_config_folder

SOURCES = """
sources:
  - {id: courier, url: "https://courier.example/", name: Caspian Courier, language: en}
  - {id: herald, url: "https://herald.example/", name: Aras Herald, language: en, country: AM}
  - {id: payam, url: "https://payam.example/", name: پیام خزر, language: fa, country: IR}
  - {id: kaspiy, url: "https://kaspiy.example/", name: Каспий Сегодня, language: ru}
  - {id: rest, url: "https://rest.example/", name: NAME, enabled: false}
""".replace("NAME", "Dampfschifffahrt" * 9)
RULES = """
terms:
  corridor: [corridor*, коридор*, کریدور]
rules:
  - id: zangezur-corridor
    name: Zangezur corridor
    owner: leyla
    severity: urgent
    match: '(Zangezur OR Zangazur OR Зангезур* OR زنگزور) NEAR/6 @corridor'
    tests: [{match: The Zangezur corridor opens}]
  - {id: diplomacy, name: Diplomacy, severity: high, match: 'headline:diplomat*'}
  - {id: markup, name: NAME, severity: normal, match: 'script', mute_until: 2027-01-01}
""".replace("NAME", "Markup" * 20)
ATTACK = '<script>alert(1)</script> {{7*7191}} "onmouseover="x" &amp; \u202egnp'
DIGEST = f"""Caspian watch

TRANSPORT

[urgent] {ATTACK}
  Caspian Courier
https://courier.example/world/diplomats
"""


@dataclass(slots=True, kw_only=True)
class DeskState:
    """The state of a daemon that nobody runs."""

    live: Callable[[], Live]
    health: Health
    clock: Callable[[], datetime] = lambda: NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The pages, served, and what stands behind them."""

    database: Database
    state: DeskState
    client: httpx.AsyncClient
    url: str


def story_articles() -> list[tuple[Article, timedelta]]:
    """Return articles and how long ago each came in."""
    told = (
        "Azerbaijani and Iranian diplomats met in Moscow on Tuesday to discuss the opening "
        "of the Zangazur transport corridor, according to Report."
    )
    more = (
        "Officials named 2 roads, 3 bridges and a railway of 43 kilometres through Nakhchivan."
    )
    first = Article(
        source_id="courier",
        url="https://courier.example/world/diplomats-discuss-corridor",
        headline="Diplomats discuss the Zangazur corridor",
        authors=("Nigar Bayramli",),
        published_at=NOW - timedelta(hours=3, minutes=4),
        last_update=NOW - timedelta(hours=3),
        body=(Block(text=told), Block(text=more)),
        lead_image=Image(caption="The ministers in Moscow", credit="Mfa.Gov.Az"),
        attributions=(
            Attribution(name="Report", phrase="according to Report", block=0, agency=True),
        ),
        language="en",
    )
    persian = Article(
        source_id="payam",
        url="https://payam.example/1",
        headline="گفت‌وگو درباره کریدور زنگزور",
        published_at=NOW - timedelta(hours=2),
        body=(
            Block(
                text="دیپلمات‌ها درباره گشایش کریدور زنگزور گفت‌وگو کردند و بر همکاری تأکید شد."
            ),
        ),
        language="fa",
    )
    attack = Article(
        source_id="herald",
        url="javascript:alert(document.domain)//https://herald.example/",
        headline=ATTACK,
        authors=(ATTACK,),
        body=(Block(text=f"A script in a page: {ATTACK}"),),
        lead_image=Image(caption=ATTACK, credit=ATTACK, url="javascript:alert(1)"),
        language='en" onload="x',
    )
    copy = replace(
        first,
        source_id="herald",
        url="https://herald.example/diplomats",
        published_at=NOW - timedelta(hours=1),
    )
    plain = Article(
        source_id="kaspiy",
        url="https://kaspiy.example/sport/1",
        headline="Сборная сыграла вничью в Астане",
        body=(
            Block(
                text="Матч прошёл при полных трибунах, команды обменялись голами до перерыва."
            ),
        ),
        published_at=NOW - timedelta(minutes=30),
        language="ru",
    )
    return [
        (first, timedelta(hours=3)),
        (persian, timedelta(hours=2)),
        (copy, timedelta(minutes=50)),
        (attack, timedelta(minutes=40)),
        (plain, timedelta(minutes=20)),
    ]


def fill(tx: Transaction, live: Live) -> None:
    """Store the articles with their matches, an edit, messages, sources in every condition."""
    ensure_sources(tx, [source.id for source in live.config.sources], NOW - timedelta(days=20))
    for article, before in story_articles():
        keep(tx, live, article, NOW - before)
    first = story_articles()[0][0]
    edited = replace(
        first,
        body=(first.body[0], Block(text=first.body[1].text.replace("3 bridges", "5 bridges"))),
    )
    keep(tx, live, edited, NOW - timedelta(minutes=10))
    keep(tx, live, canary_article(NOW), NOW - timedelta(minutes=5))
    fill_outbox(tx)
    fill_sources(tx)
    enter_canary(tx, "canary/2026-11-24", NOW - timedelta(hours=1), NOW + timedelta(hours=1))


def keep(tx: Transaction, live: Live, article: Article, now: datetime) -> None:
    """See its address, store the article a minute later, and record what matched."""
    found = Found(url=article.url, way=f"{article.url}/feed")
    note_links(tx, article.source_id, [found], now - timedelta(minutes=1))
    done = store_article(tx, prepare(article), now)
    if isinstance(done, Stored):
        ending = Ending(state=LedgerState.STORED, article_id=done.article_id)
        settle(tx, article.url, ending, now)
    matched = live.ruleset.match(read_article(article), now=now).matches
    rows = [
        MatchRow(
            rule_id=match.rule.id,
            severity=match.rule.severity.value,
            source_id=article.source_id,
            evidence_json=evidence_json(
                [
                    EvidenceNote(
                        field=each.field,
                        block=None if each.block is None else each.block + 1,
                        words=each.words,
                        sentence=each.sentence,
                    )
                    for each in match.evidence
                ]
            ),
        )
        for match in matched
    ]
    if not hasattr(done, "story_id"):
        return
    revision = 1 if isinstance(done, Stored) else getattr(done, "revision", 1)
    record_matches(tx, done.article_id, done.story_id, revision, rows, now)


def fill_outbox(tx: Transaction) -> None:
    """Owe three messages: one was sent, one is dead, one waits."""
    at = NOW - timedelta(hours=2, minutes=50)
    entries = [
        OutboxEntry(
            key=f"zangezur-corridor/1/{channel}",
            channel=channel,
            kind="alert",
            payload='{"secret": "not for the page"}',
            due_at=at,
            story_id=1,
        )
        for channel in ("duty-mail", "ops", "late")
    ]
    enqueue(tx, entries, at)
    record_told(
        tx,
        [
            ToldRow(
                channel="duty-mail",
                story_id=1,
                source_id="courier",
                rule_id="zangezur-corridor",
                severity="urgent",
                kind="alert",
                key=entries[0].key,
                held=False,
                subject="Diplomats discuss the Zangazur corridor",
                outlets=1,
                languages=1,
                facts=(),
                told_at=at,
            )
        ],
    )
    keep_issue(
        tx,
        DigestIssue(
            digest_id="daily",
            start=NOW - timedelta(days=1, hours=4),
            end=NOW - timedelta(hours=4),
            subject="Caspian watch Tue 24 Nov: 1 urgent, 3 stories",
            stories=3,
            content=zlib.compress(
                json.dumps({"text": DIGEST, "jsonl": "", "language": "en"}).encode()
            ),
            composed_at=NOW - timedelta(hours=4),
            last_match=None,
        ),
    )
    mark_sent(tx, entries[0].key, at + timedelta(seconds=4))
    mark_dead(tx, entries[1].key, f"550 {ATTACK}", at + timedelta(minutes=1))


def fill_sources(tx: Transaction) -> None:
    """Let one source be well, one fail, one be silent; one has not been looked at."""
    ago = timedelta(hours=1)
    times = [NOW - timedelta(hours=n) for n in range(24 * 15, 48, -2)]
    busy = rhythm_to_text(observe(observe(Rhythm(), [], times[0]), times, NOW))
    steady = [*times, *(NOW - timedelta(minutes=n) for n in range(2800, 10, -60))]
    well = rhythm_to_text(observe(observe(Rhythm(), [], times[0]), steady, NOW))
    for name, rhythm in (("courier", well), ("payam", busy)):
        save_source(
            tx,
            SourceState(
                source_id=name,
                rhythm=rhythm,
                next_at=NOW + ago,
                last_polled=NOW - ago,
                last_success=NOW - ago,
                last_new=NOW - ago,
            ),
        )
    failing = "the server answered 503 three times"
    save_source(
        tx,
        SourceState(
            source_id="herald",
            next_at=NOW + ago,
            last_polled=NOW - ago,
            last_success=NOW - timedelta(days=2),
            failures=3.0,
            last_error=failing,
        ),
    )
    save_way(
        tx,
        WayState(source_id="courier", url="https://courier.example/rss", kind="feed", items=20),
    )
    links = [
        Found(url=f"https://courier.example/{n}", way="https://courier.example/rss")
        for n in range(3)
    ]
    urls = note_links(tx, "courier", links, NOW - ago)
    dead = Ending(state=LedgerState.DEAD, reason=f"404 {ATTACK}")
    settle(tx, urls[0], dead, NOW - ago)
    rejected = Ending(state=LedgerState.REJECTED, reason="no article: a list")
    settle(tx, urls[1], rejected, NOW - ago)
    declare_gap(
        tx,
        "courier",
        "https://courier.example/rss",
        NOW - 5 * ago,
        NOW - 4 * ago,
        NOW - 4 * ago,
    )
    record_poll(
        tx,
        Poll(
            source_id="courier",
            way="https://courier.example/rss",
            polled_at=NOW - ago,
            outcome="new",
            found=20,
            new=3,
            elapsed=timedelta(milliseconds=120),
        ),
    )


@contextlib.asynccontextmanager
async def open_desk(
    folder: Path,
    *,
    settings: str = "",
    channels: str = CONFIG_FILES["channels.yaml"],
    environ: dict[str, str] | None = None,
) -> AsyncIterator[Desk]:
    """Serve the pages of a filled archive on loopback while the block runs."""
    config = load_config(
        make_config_folder(
            folder / "config",
            sources=SOURCES,
            rules=RULES,
            settings=f"timezone: Asia/Baku\nalerts: {{canary_channel: duty-mail}}\n{settings}",
            channels=channels,
            digests="digests: {id: daily, name: Caspian watch, to: [a@desk.example]}",
        ),
        environ or {},
    )
    live = make_live(config)
    state = DeskState(live=lambda: live, health=Health(started_at=NOW - timedelta(hours=5)))
    state.health.last_poll = NOW - timedelta(minutes=2)
    async with await Database.open(folder / "presswatch.db", now=NOW) as database:
        await database.write(lambda tx: fill(tx, live))
        listening = listen("127.0.0.1", 0)
        url = address_of(listening)
        async with (
            serving(make_pages(database, state), listening),
            httpx.AsyncClient(base_url=url, trust_env=False) as client,
        ):
            yield Desk(database=database, state=state, client=client, url=url)
