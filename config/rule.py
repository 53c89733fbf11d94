"""What rules/*.yaml says: an expression is text here; the language lives in alerts."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from config.text import Located

# What a rule may ask to be told of. The kinds of an edit are those that say something else;
# a spelling or a layout that changed is "edit" alone.
EDIT_KINDS = (
    "correction", "negation", "number", "name", "quote", "attribution_removed", "headline",
    "addition", "removal",
)  # fmt: skip
EVENTS = ("new", "copy", "edit", "material_edit", "silent_edit", *EDIT_KINDS)
TOLD = ("new", "material_edit")  # where a rule does not say what it wants to be told


class Severity(StrEnum):
    """How loud a rule is, the loudest first."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    DIGEST = "digest"  # never alone, only in the digest


class Per(StrEnum):
    """What one cooldown or one count stands for."""

    STORY = "story"
    SOURCE = "source"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermList:
    """A reusable list of spellings, named @name in a query; shared by all rule files."""

    name: str
    place: Located  # the name as written
    terms: tuple[Located, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Filters on what an article is, apart from what it says."""

    langs: tuple[str, ...] = ()  # empty: any
    sources: tuple[str, ...] = ()  # source ids, hosts or "*"; empty: any
    min_words: int = 0
    max_age: timedelta | None = None  # since publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Weights that add up; it fires at the threshold."""

    threshold: int
    weights: tuple[tuple[Located, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Fire only when so many have matched within a time."""

    count: int
    within: timedelta
    by: Per = Per.STORY


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerting:
    """Where a rule's alerts go, and how often."""

    channels: tuple[str, ...] = ()  # empty: every channel that is marked default
    cooldown: timedelta = timedelta(hours=6)
    per: Per = Per.STORY
    escalate_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPlace:
    """Where a rule's stories stand in the digest."""

    section: str = ""  # empty: the rule's name
    max: int = 10


TEST_FIELDS = (
    "body", "headline", "caption", "credit", "byline", "attribution", "section", "tag",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """One example beside a rule; it must (or must not) match."""

    text: Located
    fires: bool
    field: str = "body"  # which field of an article the text stands for, one of TEST_FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """One rule as its analyst wrote it, every value checked but the expressions."""

    id: str
    place: Located  # the id as written, for messages about the whole rule
    name: str
    owner: str = ""
    severity: Severity = Severity.NORMAL
    match: Located | None = None  # None: score alone decides
    exclude: Located | None = None  # the `not:` key
    where: Where = Where()
    score: Score | None = None
    threshold: Threshold | None = None
    alert: Alerting = Alerting()
    digest: DigestPlace | None = DigestPlace()  # None: not in the digest
    events: tuple[str, ...] = TOLD
    timezone: str = "UTC"  # of the file, for mute_until and expires
    mute_until: date | None = None
    expires: date | None = None
    tests: tuple[RuleTest, ...] = ()
