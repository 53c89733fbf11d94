"""Make the facts of digests: English, Russian and Persian stories, as many as a test wants."""

from datetime import UTC, date, datetime, timedelta

from alerts.digest.due import Window
from alerts.digest.facts import (
    ArticleFact,
    CanaryFact,
    ChangeFact,
    DeliveryFact,
    DigestFacts,
    GapFact,
    Health,
    NearFact,
    RuleFact,
    RuleTrouble,
    Silence,
    SourceFact,
    StoryFact,
    TrendFact,
    UrgentFact,
)
from alerts.explaining.reason import Spot, because
from alerts.judging import Judging
from alerts.notification import ChangeNote, EvidenceNote, RuleNote
from alerts.precision import precision
from config.digest import Digest
from config.rule import Severity
from storage.judgements import JudgementTally

START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
END = START + timedelta(days=1)
WINDOW = Window(start=START, end=END)

# (headline, newsroom, sentence, the words that matched) per language; all of it is made up.
STORIES = {
    "en": (
        (
            "Ports on the Caspian agree on one timetable for ferries",
            "Harbour Courier",
            "The harbour masters said the Caspian ferry timetable would begin in March, "
            "after two years of talks about berths, pilots and winter ice.",
            "Caspian ferry timetable",
        ),
        (
            "Railway through the Zangazur valley to be surveyed again",
            "Valley Post",
            "Surveyors will walk the Zangazur corridor once more before the tender, "
            "the ministry said on Monday.",
            "Zangazur corridor",
        ),
        (
            "Gas plant stops for repairs; ministry says supplies are safe",
            "Morning Ledger",
            "The shutdown of the gas pipeline will last nine days, according to Report.",
            "gas pipeline",
        ),
    ),
    "ru": (
        (
            "Порты Каспия договорились о едином расписании паромов",
            "Портовый вестник",
            "Начальники портов сообщили, что единое расписание паромов на Каспии начнёт "
            "действовать в марте, после двух лет переговоров о причалах.",
            "расписание паромов на Каспии",
        ),
        (
            "Железную дорогу через Зангезурскую долину осмотрят заново",
            "Вести долины",
            "Изыскатели ещё раз пройдут Зангезурский коридор до объявления торгов.",
            "Зангезурский коридор",
        ),
    ),
    "fa": (
        (
            "بندرهای خزر بر سر برنامهٔ واحد کشتی‌ها توافق کردند",
            "پیک بندر",
            "رئیسان بندرها گفتند برنامهٔ واحد کشتی‌های خزر از ماه مارس آغاز می‌شود.",
            "کشتی‌های خزر",
        ),
        (
            "راه‌آهن درهٔ زنگزور دوباره نقشه‌برداری می‌شود",
            "روزنامهٔ دره",
            "نقشه‌برداران پیش از مناقصه یک بار دیگر کریدور زنگزور را می‌پیمایند.",
            "کریدور زنگزور",
        ),
    ),
}
OUTLETS = (
    "Trend Line",
    "Coast Radio",
    "Newsroom 24",
    "Портовый вестник",
    "پیک بندر",
    "The Sun",
)
SECTIONS = ("Transport", "Diplomacy", "Energy", "Border", "Economy")
LOUD = (Severity.URGENT, Severity.HIGH, Severity.NORMAL, Severity.DIGEST)


def make_digest(language: str = "en", **changes: object) -> Digest:
    """Make a daily digest."""
    values: dict[str, object] = {
        "id": "caspian",
        "name": {"ru": "Каспийский обзор", "fa": "دیدبان خزر"}.get(language, "Caspian watch"),
        "to": ("reader@desk.test",),
        "timezone": "Asia/Baku",
        "language": language,
        "owner": "Leyla, analysis desk",
    }
    return Digest(**(values | changes))  # type: ignore[arg-type]  # a table of changes


def make_article_fact(number: int, language: str) -> ArticleFact:
    """Make one article in a language."""
    tongue = STORIES[language]
    headline, newsroom, _, _ = tongue[number % len(tongue)]
    seen = START + timedelta(minutes=11 * (number % 120) + 3)
    return ArticleFact(
        id=number,
        url=f"https://newsroom.example/{language}/{number}/a-story-about-ports-and-railways",
        headline=headline if number < len(tongue) else f"{headline} ({number})",
        newsroom=newsroom,
        source_id=newsroom.lower(),
        first_seen=seen,
        published_at=date(2026, 11, 21) if number % 7 == 6 else seen - timedelta(minutes=12),
        language=language,
    )


