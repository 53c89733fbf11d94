"""Measure stories and new facts on news written by hand: python -m benchmarks.by_hand FOLDER.

FOLDER/articles.jsonl holds one article a line with its truth: id, event, relation, outlet,
language, published, title, text, same_text, new_facts, compared_with, copy_of, related_event;
FOLDER/pairs.txt holds pairs that look alike. Articles are stored in order of time by the
daemon's own functions, under a rule that matches each of them; what is told of each is read
from the outbox. --half 0 or 1: half of the events, by a hash; events that look alike stay
together. --show: each miss.
"""

import argparse
import asyncio
import hashlib
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alerts.language.complaint import to_located
from alerts.matching.ruleset import Matched, RuleMatch
from alerts.notification import from_json
from benchmarks.taking_in import LIVE, poll_of
from config.channel import Channel, ChannelKind
from config.rule import RuleText
from crawler.extract.attributions import read_attributions
from crawler.live.configuration import Live, make_live
from crawler.watch.ingest import Arrival, commit
from storage.article import Article, Block
from storage.batch import Alike
from storage.database import Database
from storage.folding import fold
from storage.prepared import prepare
from storage.quantities import figures
from storage.storing import Stored
from storage.transaction import Transaction

One = dict[str, Any]
OUTBOX = "SELECT payload FROM outbox WHERE state = 'pending'"
SENT = "UPDATE outbox SET state = 'sent', attempts = 1 WHERE state = 'pending'"
COPIED = {"verbatim", "trimmed", "light edit", "new lead"}  # with the words of another


@dataclass
class Score:
    """What came of the articles."""

    story: dict[str, int] = field(default_factory=dict)  # article → its story
    joined: dict[str, str] = field(default_factory=dict)  # article → why it joined
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)  # article → reasons


