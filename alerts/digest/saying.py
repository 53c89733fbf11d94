"""Say the small phrases of a digest in its language and zone: when, why, what ails whom."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.digest.facts import (
    ArticleFact,
    DeliveryFact,
    Health,
    NearFact,
    RuleFact,
    RuleTrouble,
    Silence,
    SourceFact,
    StoryFact,
)
from alerts.notification import RuleNote
from alerts.plain import isolate, one_line, shorten
from alerts.precision import Precision
from alerts.promise import Clock, Kept
from alerts.wording import Wording

REASON_MOST = 200  # of a near miss


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
