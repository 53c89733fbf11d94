"""Say in a channel's language why it is told now: a new story, new figures, more outlets.

Pure. Where there is nothing to say there is nothing to tell (decision.py).
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from alerts.plain import one_line, shorten
from alerts.routing.event import EventKind, MatchedRule, StoryEvent, Told
from alerts.routing.facts import Fact
from alerts.wording import Wording
from config.rule import Severity

FACTS_MOST = 5
SENTENCES_MOST, SENTENCE_MOST = 3, 320


def beginning(
    words: Wording, event: StoryEvent, rules: tuple[MatchedRule, ...]
) -> tuple[str, ...]:
    """Say how a story came to the channel."""
    counted = tuple(
        words.say(
            "now_within",
            n=each.note.count or 0,
            span=words.exactly(each.rule.threshold.within),
        )
        for each in rules
        if each.rule.threshold is not None
    )
    first = "now_new_by_edit" if event.kind is EventKind.REVISION else "now_new"
    return counted or (words[first],)


def raised(words: Wording, before: Severity, after: Severity) -> str:
    """Say that a told story has become louder."""
    return words.say("now_raised", before=words[before], after=words[after])


def another(words: Wording, event: StoryEvent) -> str:
    """Say that one more article has come, for rules that want each."""
    return words.say("now_another", newsroom=event.article.newsroom)


def news(words: Wording, event: StoryEvent, told: Told) -> tuple[str, ...]:
    """Say what the thread does not know yet, copies apart."""
    found = list(_facts(words, _fresh(event, told)))
    if event.kind is EventKind.REVISION and event.material and event.changes:
        kinds = dict.fromkeys(words.kind(change.kind) for change in event.changes)
        if event.silent_edit:
            kinds[words["silent_edit"]] = None
        found.append(words.say("now_edited", kinds=words["comma"].join(kinds)))
    gone = (rule for rule in event.ceased if rule in told.rules)
    return (*found, *(words.say("now_ceased", rule=rule) for rule in gone))


def _facts(words: Wording, fresh: Sequence[Fact]) -> Iterator[str]:
    """Say which figures and names are new."""
    figures = [fact.shown for fact in fresh if not fact.is_name][:FACTS_MOST]
    names = [fact.shown for fact in fresh if fact.is_name][:FACTS_MOST]
    if figures:
        yield words.say("now_figures", figures=", ".join(figures))
    if names:
        yield words.say("now_names", names=words["comma"].join(names))


def stated(event: StoryEvent, told: Told | None) -> tuple[str, ...]:
    """Return the sentences that state what is new to who was told of the story."""
    found = (one_line(fact.sentence) for fact in _fresh(event, told) if fact.sentence)
    sentences = (shorten(each, SENTENCE_MOST) for each in found)
    return tuple(islice(dict.fromkeys(sentences), SENTENCES_MOST))


def _fresh(event: StoryEvent, told: Told | None) -> list[Fact]:
    if told is None or event.kind is EventKind.COPY:
        return []
    return event.facts.unknown(told.facts | told.waiting_facts)


def added(words: Wording, rules: tuple[MatchedRule, ...], told: Told) -> tuple[str, ...]:
    """Say which rules match now that were not told."""
    new = (each for each in rules if each.rule.id not in told.rules)
    return tuple(words.say("now_also", rule=each.rule.name) for each in new)


def spread(words: Wording, event: StoryEvent, told: Told) -> tuple[str, ...]:
    """Say how far a story has spread: now 7 outlets, 2 languages; of one outlet only these."""
    outlets, languages = len(event.story.outlets), len(event.story.languages)
    if outlets <= told.outlets and languages <= told.languages:
        return ()
    if outlets == 1:
        return (words.say("now_in_languages", n=languages),)
    tongues = words.say("now_languages", n=languages) if languages > 1 else ""
    said = words.say("now_outlets", n=outlets)
    return (f"{said}{words['comma']}{tongues}" if tongues else said,)


def is_spread(words: Wording, reason: str) -> bool:
    """Tell whether a reason says how far a story had spread: the next one knows better."""
    begins = tuple(words[key].split("{")[0] for key in ("now_outlets", "now_in_languages"))
    return reason.startswith(begins)
