"""Take down whether a match was useful or noise; sign the addresses at which that is said.

An address speaks of one rule's match of one article, and says where it stood: in a mail of a
channel or of a digest, or on a page. It opens nothing else.
"""

from dataclasses import dataclass, field
from datetime import datetime

from alerts.canary import RULE_ID as CANARY
from alerts.signed import read_token, write_token
from storage.judgements import Judgement, Verdict, judge, matched_article, take_back
from storage.transaction import Transaction

PATH = "/judge/"
STORY_PAGE, RULE_PAGE = "page of the story", "page of the rule"
DIGEST, CHANNEL = "digest ", "channel "  # begin the names of what else an address stands in
NO_VERDICT = "none"  # takes a judgement back
VERDICTS = (*(each.value for each in Verdict), NO_VERDICT)
_PURPOSE = "judge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """Where the matches that one mail or one page tells of are judged."""

    key: bytes = field(repr=False)
    root: str  # what our pages' addresses begin with, as its readers reach them
    where: str  # "digest daily", "channel duty-mail", STORY_PAGE: it is noted as the judge

    def address(self, article_id: int, rule_id: str) -> str:
        """Return where one match is judged; empty: it is no match of the desk's."""
        if rule_id == CANARY:
            return ""
        said = (str(article_id), rule_id, self.where)
        return f"{self.root}{PATH}{write_token(self.key, _PURPOSE, said)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedMatch:
    """The match that somebody speaks of."""

    article_id: int
    rule_id: str
    where: str  # it was judged, or who did: noted as the judge


def take_down(tx: Transaction, match: JudgedMatch, verdict: str, now: datetime) -> int | None:
    """Take down one of VERDICTS; return the article that was judged, which may be another's.

    None: the rule matched no article of that story.
    """
    meant = matched_article(tx, match.article_id, match.rule_id)
    if meant is not None and verdict == NO_VERDICT:
        take_back(tx, meant, match.rule_id)
    elif meant is not None:
        said = Judgement(article_id=meant, rule_id=match.rule_id, verdict=Verdict(verdict),
                         judge=match.where, judged_at=now)  # fmt: skip
        judge(tx, said)
    return meant


def judging_in_mail(key: bytes | None, public: str, where: str) -> Judging | None:
    """Return how a mail's matches are judged; None: no public https address leads to us."""
    if not key or not public.startswith("https://"):
        return None
    return Judging(key=key, root=public.rstrip("/"), where=where)


def no_address(article_id: int, rule_id: str) -> str:
    """Return that a match is judged nowhere."""
    return ""


def read_address(key: bytes, token: str) -> JudgedMatch | None:
    """Return the match that the end of an address speaks of; None: we did not write it."""
    said = read_token(key, _PURPOSE, token)
    if said is None:
        return None
    article_id, rule_id, where = said
    return JudgedMatch(article_id=int(article_id), rule_id=rule_id, where=where)
