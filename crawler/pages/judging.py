"""Let a reader say that a match was useful, or noise: a GET shows buttons, only a POST says it.

The address is signed and opens one match alone, so it needs no token of the page and no cookie.
Mail scanners follow every link of a mail, and must judge nothing.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog

from alerts.judging import (
    CHANNEL,
    DIGEST,
    RULE_PAGE,
    STORY_PAGE,
    VERDICTS,
    JudgedMatch,
    Judging,
    no_address,
    read_address,
    take_down,
)
from alerts.wording import Wording, wording
from config.config import Config
from crawler.pages.answer import Ask, NotThere
from crawler.pages.guard import root_of
from crawler.pages.lines import JudgeLine
from crawler.pages.state import LiveConfig
from storage.articles import Missing, load_article
from storage.judgements import MatchToJudge, load_judgement, matched_article
from storage.signing import load_key
from storage.transaction import Transaction

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToJudge:
    """One match, before or after somebody has judged it."""

    headline: str
    language: str
    rule: str  # its name
    verdict: str  # useful | noise; empty: nobody judged it
    judged_at: datetime | None
    address: str
    back: str  # the page it was judged on; empty: in a mail
    words: Wording


async def show(ask: Ask) -> ToJudge:
    """Show a match and what was said of it; nothing is changed."""
    key, match = await _match(ask)
    return await ask.database.read(lambda tx: _to_judge(tx, ask, key, match))


async def say(ask: Ask) -> ToJudge:
    """Take down what is said of a match."""
    verdict = str(ask.path["verdict"])
    if verdict not in VERDICTS:
        raise NotThere(f"A match is {', '.join(VERDICTS)}.")
    key, match = await _match(ask)
    now = ask.state.clock()

    def work(tx: Transaction) -> ToJudge:
        take_down(tx, match, verdict, now)
        return _to_judge(tx, ask, key, match)

    judged = await ask.database.write(work)
    log.info("a match was judged", rule=match.rule_id, article=match.article_id,
             verdict=verdict, where=match.where)  # fmt: skip
    return judged


def judging_on_page(tx: Transaction, live: LiveConfig, where: str) -> Judging | None:
    """Return how the matches on a page are judged; None: no daemon has begun here yet."""
    key = load_key(tx)
    root = root_of(live.config.settings.status)
    return Judging(key=key, root=root, where=where) if key else None


def judge_line(match: MatchToJudge, judging: Judging | None) -> JudgeLine:
    """Return a match as a page offers it for judgement."""
    said, address = match.said, judging.address if judging else no_address
    return JudgeLine(
        rule_id=match.rule_id,
        article_id=match.article_id,
        verdict=said.verdict.value if said else "",
        judge=said.judge if said else "",
        judged_at=said.judged_at if said else None,
        address=address(match.article_id, match.rule_id),
    )


async def _match(ask: Ask) -> tuple[bytes, JudgedMatch]:
    key = await ask.database.read(load_key)
    match = read_address(key, str(ask.path["token"])) if key else None
    if key is None or match is None:
        raise NotThere("This address is not one of ours, or was cut. Use it whole.")
    return key, match


def _to_judge(tx: Transaction, ask: Ask, key: bytes, match: JudgedMatch) -> ToJudge:
    meant = matched_article(tx, match.article_id, match.rule_id) or 0
    stored, said = load_article(tx, meant), load_judgement(tx, meant, match.rule_id)
    if isinstance(stored, Missing):
        raise NotThere("This article was let go of since; there is nothing left to judge.")
    config = ask.state.live().config
    root = root_of(config.settings.status)
    names = {rule.id: rule.name for rule in config.rules}
    return ToJudge(
        headline=stored.article.headline or stored.article.url,
        language=stored.article.language,
        rule=names.get(match.rule_id, match.rule_id),
        verdict=said.verdict.value if said else "",
        judged_at=said.judged_at if said else None,
        address=Judging(key=key, root=root, where=match.where).address(meant, match.rule_id),
        back=_back(match, stored.story_id, root),
        words=wording(_language(config, match.where)),
    )


def _back(match: JudgedMatch, story_id: int, root: str) -> str:
    if match.where == STORY_PAGE:
        return f"{root}/stories/{story_id}#judge-{match.article_id}"
    return f"{root}/rules/{match.rule_id}#latest" if match.where == RULE_PAGE else ""


def _language(config: Config, where: str) -> str:
    """Return the language of the mail that an address stands in."""
    spoken = {f"{DIGEST}{plan.id}": plan.language for plan in config.digests}
    spoken |= {f"{CHANNEL}{channel.id}": channel.language for channel in config.channels}
    return spoken.get(where, "en")
