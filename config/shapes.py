"""The shape of each file in the config folder: what pydantic checks and editors complete."""

from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from config.channel import Channel, QuietHours
from config.digest import Digest
from config.elsewhere import OF_A_RULE
from config.rule import EVENTS, TEST_FIELDS, TOLD, DigestPlace, Per, Severity, Threshold, Where
from config.settings import (
    AlertSettings,
    EvidenceSettings,
    ExtractSettings,
    FetchSettings,
    MailSettings,
    PlanSettings,
    PollSettings,
    RetentionSettings,
    Settings,
    StatusSettings,
)
from config.shape import (
    Address,
    Annotation,
    Country,
    Cron,
    Day,
    Duration,
    Email,
    Language,
    LocatedSlug,
    OneOrMany,
    Pattern,
    Query,
    SecretOrAddress,
    Shape,
    Slug,
    Text,
    Version,
    Weekday,
    Word,
    Zone,
    choice,
    many,
    misread,
    one_of,
    shape_of,
)
from config.source import FIELDS, Selector, Source

Port = Annotated[int, Field(ge=0, le=65535)]
AtLeastOne = Annotated[int, Field(ge=1)]
NotNegative = Annotated[int, Field(ge=0)]
Event = Annotated[str, one_of(*EVENTS)]
Field_ = Annotated[str, one_of(*FIELDS)]
Weight = Annotated[int, Field(ge=-1000, le=1000)]

SettingsFile = shape_of(
    Settings,
    version=Version,
    timezone=Zone,
    log_format=Annotated[str, one_of("auto", "people", "json")],
    status=shape_of(StatusSettings, port=Port, public=Address),
    fetch=shape_of(FetchSettings, in_flight=Annotated[int, Field(ge=1, le=512)]),
    poll=shape_of(PollSettings),
    extract=shape_of(
        ExtractSettings,
        workers=Annotated[int, Field(ge=1, le=64)],
        seconds=Annotated[float, Field(gt=0, le=60)],
        memory_mb=Annotated[int, Field(ge=128, le=8192)],
    ),
    mail=shape_of(
        MailSettings,
        port=Port,
        tls=Annotated[str, one_of("starttls", "tls", "none")],
        sender=Email,
        reply_to=Email,
    ),
    alerts=shape_of(AlertSettings, storm_count=AtLeastOne),
    retention=shape_of(RetentionSettings),
    evidence=shape_of(EvidenceSettings, most_mb=AtLeastOne),
    plan=shape_of(PlanSettings, max_new=NotNegative),
)


class _SelectorShape(shape_of(Selector)):  # type: ignore[misc]  # a class made at run time
    """A CSS selector, or a mapping with more about it."""

    @model_validator(mode="before")
    @classmethod
    def _take_bare_css(cls, value: Any) -> Any:
        return {"css": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Allow both forms in an editor."""
        return {"anyOf": [{"type": "string"}, handler(schema)]}


SourceShape = shape_of(
    Source,
    id=Slug,
    url=Address,
    feeds=many(Address),
    sitemaps=many(Address),
    sections=many(Address),
    language=Language,
    country=Country,
    timezone=Zone,
    cron=Cron,
    include=many(Pattern),
    exclude=many(Pattern),
    selectors=dict[Field_, _SelectorShape],
    tags=many(Slug),
)
ChannelShape = shape_of(
    Channel,
    id=Slug,
    to=many(Email),
    url=SecretOrAddress,
    quiet=shape_of(QuietHours, timezone=Zone) | None,
    language=Language,
)
DigestShape = shape_of(
    Digest,
    id=Slug,
    to=many(Email),
    timezone=Zone,
    days=many(Weekday),
    language=Language,
    max_stories=AtLeastOne,
    max_per_section=AtLeastOne,
)


class SourcesFile(Shape):
    """One file of sources."""

    version: Version = 1
    sources: Annotated[tuple[SourceShape, ...], OneOrMany()]  # type: ignore[valid-type]


class ChannelsFile(Shape):
    """The ways in which people are told."""

    version: Version = 1
    channels: Annotated[tuple[ChannelShape, ...], OneOrMany()] = ()  # type: ignore[valid-type]


class DigestsFile(Shape):
    """The digests and their readers."""

    version: Version = 1
    digests: Annotated[tuple[DigestShape, ...], OneOrMany()] = ()  # type: ignore[valid-type]


DigestPlaceShape: Annotation = shape_of(DigestPlace, max=AtLeastOne)


class Digested(Shape):
    """What holds both `digest: false` and `digest: {section: …}`."""

    wanted: bool = True
    place: DigestPlaceShape = DigestPlaceShape()

    @model_validator(mode="before")
    @classmethod
    def _take_switch(cls, value: Any) -> Any:
        return {"wanted": value} if isinstance(value, str) else {"place": value}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Allow both forms in an editor."""
        shape = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [{"type": "boolean"}, shape["properties"]["place"]]}


