"""Write a digest in HTML and in plain text, and keep it small enough to arrive whole."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alerts.delivery.message import Picture
from alerts.delivery.templating import Templates
from alerts.digest.compose import LINES_MOST, Composed, as_jsonl, compose_digest
from alerts.digest.facts import (
    ArticleFact,
    DeliveryFact,
    DigestFacts,
    Health,
    NearFact,
    RuleFact,
    RuleTrouble,
    Silence,
    SourceFact,
    StoryFact,
)
from alerts.judging import no_address
from alerts.notification import EvidenceNote, RuleNote
from alerts.plain import isolate, one_line, shorten
from alerts.precision import Precision
from alerts.promise import Clock, Kept
from alerts.wording import Wording, wording

HTML_MOST = 80_000  # Gmail clips at about 102 KB, and the footer goes first
FEW = 8  # stories; before fewer are shown, the other lists are cut, too
HEADLINE_MOST = 300  # no paper sets a longer one
BARS = "▁▂▃▄▅▆▇█"
BAR_PIXELS = 24
REASON_MOST = 200  # of a near miss


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A digest in both its forms."""

    subject: str
    html: str
    text: str
    jsonl: str  # empty: nothing was cut
    language: str
    stories: int
    pictures: tuple[Picture, ...] = ()


def write_digest(facts: DigestFacts, templates: Templates) -> Written:
    """Write a digest; stories, then every list, are cut until it is small enough."""
    words = wording(facts.digest.language)
    most, lines = facts.digest.max_stories, LINES_MOST
    while True:
        composed = compose_digest(facts, words, stories_most=most, lines_most=lines)
        html = templates.page("digest.html.j2", **_values(composed, words))
        size = len(html.encode())
        if size <= HTML_MOST or most == lines == 1:
            break
        if most > FEW:
            most = max(FEW, min(most - 1, most * HTML_MOST // size))
        elif lines > 1:  # not the stories make it so large
            lines //= 2
        else:
            most //= 2
    return Written(
        subject=composed.subject,
        html=html,
        text=templates.text("digest.txt.j2", **_values(composed, words)),
        jsonl=as_jsonl(composed.attached),
        language=words.language,
        stories=len(facts.stories),
        pictures=_pictures(composed),
    )


def window_id(facts: DigestFacts) -> str:
    """Return the name of a window: digest and its two ends in UTC."""
    ends = (f"{at:%Y%m%dT%H%MZ}" for at in (facts.window.start, facts.window.end))
    return f"{facts.digest.id}.{'-'.join(ends)}"


def cid(story: StoryFact) -> str:
    """Return the name of a story's picture inside the mail."""
    return f"story-{story.id}@presswatch"


def _values(composed: Composed, words: Wording) -> dict[str, Any]:
    facts = composed.facts
    zone = ZoneInfo(facts.digest.timezone)
    say = Saying(words=words, zone=zone, window_end=facts.window.end)
    return {
        "digest": composed,
        "f": facts,
        "w": words,
        "title": composed.subject,
        "total": len(facts.stories),
        "gaps": len(facts.gaps) + composed.left["gaps"],
        "headline_most": HEADLINE_MOST,
        "proof": _proof(composed, words),
        "strip": _strip(facts),
        "window_id": window_id(facts),
        "time": say.time,
        "utc": utc,
        "when": say.when,
        "carried": say.carried,
        "evidence": say.evidence,
        "near_miss": say.near_miss,
        "ailment": say.ailment,
        "trouble": say.trouble,
        "precision": say.precision,
        "delivery": say.delivery,
        "judge": facts.judging.address if facts.judging else no_address,
        "minutes": lambda span: int(span.total_seconds() // 60),
        "bars": bars,
        "heights": heights,
        "cid": cid,
        "quoted": quoted,
    }


def _proof(composed: Composed, words: Wording) -> str:
    facts, every = composed.facts, len(composed.facts.sources)
    name = "quiet_proof" if composed.proved else "quiet_doubt"
    return words.say(
        name,
        ok=every - composed.failed,
        all=every,
        articles=facts.articles,
        gaps=len(facts.gaps),
        failed=composed.failed,
    )


def _strip(facts: DigestFacts) -> list[tuple[str, int]]:
    counts = Counter(source.health for source in facts.sources)
    return [(health.value, counts[health]) for health in Health if counts[health]]


def _pictures(composed: Composed) -> tuple[Picture, ...]:
    found = [
        Picture(
            cid=cid(story),
            content_type=story.thumbnail.content_type,
            content=story.thumbnail.content,
        )
        for section in composed.sections
        for story in section.stories
        if story.thumbnail
    ]
    return tuple(found)


def quoted(story: StoryFact) -> EvidenceNote | None:
    """Return the sentence to show; None: the headline says it all."""
    for rule in story.rules:
        for each in rule.evidence:
            if each.field not in {"headline", "section", "tag", "byline"} and each.sentence:
                return each
    return None


def utc(at: datetime) -> str:
    """Write a time in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def bars(counts: tuple[int, ...]) -> str:
    """Draw counts as text: nothing is a dot, the most is a full block."""
    most = max(counts, default=0)
    return "".join(
        "·" if not count else BARS[(count * len(BARS) - 1) // most] for count in counts
    )


def heights(counts: tuple[int, ...]) -> list[int]:
    """Return pixels per count; nothing is a line of one."""
    most = max(counts, default=0)
    return [max(1, round(BAR_PIXELS * count / most)) if most else 1 for count in counts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """The small phrases of a digest, in its language and zone."""

    words: Wording
    zone: ZoneInfo
    window_end: datetime

    def time(self, at: datetime) -> str:
        """Write a time in the readers' zone."""
        return self.words.time(at.astimezone(self.zone))

    def when(self, article: ArticleFact) -> str:
        """Say when an article was published and seen; a late one says so."""
        seen = article.first_seen.astimezone(self.zone)
        published = article.published_at
        if published is None:
            return f"{self.words['seen']} {self.words.time(seen)}"
        if isinstance(published, datetime):
            local = published.astimezone(self.zone)
            told, day = self._told(local), local.date()
        else:
            day = published
            told = self._day(published)
        if day < seen.date():
            return self.words.say("late", day=self._day(day), seen=self.words.time(seen))
        comma = self.words["comma"]
        return f"{self.words['published']} {told}{comma}{self.words['seen']} {seen:%H:%M}"

    def carried(self, story: StoryFact) -> str:
        """Name three of the other outlets that carry a story."""
        if not story.outlets:
            return ""
        comma = self.words["comma"]
        names = comma.join(isolate(one_line(name)) for name in story.outlets[:3])
        rest = "…" if len(story.outlets) > 3 else ""
        return f"{comma}{self.words.say('story_copies', n=len(story.outlets))}: {names}{rest}"

    def evidence(self, rule: RuleNote) -> str:
        """Say the words that made a rule match, and their place."""
        parts = []
        for each in rule.evidence[:2]:
            field = self.words.words.get(each.field, each.field)
            number = each.paragraph
            place = f" {self.words.say('paragraph', n=number)}" if number else ""
            parts.append(f'"{isolate(one_line(each.words))}", {field}{place}')
        if rule.score is not None:
            parts.append(self.words.say("score", n=rule.score))
        return f" ({'; '.join(parts)})" if parts else ""

    def near_miss(self, fact: NearFact) -> str:
        """Say which rule an article nearly matched, and what kept it."""
        reason = shorten(one_line(fact.reason.say(self.words)), REASON_MOST)
        return self.words.say("near_why", rule=fact.rule, reason=reason)

    def ailment(self, source: SourceFact) -> str:
        """Say what is wrong with a source."""
        match source.health:
            case Health.DOWN:
                told = (
                    self.words.say("src_down", at=self.time(source.since))
                    if source.since
                    else self.words["src_never"]
                )
                return f"{told} ({one_line(source.error)})" if source.error else told
            case Health.SILENT:
                return self._silence(source.silence) if source.silence else ""
            case Health.LATE:
                return self._lateness(source.kept) if source.kept else ""
            case Health.CLOCK:
                return self._clock(source.clock) if source.clock else ""
            case Health.LAYOUT:
                return self.words.say("src_layout", share=f"{source.share:.0%}")
            case Health.WELL:
                return ""

    def _silence(self, silence: Silence) -> str:
        lasts, usual = self.words.span(silence.lasts), self.words.span(silence.usual)
        return self.words.say("src_silent", lasts=lasts, usual=usual)

    def _lateness(self, kept: Kept) -> str:
        return self.words.say(
            f"src_late_{kept.stage}",
            late=kept.late,
            n=kept.spread.count if kept.spread else 0,
            objective=self.words.exactly(timedelta(seconds=kept.objective_s)),
        )

    def _clock(self, clock: Clock) -> str:
        return self.words.say(
            "src_clock_ahead" if clock.ahead else "src_clock_behind",
            late=clock.articles,
            n=clock.of,
            span=self.words.span(timedelta(seconds=clock.by_s)),
        )

    def trouble(self, fact: RuleFact) -> str:
        """Say what an analyst should know of a rule."""
        if fact.trouble in {RuleTrouble.NOISY, RuleTrouble.SILENT}:
            return self.words.say(f"r_{fact.trouble}", n=fact.count)
        return self.words.say(f"r_{fact.trouble}", day=self._day(fact.day) if fact.day else "")

    def precision(self, found: Precision) -> str:
        """Say how many of a rule's judged matches were useful."""
        return self.words.say(
            "r_precision",
            n=found.judged,
            useful=found.useful,
            share=f"{found.share:.0%}",
            low=f"{found.low:.0%}",
            high=f"{found.high:.0%}",
        )

    def delivery(self, fact: DeliveryFact) -> str:
        """Say what a channel does not take."""
        reason = one_line(fact.reason)
        if fact.closed:
            return self.words.say("d_closed", channel=fact.channel)
        if fact.dead:
            return self.words.say("d_dead", channel=fact.channel, n=fact.dead, reason=reason)
        at = self.time(fact.failing_since) if fact.failing_since else ""
        return self.words.say("d_failing", channel=fact.channel, at=at, reason=reason)

    def _told(self, at: datetime) -> str:
        """Write a day and a time, the year too if it is another one."""
        year = "" if at.year == self.window_end.year else f" {at.year}"
        return f"{self.words.day(at)}{year} {at:%H:%M}"

    def _day(self, day: date) -> str:
        year = "" if day.year == self.window_end.year else f" {day.year}"
        return self.words.day(datetime(day.year, day.month, day.day, tzinfo=self.zone)) + year