def read(folder: Path, half: int | None) -> tuple[list[One], list[tuple[str, str]]]:
    """Return the articles in order of time, and the pairs that only look alike."""
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    rows = [
        line.split("\t")
        for line in (folder / "pairs.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    of = {one["id"]: one["event"] for one in articles}
    halves = halve(articles, [(of[row[0]], of[row[1]]) for row in rows])
    kept = [one for one in articles if half is None or halves[one["event"]] == half]
    ids = {one["id"] for one in kept}
    alike = [(row[0], row[1]) for row in rows if row[3] == "false" and row[0] in ids]
    return sorted(kept, key=lambda one: (at_of(one), one["id"])), alike


def halve(articles: Sequence[One], pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the half of each event; events that look alike or tell on are of one half."""
    groups = {one["event"]: {one["event"]} for one in articles}
    links = [(one["event"], one["related_event"]) for one in articles if one["related_event"]]
    for first, second in [*links, *pairs]:
        joined = groups[first] | groups[second]
        groups |= dict.fromkeys(joined, joined)
    return {
        event: hashlib.sha256(str(min(group)).encode()).digest()[0] % 2
        for event, group in groups.items()
    }


def at_of(one: One) -> datetime:
    """Return when an article came out."""
    return datetime.fromisoformat(one["published"]).astimezone(UTC)


def article_of(one: One) -> Article:
    """Return an article as its page would have given it."""
    source = re.sub(r"\W+", "-", fold(one["outlet"])).strip("-")
    url = f"https://{source}.example/{one['id']}"
    body = tuple(Block(text=text) for text in one["text"].split("\n\n") if text.strip())
    return Article(
        source_id=source,
        url=url,
        canonical_url=url,
        headline=one["title"],
        newsroom=one["outlet"],
        published_at=at_of(one),
        language=one["language"],
        body=body,
        attributions=read_attributions(body, one["language"]),
    )


def desk() -> Live:
    """Return a configuration with one desk, which hears of everything."""
    channel = Channel(id="desk", kind=ChannelKind.EMAIL, to=("desk@a.example",), default=True)
    return make_live(replace(LIVE.config, channels=(channel,)))


def everything() -> Matched:
    """Return a rule that has matched, whatever the article says."""
    place = to_located("all")
    rule = RuleText(id="all", place=place, name="All news")
    return Matched(matches=(RuleMatch(rule=rule, evidence=()),))


async def run(articles: Sequence[One], path: Path) -> Score:
    """Store the articles one by one and read what is told of each."""
    score, live, matched = Score(), desk(), everything()
    async with await Database.open(path, now=at_of(articles[0])) as database:
        for one in articles:
            now = at_of(one) + timedelta(minutes=1)
            page = prepare(article_of(one))
            link = (await poll_of(database, [page], now))[0]
            arrival = Arrival(
                page=page, link=link, matched=matched, live=live, at=now, backlog=False
            )
            outcome = await database.write(Alike(commit, arrival))
            told = await database.write(take_told)
            if not isinstance(outcome, Stored):
                raise TypeError(f"{one['id']}: {outcome}")
            score.story[one["id"]] = outcome.story_id
            score.joined[one["id"]] = outcome.joined
            score.told[one["id"]] = told
    return score


def take_told(tx: Transaction) -> tuple[str, ...]:
    """Return why the desk is told, with the sentences that say so, and send it."""
    row = tx.one(OUTBOX)
    tx.execute(SENT)
    if row is None:
        return ()
    told = from_json(row["payload"])
    news = tuple(each for each in told.reasons if is_news(each))
    return (*news, *told.stated) if news else ()


class Judge:
    """Compare what came with the truth."""

    def __init__(
        self, articles: Sequence[One], alike: Sequence[tuple[str, str]], score: Score
    ) -> None:
        self.articles, self.alike, self.score = articles, alike, score
        self.language = {one["id"]: one["language"] for one in articles}
        self.misses: list[str] = []

    def figures(self) -> dict[str, Any]:
        """Return the figures, noting misses."""
        return {"articles": len(self.articles)} | self.stories() | self.news()

    def stories(self) -> dict[str, Any]:
        """Return how articles found their stories."""
        begun: dict[int, int] = {}  # story → event of its first article
        stories: defaultdict[int, set[int]] = defaultdict(set)  # event → its stories
        found: Counter[str] = Counter()
        for one in self.articles:
            name, event = one["id"], one["event"]
            story, joined = self.score.story[name], self.score.joined[name]
            whose = begun.setdefault(story, event)
            kind = self.kind(one)
            if joined:
                found["joins"] += 1
                found["joins right"] += whose == event
                if whose != event:
                    self.miss("FALSE JOIN", one, f"{joined} event {whose}")
            if stories[event]:
                found[kind] += 1
                found[f"{kind} found"] += story in stories[event]
                if story not in stories[event]:
                    self.miss("NOT JOINED", one, f"{kind}, {stories[event]}")
            stories[event].add(story)
        together = [
            pair for pair in self.alike
            if self.score.story[pair[0]] == self.score.story[pair[1]]
        ]  # fmt: skip
        for pair in together:
            self.misses.append(f"HARD NEGATIVE JOINED {pair}")
        kinds = ("copy", "other words", "translated")
        return {
            "joins": f"{found['joins right']}/{found['joins']}",
            "hard negatives joined": f"{len(together)}/{len(self.alike)}",
        } | {kind: f"{found[f'{kind} found']}/{found[kind]}" for kind in kinds}

    def kind(self, one: One) -> str:
        """Say of what kind an article is."""
        source = one["copy_of"] or one["compared_with"]
        if self.language[source] != one["language"]:
            return "translated" if one["copy_of"] else "other words"
        return "copy" if one["same_text"] or one["relation"] in COPIED else "other words"

    def miss(self, what: str, one: One, more: str) -> None:
        """Note a miss."""
        which = f"{one['id']} event {one['event']} {one['relation']} {one['language']}"
        self.misses.append(f"{what} {which}: {more}")

    def news(self) -> dict[str, Any]:
        """Return how well new facts are told, among articles that joined a story."""
        found: Counter[str] = Counter()
        before: defaultdict[int, set[str]] = defaultdict(set)
        for one in self.articles:
            name, event = one["id"], one["event"]
            text = f"{one['title']}\n{one['text']}"
            known = set(before[event])
            before[event] |= marks(text)
            if not self.score.joined[name]:
                continue
            told = self.score.told[name]
            found["due"] += bool(one["new_facts"])
            found["told"] += bool(told)
            found["both"] += bool(told and one["new_facts"])
            if bool(told) != bool(one["new_facts"]):
                self.miss("TOLD" if told else "UNTOLD", one, f"{told or one['new_facts']}")
            for fact in one["new_facts"]:
                found["facts"] += 1
                named = is_named(fact, " ".join(told), known)
                found["named"] += named
                if told and not named:
                    self.miss("NOT NAMED", one, f"{fact} in {told}")
        return {
            "told rightly": f"{found['both']}/{found['told']}",
            "due told": f"{found['both']}/{found['due']}",
            "facts named": f"{found['named']}/{found['facts']}",
        }


def marks(text: str) -> set[str]:
    """Return the figures and names of a text."""
    names = re.findall(r"\b[^\W\d_a-zа-я][\w-]{3,}", text)
    return {*figures(text), *map(fold, names)}


def is_named(fact: str, told: str, known: set[str]) -> bool:
    """Tell whether a message has a fact: a new mark of it, or half of its longer words."""
    if not marks(fact).isdisjoint(marks(told) - known):
        return True
    words = {word[:4] for word in re.findall(r"\w{4,}", fact.lower())}
    said = {word[:4] for word in re.findall(r"\w{4,}", told.lower())}
    return len(words & said) * 2 >= len(words) > 0


def is_news(reason: str) -> bool:
    """Tell whether a reason says that there is something new."""
    return reason.startswith(("new figures", "new names"))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    articles, alike = read(options.folder, options.half)
    with tempfile.TemporaryDirectory() as folder:
        score = asyncio.run(run(articles, Path(folder) / "stories.sqlite"))
    judge = Judge(articles, alike, score)
    result = judge.figures()
    if options.show:
        print("\n".join(judge.misses))
    for name, value in result.items():
        print(f"{name:>22}  {value}")
    if options.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
