"""A simulated week of a desk: outlets that copy and edit, rules that change, mail by night."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from crawler.app import App, Ports, open_live
from crawler.live.configuration import check_live
from crawler.places import Places
from crawler.watch.ingest import Ingest
from storage.article import Article
from storage.ledger import Waiting
from storage.prepared import prepare
from tests.crawler.workers.here_and_now import HereAndNow
from tests.making import make_article, make_config_folder

BEGIN = datetime(2026, 3, 25, 7, 30, tzinfo=UTC)  # the clocks are changed on its Sunday
SOURCES = ("north", "south", "east")
FILES = {
    "settings": """\
        version: 1
        timezone: Europe/Berlin
        alerts: {storm_count: 3, storm_within: 20m}
        """,
    "sources": "sources:\n"
    + "".join(
        f"  - {{id: {s}, name: {s.title()}, url: 'https://{s}.example'}}\n" for s in SOURCES
    ),
    "channels": """\
        channels:
          - {id: duty, kind: email, to: duty@desk.test, default: true}
          - {id: night, kind: email, to: night@desk.test, default: true,
             quiet: {start: '22:00', end: '06:00', timezone: Europe/Berlin}}
          - {id: chief, kind: email, to: chief@desk.test, updates: false}
        """,
    "digests": """\
        digests:
          - {id: daily, name: Morning, to: [a@desk.test, b@desk.test], at: '07:00'}
          - {id: weekly, name: Week, to: [c@desk.test], at: '16:00', days: [sun]}
        """,
}
RULES = """\
rules:
  - {id: ports, severity: high, match: 'port* AND (strike OR storm)', alert: {cooldown: 2h}}
  - {id: rail, match: 'rail*', alert: {per: source, cooldown: 3h}, events: [new, copy, edit]}
  - id: wave
    match: 'grain'
    threshold: {count: 3, within: 12h}
    alert: {channels: [chief, duty]}
  - {id: quiet, severity: digest, match: 'harvest NOT apples'}
  - {id: dead, severity: urgent, match: 'killed NEAR/4 strike', events: [new, material_edit]}
"""
EDITED = RULES.replace("'rail*'", "'rail* OR tram*'").replace("cooldown: 2h", "cooldown: 30m")
WORDS = (
    *("port", "strike", "storm", "rail", "grain", "harvest", "apples", "killed", "tram"),
    *(
        "ministers",
        "envoys",
        "river",
        "ferry",
        "steel",
        "market",
        "weather",
        "council",
        "bridge",
    ),
)


@dataclass
class Week:
    """The desk, and the hands of its clock."""

    app: App
    now: list[datetime]
    dice: random.Random
    told: list[tuple[Article, Waiting]] = field(default_factory=list)

    def forward(self, **span: float) -> None:
        self.now[0] += timedelta(**span)

    async def publish(self) -> None:
        """Let an outlet say something new, repeat another, or edit what it said."""
        kind = self.dice.choice(("new", "new", "copy", "edit", "renew")) if self.told else "new"
        if kind == "new":
            await self.take(self._article(self.dice.choice(SOURCES), self._text()))
            return
        article, link = self.dice.choice(self.told[-12:])
        if kind == "copy":
            text = tuple(block.text for block in article.body)
            await self.take(self._article(self.dice.choice(SOURCES), text))
        else:
            await self.take(self._again(article, kind), link)

    async def take(self, article: Article, link: Waiting | None = None) -> None:
        link = link or Waiting(
            url=article.url, source_id=article.source_id, way="", attempts=1, article_id=None,
            title="", published=None, noted_at=self.now[0],
            first_look=self.dice.random() < 0.2,
        )  # fmt: skip
        self.told.append((article, link))
        await Ingest(self.app.database, self.app.live).take(prepare(article), link, self.now[0])

    def _text(self) -> tuple[str, ...]:
        subject = self.dice.sample(WORDS, 6)
        return tuple(
            f"{' '.join(self.dice.choices((*subject, *WORDS), k=18)).capitalize()} "
            f"{self.dice.randrange(90)} {self.dice.randrange(10**6)}x."
            for _ in range(4)
        )

    def _article(self, source: str, text: tuple[str, ...]) -> Article:
        published = self.now[0] - timedelta(hours=self.dice.choice((1, 1, 1, 40)))
        return make_article(
            *text, headline=text[0][:60], source_id=source, published_at=published,
            url=f"https://{source}.example/{len(self.told)}",
        )  # fmt: skip

    def _again(self, article: Article, kind: str) -> Article:
        """Return an article edited; renewed: only what no edit is."""
        if kind == "renew":
            return replace(article, tags=(f"tag{self.dice.randrange(99)}",))
        words = list(article.body)
        at = self.dice.randrange(len(words))
        words[at] = replace(words[at], text=f"{self._text()[0]} {words[at].text[:30]}")
        return replace(article, body=tuple(words))

    async def live_through(self, days: int) -> list[date]:
        """Let days pass, and return those that are over."""
        first = self.now[0].date()
        end = self.now[0] + timedelta(days=days)
        edit = self.now[0] + timedelta(days=days / 2)
        while self.now[0] < end:
            self.forward(minutes=self.dice.choice((0.01, 1, 3, 30, 90)))
            if self.now[0] > edit:
                edit = end
                await self.edit_rules()
                continue
            await self.publish()
            self.forward(seconds=self.dice.random())
            if self.dice.random() < 0.6:
                await self.app.dispatcher.step()
            self.forward(seconds=self.dice.random())
            await self.app.press.step()
        return [first + timedelta(days=n) for n in range(days)]

    async def edit_rules(self, rules: str = EDITED) -> None:
        places = self.app.places
        (places.config / "rules" / "all.yaml").write_text(rules)
        await self.app.go_live(check_live(places.config, {}))


@asynccontextmanager
async def a_week(folder: Path, seed: int) -> AsyncIterator[Week]:
    """Open a desk at the beginning of a week."""
    places = Places(config=folder / "config", data=folder / "data")
    make_config_folder(places.config, rules=RULES, **FILES)
    now = [BEGIN]
    ports = Ports(clock=lambda: now[0], workers=HereAndNow())
    async with open_live(check_live(places.config, {}), places, ports) as app:
        yield Week(app=app, now=now, dice=random.Random(seed))
