"""Word a digest's subject: at most 70 characters, different every day, no emoji."""

from zoneinfo import ZoneInfo

from alerts.digest.facts import DigestFacts, Health
from alerts.plain import one_line, shorten
from alerts.wording import Wording

MOST = 70
_NAME_LEAST = 14  # of the digest's own name, the rest gives way


def subject_of(facts: DigestFacts, words: Wording) -> str:
    """Say the day, what came, and whether everything was looked at."""
    local = facts.window.end.astimezone(ZoneInfo(facts.digest.timezone))
    # One ahead of its hour says the time, for another of this day may follow.
    day = words.day(local) if local.time() == facts.digest.at else words.time(local)
    parts = _parts(facts, words)
    while len(parts) > 1 and len(_joined(day, parts, words)) > MOST - _NAME_LEAST:
        parts.pop()  # the last is the least; the mail's first lines say it anyway
    what = _joined(day, parts, words)
    return one_line(shorten(one_line(facts.digest.name), MOST - len(what)) + what)[:MOST]


def _joined(day: str, parts: list[str], words: Wording) -> str:
    return f" {day}: {words['comma'].join(parts)}"


def _parts(facts: DigestFacts, words: Wording) -> list[str]:
    failed = sum(source.health is Health.DOWN for source in facts.sources)
    every = len(facts.sources)
    if failed and failed * 10 > every:  # more than one in ten: the digest itself is in doubt
        return [words.say("s_incomplete", failed=failed, all=every)]
    if not (facts.stories or facts.changes):
        return [words.say("s_quiet", ok=every - failed, all=every)]
    parts = [words.say("s_stories", n=len(facts.stories))]
    if facts.urgent:
        parts.insert(0, words.say("s_urgent", n=len(facts.urgent)))
    if failed:
        parts.append(words.say("s_down", n=failed))
    if facts.gaps:
        parts.append(words.say("s_gaps", n=len(facts.gaps)))
    return parts
