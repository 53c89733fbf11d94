"""Write what a replay came to, for a person or for a program."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import groupby

from alerts.routing.telling import minute
from config.counting import count
from crawler.replay.comparing import Compared, Difference, MailDifference, Side

SHOWN = 20  # differences of a rule, and lines of a digest
HEADINGS = {
    Side.MORE: "told only now",
    Side.LESS: "told only then",
    Side.OTHERWISE: "otherwise",
    Side.MATCHED: "matching only now",
    Side.UNMATCHED: "matching only then",
}


def render(found: Compared, by: str) -> str:
    """Write it for a person: first by which rules, last the answer."""
    gone_through = f"{count(found.articles, 'article')} and {count(found.edits, 'edit')} again"
    rows = [f"{gone_through}, by {by}", *_rules(found)]
    for mail in found.mails:
        rows += _mail(mail)
    rows += [f"{rule}: could not be decided: {why}" for rule, why in found.undecided]
    rows.append(_answer(found))
    return "\n".join(rows)


def _rules(found: Compared) -> Iterator[str]:
    for rule, mine in groupby(found.alerts, lambda each: each.rule_id):
        differences = list(mine)
        counts = Counter(each.side for each in differences)
        sums = (f"{what}: {counts[side]}" for side, what in HEADINGS.items() if counts[side])
        yield f"{rule}: {', '.join(sums)}"
        rows = [list(alike) for _, alike in groupby(differences, _but_for_the_channel)]
        for alike in rows[:SHOWN]:
            yield from _difference(alike)
        if len(rows) > SHOWN:
            yield f"  and {len(rows) - SHOWN} more"


def _but_for_the_channel(each: Difference) -> Difference:
    return replace(each, channel="")


def _difference(alike: Sequence[Difference]) -> Iterator[str]:
    """Write what goes otherwise on one or more channels alike."""
    each, channels = alike[0], ", ".join(one.channel for one in alike if one.channel)
    article = f"#{each.article_id}" if each.article_id else f"story/{each.story_id}"
    what = f"{each.what} to {channels}" if channels else each.what
    yield f"  {each.side} {minute(each.at)} {article} {each.headline}".rstrip()
    when = "then" if each.side in {Side.MORE, Side.MATCHED} else "now"
    yield f"      {what}; {when}: {each.why}{f' ({each.cause})' if each.cause else ''}"


def _mail(mail: MailDifference) -> Iterator[str]:
    name = f"digest {mail.digest_id}, {minute(mail.end)}"
    if mail.why:
        yield f"{name}: cannot be compared: {mail.why}"
        return
    yield f"{name}: reads otherwise"
    for line in mail.lines[:SHOWN]:
        yield f"  {line}"
    if len(mail.lines) > SHOWN:
        yield f"  and {count(len(mail.lines) - SHOWN, 'line')} more"


def _answer(found: Compared) -> str:
    told = (
        f"{count(found.matches, 'match')}, {count(found.messages, 'message')}, "
        f"{count(found.digests, 'digest')}"
    )
    if found.identical:
        return f"identical: {told}"
    return f"not identical: {told} then"


def to_dict(found: Compared) -> dict[str, object]:
    """Return it as a program reads it."""
    return {"identical": found.identical, **asdict(found)}