def make_story(number: int, language: str) -> StoryFact:
    """Make one story in a language."""
    tongue = STORIES[language]
    _, _, sentence, words = tongue[number % len(tongue)]
    severity = LOUD[min(number % 5, 3)]
    evidence = EvidenceNote(field="body", block=2, words=words, sentence=sentence)
    rule = RuleNote(
        id=("caspian-ports", "zangezur-corridor", "energy-accident")[number % 3],
        name="Caspian ports",
        severity=severity,
        evidence=(evidence,),
        score=35 if number % 4 == 3 else None,
    )
    return StoryFact(
        id=number,
        article=make_article_fact(number, language),
        rules=(rule,),
        severity=severity,
        section=SECTIONS[number % len(SECTIONS)],
        outlets=OUTLETS[: (number * 3) % 7],
        languages=1 + number % 2,
        origins=("Report",) if number % 2 == 0 else (),
        update=number % 9 == 8,
    )


def make_sources(count: int = 43, *, down: int = 1, silent: int = 1) -> tuple[SourceFact, ...]:
    """Make sources of which some are not well."""
    sources = [SourceFact(name=f"Newsroom {n}", health=Health.WELL) for n in range(count)]
    for n in range(down):
        sources[n] = SourceFact(
            name=f"Harbour Courier {n}",
            health=Health.DOWN,
            since=START + timedelta(hours=5),
            error="HTTP 503",
        )
    for n in range(down, down + silent):
        sources[n] = SourceFact(
            name="پیک بندر",
            health=Health.SILENT,
            silence=Silence(lasts=timedelta(hours=31), usual=timedelta(hours=3)),
        )
    return tuple(sources)


def make_facts(count: int, language: str = "en", **changes: object) -> DigestFacts:
    """Make the facts of a digest with that many stories, the languages mixed."""
    tongues = (language, "en", language, "ru", language, "fa")
    stories = tuple(make_story(n, tongues[n % len(tongues)]) for n in range(count))
    urgent = tuple(
        UrgentFact(
            headline=story.article.headline,
            url=story.article.url,
            newsroom=story.article.newsroom,
            channel="duty-mail",
            sent_at=story.article.first_seen + timedelta(minutes=1) if n != 2 else None,
            language=story.article.language,
        )
        for n, story in enumerate(each for each in stories if each.severity is Severity.URGENT)
    )
    values: dict[str, object] = {
        "digest": make_digest(language),
        "window": WINDOW,
        "stories": stories,
        "urgent": urgent,
        "changes": _changes(language) if count else (),
        "near": _near(language),
        "trends": (
            TrendFact(
                rule="caspian-ports", counts=(0, 2, 3, 1, 0, 5, 8, 4, 3, 2, 0, 1, 6, count)
            ),
            TrendFact(
                rule="zangezur-corridor", counts=(1, 1, 0, 0, 2, 1, 0, 3, 1, 0, 0, 2, 1, 0)
            ),
            TrendFact(rule="energy-accident", counts=(0,) * 14),
        ),
        "sources": make_sources(),
        "gaps": (
            GapFact(
                source="Coast Radio",
                start=START + timedelta(hours=2),
                end=START + timedelta(hours=4),
            ),
        ),
        "rules": (
            RuleFact(rule="caspian-ports", trouble=RuleTrouble.NOISY, count=61),
            RuleFact(rule="old-pipeline", trouble=RuleTrouble.SILENT, count=92),
            RuleFact(rule="summit", trouble=RuleTrouble.EXPIRING, day=date(2026, 12, 1)),
        ),
        "precisions": (
            precision(JudgementTally(rule_id="caspian-ports", useful=9, noise=12)),
            precision(JudgementTally(rule_id="zangezur-corridor", useful=17, noise=1)),
        ),
        "judging": Judging(
            key=b"k" * 32, root="https://watch.example.org", where="digest caspian"
        ),
        "delivery": (DeliveryFact(channel="ops-webhook", dead=2, reason="HTTP 410"),),
        "canary": CanaryFact(came_at=START + timedelta(hours=23, minutes=2)),
        "articles": 612,
        "copied": 4,
        "slowest": timedelta(minutes=14),
        "rules_fingerprint": "3f9ac1d2b7e0",
        "desk": "editor@desk.test",
    }
    return DigestFacts(**(values | changes))  # type: ignore[arg-type]  # a table of changes


def make_quiet_facts(language: str = "en", **changes: object) -> DigestFacts:
    """Make the facts of a day without a match on which everything was looked at."""
    quiet: dict[str, object] = {
        "sources": make_sources(down=0, silent=0),
        "gaps": (),
        "rules": (),
        "precisions": (),
        "delivery": (),
        "copied": 0,
        "slowest": None,
    }
    return make_facts(0, language, **(quiet | changes))


def _changes(language: str) -> tuple[ChangeFact, ...]:
    change = ChangeNote(
        kind="number",
        before="The fire injured 12 dockers, the harbour master said.",
        after="The fire injured 17 dockers, the harbour master said.",
    )
    return (
        ChangeFact(
            article=make_article_fact(1, language), changes=(change,), silent=True, at=END
        ),
    )


def _near(language: str) -> tuple[NearFact, ...]:
    return (
        NearFact(
            article=make_article_fact(0, language),
            rule="border-incident",
            reason=because("apart", n=9, place=Spot(field="body", paragraph=4)),
        ),
    )
