"""Warn of rules that the archive shows to be noisy, dead, hollow or double."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from alerts.canary import RULE_ID as CANARY
from alerts.explaining.plan import Archived
from alerts.language.complaint import Complaint, to_mistake
from alerts.matching.ruleset import RuleSet
from config.errors import Mistake
from config.rule import RuleText

NOISY = 50  # firings a day, and stories in one digest
SILENT = timedelta(days=90)
HOLLOW = 0.5  # of the matches, taken away by the exclusion
ENOUGH = 5  # firings before two rules are compared

Firings = Mapping[str, Mapping[int, Archived]]  # rule → article → it


def advise(
    rules: RuleSet, archive: Sequence[Archived], advance: Callable[[int], None] = lambda _: None
) -> tuple[Mistake, ...]:
    """Return the warnings W210 (noisy or silent), W211 (hollow) and W212 (subset).

    `advance` is told how many more articles all rules were tried on.
    """
    fired = _fire(rules, archive, advance)
    warnings: list[Mistake] = []
    for trees in rules.trees:
        if trees.text.id != CANARY:  # it is not an analyst's to mend
            warnings += _noise(trees.text, fired, archive)
    return (*warnings, *_hollow(rules, fired, archive), *_subsets(rules, fired))


def _fire(
    rules: RuleSet, archive: Sequence[Archived], advance: Callable[[int], None] = lambda _: None
) -> dict[str, dict[int, Archived]]:
    fired: dict[str, dict[int, Archived]] = {trees.text.id: {} for trees in rules.trees}
    for each in archive:
        for match in rules.match(each.reading, now=each.seen_at).matches:
            fired[match.rule.id][each.article_id] = each
        advance(1)
    return fired


def _noise(rule: RuleText, fired: Firings, archive: Sequence[Archived]) -> Iterator[Mistake]:
    days = Counter(each.seen_at.date() for each in fired[rule.id].values())
    if days and max(days.values()) > NOISY:
        day, count = days.most_common(1)[0]
        hint = "presswatch rules plan shows the articles; narrow it with NEAR, hlead: or not:"
        yield _warn("W210", rule, f"would have fired {count} times on {day}", hint)
    times = [each.seen_at for each in archive]
    if times and not days and max(times) - min(times) >= SILENT:
        hint = "presswatch rules suggest shows spellings that its lists lack"
        yield _warn("W210", rule, f"has not fired in {SILENT.days} days", hint)


def _hollow(rules: RuleSet, fired: Firings, archive: Sequence[Archived]) -> Iterator[Mistake]:
    excluding = [trees for trees in rules.trees if trees.exclude is not None]
    if not excluding:
        return
    free = RuleSet([replace(trees, exclude=None) for trees in excluding], rules.lists)
    without = _fire(free, archive)
    for trees in excluding:
        rule = trees.text
        taken = [
            each for number, each in without[rule.id].items() if number not in fired[rule.id]
        ]
        if taken and len(taken) > HOLLOW * len(without[rule.id]):
            titles = "; ".join(each.headline for each in taken[:5])
            message = f"not: takes away {len(taken)} of {len(without[rule.id])} matches"
            yield _warn("W211", rule, message, f"among them: {titles}")


def _subsets(rules: RuleSet, fired: Firings) -> Iterator[Mistake]:
    by_article: dict[int, set[str]] = {}
    for name, articles in fired.items():
        for number in articles:
            by_article.setdefault(number, set()).add(name)
    for trees in rules.trees:
        rule, articles = trees.text, fired[trees.text.id]
        if len(articles) < ENOUGH:
            continue
        always = set.intersection(*(by_article[number] for number in articles)) - {rule.id}
        for other in sorted(always):
            message = f"all its {len(articles)} matches are matches of {other} too"
            yield _warn("W212", rule, message, "keep it only if it tells other people")


def _warn(code: str, rule: RuleText, message: str, hint: str) -> Mistake:
    complaint = Complaint(code=code, offset=0, message=f"{rule.id} {message}", hint=hint)
    return to_mistake(complaint, rule.match or rule.place)
