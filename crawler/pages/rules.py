"""Look at the rules: how much each brings, and one of them in full."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.judging import RULE_PAGE
from alerts.precision import WINDOW, precisions
from alerts.routing.standing import is_expired, is_muted
from config.rule import RuleText
from crawler.pages.answer import Ask, NotThere
from crawler.pages.edits import EditInFull, edit_in_full
from crawler.pages.judging import judge_line, judging_on_page
from crawler.pages.lines import JudgeLine, RuleLine, StoryLine
from crawler.pages.state import LiveConfig
from crawler.pages.stories import story_lines
from storage.judgements import stories_to_judge, tally_judgements
from storage.matches import last_matches
from storage.overview import Wanted, latest_stories, stories_by_day
from storage.transaction import Transaction

DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Every rule on one line."""

    rules: tuple[RuleLine, ...]
    first_day: str  # of the 14, UTC
    rejected: tuple[str, ...]  # mistakes of an edit that did not go live; empty: all is live
    waiting: str  # an edit that would fire too often and waits for a yes; empty: none
    edit: EditInFull | None  # the last edit, tried on the archive; None: none in this run
    name: str | None  # only those whose name, id or owner holds this


@dataclass(frozen=True, slots=True, kw_only=True)
class TestLine:
    """An example beside a rule."""

    text: str
    fires: bool
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInFull:
    """One rule and what it brought."""

    rule: RuleLine
    exclude: str
    weights: dict[str, int]
    file: str  # path and line of where it is written
    channels: tuple[str, ...]
    tests: tuple[TestLine, ...]
    first_day: str
    stories: tuple[StoryLine, ...]
    judging: dict[int, JudgeLine]  # by story


async def rules(ask: Ask) -> Rules:
    """Look at every rule."""
    live, now = ask.state.live(), ask.state.clock()
    health, name = ask.state.health, ask.word("name")
    lines, edit = await ask.database.read(
        lambda tx: (rule_lines(tx, live, now), edit_in_full(tx, health.edit))
    )
    return Rules(
        rules=tuple(
            line
            for line in lines
            if name is None
            or name.casefold() in f"{line.name} {line.id} {line.owner}".casefold()
        ),
        first_day=first_day(now),
        rejected=tuple(str(mistake) for mistake in health.rejected_config),
        waiting=health.rejected_plan,
        edit=edit,
        name=name,
    )


async def rule(ask: Ask) -> RuleInFull:
    """Look at one rule in full."""
    name, live, now = str(ask.path["rule_id"]), ask.state.live(), ask.state.clock()
    found = next((each for each in live.config.rules if each.id == name), None)
    if found is None:
        raise NotThere(f"There is no rule {name!r} in the configuration.")

    def look(tx: Transaction) -> tuple[RuleLine, list[StoryLine], dict[int, JudgeLine]]:
        (line,) = [each for each in rule_lines(tx, live, now) if each.id == name][:1]
        marks = latest_stories(tx, Wanted(rule_id=name, limit=20))
        judging = judging_on_page(tx, live, RULE_PAGE)
        found = stories_to_judge(tx, name, [mark.story_id for mark in marks])
        lines = {story: judge_line(match, judging) for story, match in found.items()}
        return line, story_lines(tx, marks, live), lines

    line, lines, judging = await ask.database.read(look)
    return RuleInFull(
        rule=line,
        exclude=found.exclude.value if found.exclude else "",
        weights={text.value: weight for text, weight in found.score.weights}
        if found.score
        else {},
        file=f"{found.place.path}:{found.place.line}",
        channels=found.alert.channels,
        tests=tuple(
            TestLine(text=test.text.value, fires=test.fires, field=test.field)
            for test in found.tests
        ),
        first_day=first_day(now),
        stories=tuple(lines),
        judging=judging,
    )


def first_day(now: datetime) -> str:
    """Return the first of the days that charts show."""
    return (now - timedelta(days=DAYS - 1)).date().isoformat()


def rule_lines(tx: Transaction, live: LiveConfig, now: datetime) -> list[RuleLine]:
    """Return one line per rule, in the order of the files."""
    days = [(now - timedelta(days=back)).date() for back in reversed(range(DAYS))]
    since = datetime(days[0].year, days[0].month, days[0].day, tzinfo=now.tzinfo)
    counts = stories_by_day(tx, since)
    last, judged = last_matches(tx), precisions(tally_judgements(tx, now - WINDOW))
    warnings = _warnings(live)
    lines = []
    for each in live.config.rules:
        volume = tuple(counts.get((each.id, day.isoformat()), 0) for day in days)
        lines.append(
            RuleLine(
                id=each.id,
                name=each.name,
                owner=each.owner,
                severity=each.severity.value,
                query=query_of(each),
                days=volume,
                stories_14d=sum(volume),
                last_match=last.get(each.id),
                state=_state(each, now),
                warnings=tuple(warnings.get(each.id, ())),
                precision=judged.get(each.id),
            )
        )
    return lines


def query_of(rule: RuleText) -> str:
    """Return what the rule looks for, in its own words."""
    if rule.match is not None:
        return rule.match.value
    if rule.score is None:
        return ""
    weights = ", ".join(f"{text.value} {weight:+}" for text, weight in rule.score.weights)
    return f"score ≥ {rule.score.threshold}: {weights}"


def _state(rule: RuleText, now: datetime) -> str:
    if is_expired(rule, now):
        return "expired"
    return "muted" if is_muted(rule, now) else "live"


def _warnings(live: LiveConfig) -> dict[str, list[str]]:
    """Return the warnings by the rule they stand in: the last one that begins above them."""
    places = sorted((rule.place.path, rule.place.line, rule.id) for rule in live.config.rules)
    found: dict[str, list[str]] = {}
    for warning in live.ruleset.warnings:
        above = [
            rule_id
            for path, line, rule_id in places
            if path == warning.path and line <= (warning.line or 0)
        ]
        if above:
            found.setdefault(above[-1], []).append(warning.message)
    return found
