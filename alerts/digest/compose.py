"""Decide what of a digest's facts is shown, where, and what is only counted.

Pure. The order is that of the sections; within one, the loudest first, then the most carried.
Where there are too many, outlets take turns: what is left out is not what others had to say.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from alerts.digest.facts import DigestFacts, Health, SourceFact, StoryFact
from alerts.digest.subject import subject_of
from alerts.fair import in_turn
from alerts.routing.event import LOUDNESS
from alerts.wording import Wording

NEAR_MOST, LINES_MOST = 5, 10
LINES = ("urgent", "gaps", "changes", "rules", "precisions", "delivery")
PICTURES_MOST, PICTURE_MOST = 8, 8192
JSON_MOST = 200  # stories; the rest is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Stories under one heading."""

    name: str
    stories: tuple[StoryFact, ...]
    more: int  # that are only counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """One digest, ready to be written in HTML and in text."""

    subject: str
    facts: DigestFacts  # cut to what is shown
    sections: tuple[Section, ...]
    more: int  # stories that are shown nowhere
    left: Mapping[str, int]  # how many of the facts of that name are only counted
    troubled: tuple[SourceFact, ...]
    failed: int
    well: int
    quiet: bool  # nothing matched
    proved: bool  # and everything was looked at
    attached: tuple[StoryFact, ...]  # the loudest of all stories; empty: nothing was cut


def compose_digest(
    facts: DigestFacts,
    words: Wording,
    *,
    stories_most: int | None = None,
    lines_most: int = LINES_MOST,
) -> Composed:
    """Choose and order; stories_most and lines_most cut deeper, for a mail too large."""
    most = min(facts.digest.max_stories, stories_most or facts.digest.max_stories)
    sections = _few_pictures(_sections(facts, most))
    shown = sum(len(section.stories) for section in sections)
    failed = sum(source.health is Health.DOWN for source in facts.sources)
    more = len(facts.stories) - shown
    cut = _cut(facts, lines_most)
    return Composed(
        subject=subject_of(facts, words),
        facts=cut,
        sections=sections,
        more=more,
        left={name: len(getattr(facts, name)) - len(getattr(cut, name)) for name in LINES},
        troubled=tuple(s for s in facts.sources if s.health is not Health.WELL),
        failed=failed,
        well=sum(source.health is Health.WELL for source in facts.sources),
        quiet=not (facts.stories or facts.changes),
        proved=not failed and not facts.gaps,
        attached=tuple(_chosen(facts.stories, JSON_MOST)) if more else (),
    )


def _sections(facts: DigestFacts, most: int) -> tuple[Section, ...]:
    found: dict[str, list[StoryFact]] = {}
    for story in sorted(facts.stories, key=_weight):
        found.setdefault(story.section, []).append(story)
    wished = {name: place for place, name in enumerate(facts.digest.sections)}
    names = sorted(found, key=lambda name: wished.get(name, len(wished)))  # stable
    sections, room = [], most
    for name in names:
        shown = _chosen(found[name], min(facts.digest.max_per_section, room), _within_rules)
        room -= len(shown)
        if shown:
            more = len(found[name]) - len(shown)
            sections.append(Section(name=name, stories=tuple(shown), more=more))
    return tuple(sections)


def _chosen(
    stories: Sequence[StoryFact],
    most: int,
    wanted: Callable[[Sequence[StoryFact]], Sequence[StoryFact]] = tuple,
) -> list[StoryFact]:
    """Return at most so many of those wanted, in their order."""
    fair = in_turn(
        sorted(stories, key=_weight),
        rank=lambda story: _weight(story)[:2],
        of=lambda story: story.article.source_id,
    )
    return sorted(wanted(fair)[:most], key=_weight)


def _within_rules(stories: Sequence[StoryFact]) -> list[StoryFact]:
    """Keep no more stories of one rule than it wants shown."""
    shown: Counter[str] = Counter()
    kept = []
    for story in stories:
        lead = story.rules[0].id if story.rules else ""
        shown[lead] += 1
        if shown[lead] <= story.most:
            kept.append(story)
    return kept


def _few_pictures(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Keep the first pictures that are small enough; the other stories go without."""
    room, kept = PICTURES_MOST, []
    for section in sections:
        stories = []
        for story in section.stories:
            small = story.thumbnail and len(story.thumbnail.content) <= PICTURE_MOST
            shown = bool(small) and room > 0
            room -= shown
            stories.append(story if shown else replace(story, thumbnail=None))
        kept.append(replace(section, stories=tuple(stories)))
    return tuple(kept)


def _weight(story: StoryFact) -> tuple[int, int, object]:
    return LOUDNESS.index(story.severity), -len(story.outlets), story.article.first_seen


def _cut(facts: DigestFacts, most: int) -> DigestFacts:
    trends = sorted(facts.trends, key=lambda trend: -sum(trend.counts))
    return replace(
        facts,
        near=facts.near[: min(most, NEAR_MOST)],
        trends=tuple(trends[:most]),
        **{name: getattr(facts, name)[:most] for name in LINES},
    )


def as_jsonl(stories: Sequence[StoryFact]) -> str:
    """Write stories for a program: one JSON object per line."""
    lines = []
    for story in stories:
        fields = asdict(replace(story, thumbnail=None))
        fields.pop("thumbnail")
        lines.append(json.dumps(fields, ensure_ascii=False, default=str))
    return "".join(f"{line}\n" for line in lines)