class AlertShape(Shape):
    """Where a rule's alerts go, and how often; what is missing the file's defaults say."""

    channels: Annotated[tuple[Slug, ...], OneOrMany()] = ()
    cooldown: Duration | None = None
    per: Annotated[Per, choice(Per)] | None = None
    escalate_after: Duration | None = None


class ScoreShape(Shape):
    """Weights that add up; it fires at the threshold."""

    threshold: int
    weights: Annotated[dict[Text, Weight], Field(min_length=1)]


class TestShape(Shape):
    """One example that must, or must not, match."""

    match: Query | None = None
    no_match: Query | None = None
    field: Annotated[str, one_of(*TEST_FIELDS)] = "body"

    @model_validator(mode="after")
    def _one_of_both(self) -> "TestShape":
        if (self.match is None) == (self.no_match is None):
            raise misread("must have either 'match' or 'no_match'")
        return self


class DefaultsShape(Shape):
    """What the rules of this file have unless they say otherwise."""

    owner: Word = ""
    severity: Annotated[Severity, choice(Severity)] = Severity.NORMAL
    events: Annotated[tuple[Event, ...], OneOrMany()] = TOLD
    channels: Annotated[tuple[Slug, ...], OneOrMany()] = ()
    cooldown: Duration | None = None
    per: Annotated[Per, choice(Per)] | None = None
    digest: Digested = Digested()


ThresholdShape: Annotation = shape_of(Threshold, count=AtLeastOne)
WhereShape: Annotation = shape_of(Where, langs=many(Language), min_words=NotNegative)


class RuleShape(Shape):
    """One rule."""

    elsewhere = OF_A_RULE

    id: LocatedSlug
    name: Word = ""
    owner: Word | None = None
    severity: Annotated[Severity, choice(Severity)] | None = None
    match: Query | None = None
    not_: Query | None = Field(None, alias="not")
    where: WhereShape = Where()
    score: ScoreShape | None = None
    threshold: ThresholdShape | None = None
    alert: AlertShape = AlertShape()
    digest: Digested | None = None
    events: Annotated[tuple[Event, ...], OneOrMany()] | None = None
    mute_until: Day | None = None
    expires: Day | None = None
    tests: Annotated[tuple[TestShape, ...], OneOrMany()] = ()

    @model_validator(mode="after")
    def _needs_words(self) -> "RuleShape":
        if self.match is None and self.score is None:
            raise misread("needs 'match' or 'score'", "write such as  match: 'Zangezur*'")
        return self


class RulesFile(Shape):
    """One file of term lists and rules."""

    version: Version = 1
    timezone: Zone | None = None
    defaults: DefaultsShape = DefaultsShape()
    terms: Annotated[
        dict[Text, Annotated[tuple[Text, ...], OneOrMany(), Field(min_length=1)]],
        Field(default_factory=dict),
    ]
    rules: Annotated[tuple[RuleShape, ...], OneOrMany()] = ()


FILES: dict[str, type[Shape]] = {
    "settings": SettingsFile,
    "sources": SourcesFile,
    "channels": ChannelsFile,
    "digests": DigestsFile,
    "rules": RulesFile,
}
