"""Write a digest in HTML and in plain text, and keep it small enough to arrive whole."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from alerts.delivery.message import Picture
from alerts.delivery.templating import Templates
from alerts.digest.compose import LINES_MOST, Composed, as_jsonl, compose_digest
from alerts.digest.facts import (
    DigestFacts,
    Health,
    StoryFact,
)
from alerts.digest.saying import Saying
from alerts.judging import no_address
from alerts.notification import EvidenceNote
from alerts.wording import Wording, wording

HTML_MOST = 80_000  # Gmail clips at about 102 KB, and the footer goes first
FEW = 8  # stories; before fewer are shown, the other lists are cut, too
HEADLINE_MOST = 300  # no paper sets a longer one
BARS = "▁▂▃▄▅▆▇█"
BAR_PIXELS = 24


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
