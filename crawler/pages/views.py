"""List every page with its JSON twin: path, what is looked at, what stands in the query."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from crawler.pages.answer import Ask
from crawler.pages.digests import Digests, IssueInFull, digest, digests
from crawler.pages.noise import Noise, noise
from crawler.pages.outbox import Outbox, outbox
from crawler.pages.overview import Overview, overview
from crawler.pages.rules import RuleInFull, Rules, rule, rules
from crawler.pages.search import Found, find
from crawler.pages.source import SourceInFull, source
from crawler.pages.sources import CONDITIONS, Sources, sources
from crawler.pages.stories import MARK, Stories, stories
from crawler.pages.story import StoryInFull, story
from storage.outbox import OutboxState


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One thing that a question may say."""

    name: str
    words: str
    schema: dict[str, Any]
    in_path: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One page and its JSON."""

    path: str
    template: str
    look: Callable[[Ask], Awaitable[Any]]
    gives: type[Any]
    words: str
    parameters: tuple[Parameter, ...] = ()

    @property
    def api_path(self) -> str:
        """Return where the same stands as JSON."""
        return "/api/overview" if self.path == "/" else f"/api{self.path}"


def _text(name: str, words: str, **schema: Any) -> Parameter:
    return Parameter(name=name, words=words, schema={"type": "string", **schema})


def _whole(name: str, words: str, least: int, most: int) -> Parameter:
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Parameter(name=name, words=words, schema=schema)


def _in_path(name: str, words: str, **schema: Any) -> Parameter:
    return Parameter(name=name, words=words, schema=schema or {"type": "string"}, in_path=True)


VIEWS = (
    View(
        path="/",
        template="overview.html.j2",
        look=overview,
        gives=Overview,
        words="Everything at a glance",
    ),
    View(
        path="/stories",
        template="stories.html.j2",
        look=stories,
        gives=Stories,
        words="Stories, the newest first",
        parameters=(
            _text("rule", "only of this rule", maxLength=2000),
            _text("source", "only of this source", maxLength=2000),
            _text("matched", "only those that some rule matched", enum=["0", "1"]),
            _text("before", "what `next` of the page before said", pattern=MARK.pattern),
            _whole("limit", "how many at most", 1, 200),
        ),
    ),
    View(
        path="/stories/{story_id:int}",
        template="story.html.j2",
        look=story,
        gives=StoryInFull,
        words="One story in full",
        parameters=(
            _in_path("story_id", "its number", type="integer", minimum=0),
            _text("why", "a rule to explain on its articles", maxLength=2000),
        ),
    ),
    View(
        path="/sources",
        template="sources.html.j2",
        look=sources,
        gives=Sources,
        words="Every source and how it does",
        parameters=(
            _text("condition", "only those in this condition", enum=list(CONDITIONS)),
            _text("name", "only those whose name or id holds this", maxLength=2000),
        ),
    ),
    View(
        path="/sources/{source_id}",
        template="source.html.j2",
        look=source,
        gives=SourceInFull,
        words="One source in full",
        parameters=(_in_path("source_id", "its id"),),
    ),
    View(
        path="/rules",
        template="rules.html.j2",
        look=rules,
        gives=Rules,
        words="Every rule and what it brings",
        parameters=(
            _text("name", "only those whose name, id or owner holds this", maxLength=2000),
        ),
    ),
    View(
        path="/rules/{rule_id}",
        template="rule.html.j2",
        look=rule,
        gives=RuleInFull,
        words="One rule in full",
        parameters=(_in_path("rule_id", "its id"),),
    ),
    View(
        path="/rules/{rule_id}/noise",
        template="noise.html.j2",
        look=noise,
        gives=Noise,
        words="The term that keeps a rule's noise out",
        parameters=(_in_path("rule_id", "its id"),),
    ),
    View(
        path="/search",
        template="search.html.j2",
        look=find,
        gives=Found,
        words="Try a query on the archive",
        parameters=(
            _text("q", "a query of the rule language", maxLength=2000, pattern="^[^\\n\\r]*$"),
            _whole("days", "how far back", 1, 3650),
            _whole("limit", "how many at most", 1, 100),
        ),
    ),
    View(
        path="/digests",
        template="digests.html.j2",
        look=digests,
        gives=Digests,
        words="The digests, planned and sent",
    ),
    View(
        path="/digests/{digest_id}/{start}/{end}",
        template="digest.html.j2",
        look=digest,
        gives=IssueInFull,
        words="One digest as it was sent",
        parameters=(
            _in_path("digest_id", "its id"),
            _in_path("start", "where its window begins"),
            _in_path("end", "where its window ends"),
        ),
    ),
    View(
        path="/outbox",
        template="outbox.html.j2",
        look=outbox,
        gives=Outbox,
        words="Messages owed, and what became of them",
        parameters=(
            _text("state", "only those in this state", enum=list(OutboxState)),
            _whole("limit", "how many at most", 1, 500),
        ),
    ),
)
