"""`presswatch rules suggest-not`: the term that keeps a rule's noise out, and its cost."""

from datetime import timedelta
from pathlib import Path

import click

from alerts.collector import collector_at_rest
from alerts.explaining.plan import Plan, plan_to_dict, render_plan
from alerts.explaining.separating import (
    Divider,
    Separation,
    not_line,
    own_words,
    plan_without,
    separate,
    without,
)
from alerts.matching.rule import RuleTrees
from alerts.precision import WINDOW
from config.counting import count
from crawler.cli.places import Span, as_json, json_option, places, since_option
from crawler.cli.store import edited_rules, leave_unknown_rule, load_archive, read
from crawler.clock import utc_now
from crawler.dividing import judged_articles, judged_stories
from crawler.places import Places

MOST = 1000  # judgements looked at, the newest


@click.command(name="suggest-not", short_help="Show the term that keeps a rule's noise out.")
@click.argument("rule")
@since_option
@click.option(
    "--judged", "within", type=Span(), default=f"{WINDOW.days}d", show_default=True,
    help="How old a judgement may be.",
)  # fmt: skip
@json_option
@places
def suggest_not(
    rule: str,
    since: timedelta,
    within: timedelta,
    *,
    for_programs: bool,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """Show the term that stands in what was judged noise and not in what was useful.

    It is printed as a line to put into RULE, with what that line would cease to fire on over
    the archive. Only a term that chance would hardly give is shown; else it is said what lacks.
    """
    edited = edited_rules(Places(config=config_dir, data=data_dir))
    trees = next((each for each in edited.ruleset.trees if each.text.id == rule), None)
    if trees is None:
        leave_unknown_rule(rule, edited)
    start = utc_now() - within
    judged = read(data_dir, lambda tx: judged_articles(tx, rule, start, most=MOST))
    stories = judged_stories(judged, rule, edited.ruleset, edited.sources)
    found = separate(stories, own_words(trees, edited.ruleset.lists))
    if not found.dividers:
        nothing = _fields(found) | {"not": None, "plan": None}
        click.echo(as_json(nothing) if for_programs else nothing_to_say(rule, found))
        return
    narrowed = without(trees, found.dividers[0])
    with collector_at_rest():
        plan = plan_without(edited.ruleset, narrowed, load_archive(data_dir, edited, since))
    if for_programs:
        click.echo(
            as_json(_fields(found) | {"not": not_line(narrowed), "plan": plan_to_dict(plan)})
        )
    else:
        click.echo("\n".join(_lines(trees, narrowed, found, plan)))


def nothing_to_say(rule: str, found: Separation) -> str:
    """Say why no term is proposed, and what would help."""
    why = "no term divides them better than chance would"
    what = "judge more, or narrow the rule with NEAR or a field: presswatch rules why"
    if found.is_too_little:
        why = "too little to tell a term from chance"
        what = "judge more of what it matches, on the rule's page or by presswatch rules judge"
    return f"{_counts(rule, found)}:\n{why}; {what}"


def _counts(rule: str, found: Separation) -> str:
    noise, useful = count(found.noise, "story"), found.useful
    return f"{rule}: {noise} judged noise, {useful} useful, of those it still matches"


def _lines(trees: RuleTrees, narrowed: RuleTrees, found: Separation, plan: Plan) -> list[str]:
    best, *others = found.dividers
    place = "in place of its not:" if trees.exclude is not None else "in the rule:"
    rows = [f"{_counts(trees.text.id, found)}", "", f"{place}", f"    {not_line(narrowed)}", ""]
    rows.append(f"{_said(best, found)}; at least {best.low:.0%} of what holds it is noise")
    kept, left = found.useful - best.useful, found.noise - best.noise
    rows.append(
        f"of what was judged, {found.useful} of {found.useful + found.noise} are useful; with "
        f"the line {kept} of {kept + left}. That is a little too good: it was made for these"
    )
    rows += [f"  also: {_said(each, found)}" for each in others]
    return [*rows, "", "on the archive that line would change:", render_plan(plan)]


def _said(each: Divider, found: Separation) -> str:
    return (
        f'"{each.written}" stands in {each.noise} of {found.noise} noise and '
        f"{each.useful} of {found.useful} useful"
    )


def _fields(found: Separation) -> dict[str, object]:
    return {
        "noise": found.noise,
        "useful": found.useful,
        "too_little": found.is_too_little,
        "terms": [
            {
                "term": each.written,
                "noise": each.noise,
                "useful": each.useful,
                "low": each.low,
            }
            for each in found.dividers
        ],
    }
