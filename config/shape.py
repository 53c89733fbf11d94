"""Describe shapes to pydantic: the small words of our files, and a shape per frozen dataclass.

pydantic sees a file only here, at the door: it finds every mistake of shape at once and writes
the JSON Schemas. What passes is built into the dataclasses; nothing behind the door knows it.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    create_model,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from config import words
from config.errors import Mistake
from config.located import locate
from config.secrets import IN_FILE, fetch_secret
from config.settings import Secret
from config.syntax import quoted
from config.text import Located
from config.words import Misread
from config.written import Document, Written, WrittenMap

CUT_OFF = re.compile(r"\s+#")
SEVERAL = re.compile(r"\w[\w.@+-]*(,\s*\w[\w.@+-]*)+")  # words with commas, and no list
# pydantic reads these at run time; mypy has no name for them.
Annotation = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What the validators of one file are handed: the file, the environment, the complaints."""

    document: Document
    environ: Mapping[str, str]
    mistakes: list[Mistake] = field(default_factory=list)


class Shape(BaseModel):
    """A mapping in a file; unknown keys are named with the nearest known one."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, protected_namespaces=()
    )
    builds: ClassVar[type[Any] | None] = None  # the dataclass that a generated shape stands for
    elsewhere: ClassVar[Mapping[str, str]] = {}  # a key people look for here → what to write

    @model_validator(mode="before")
    @classmethod
    def sort_keys(cls, value: Any, info: ValidationInfo) -> Any:
        """Complain of unknown keys at their place; leave out what has no value."""
        door: Door | None = info.context
        if not isinstance(value, WrittenMap) or door is None:
            return value
        known = {each.alias or name for name, each in cls.model_fields.items()}
        for key in value:
            if key not in known:
                message = f"E004 unknown key {str(key)!r}"
                near = cls.elsewhere.get(key) or words.did_you_mean(key, known)
                hint = near or f"known: {', '.join(sorted(known))}"
                door.mistakes.append(door.document.mistake(key, message, hint))
        return {
            str(key): below
            for key, below in value.items()
            if key in known and not _is_nothing(below)
        }


def _is_nothing(node: object) -> bool:
    """Tell whether a key was written without a value: its default holds."""
    return isinstance(node, Written) and node == "" and node.style == ""


class Reads:
    """Read one scalar by a function that raises Misread; the schema tells editors its form."""

    def __init__(self, read: Callable[[str, Door], object], **schema: object) -> None:
        self.read = read
        self.schema = {"type": "string", **schema}

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Validate by our function alone."""
        return core_schema.with_info_plain_validator_function(self.validate)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the form to editors."""
        return dict(self.schema)

    def validate(self, value: object, info: "core_schema.ValidationInfo[Any]") -> object:
        """Return what the scalar means."""
        if not isinstance(value, str):
            raise misread("must be one value, not a list or a mapping")
        try:
            return self.read(value, info.context)
        except Misread as error:
            raise misread(error.message, error.hint) from error


def misread(
    message: str, hint: str = "", at: tuple[int, int] | None = None
) -> PydanticCustomError:
    """Make the error by which a validator complains; the message completes "'key' …"."""
    return PydanticCustomError(
        "misread", "{message}", {"message": message, "hint": hint, "at": at}
    )


def word(read: Callable[[str], object], **schema: object) -> Reads:
    """Make the reader of a scalar that needs nothing but itself."""
    return Reads(lambda value, door: read(str(value)), **schema)


def choice(kind: type[StrEnum]) -> Reads:
    """Make the reader of an enumeration."""
    names = tuple(member.value for member in kind)
    return word(lambda text: kind(words.one_of(text, names)), enum=list(names))


def one_of(*names: str) -> Reads:
    """Make the reader of a word out of a few."""
    return word(lambda text: words.one_of(text, names), enum=list(names))


def _secret_or_address(value: str, door: Door) -> Secret:
    if value.startswith(("http://", "https://")):
        return Secret(value=words.web_address(value), origin=IN_FILE)
    return fetch_secret(value, door.environ)


def _text(value: str, door: Door) -> Located:
    if not isinstance(value, Written):
        raise Misread("must be text")
    return locate(door.document, value)


def _query(value: str, door: Door) -> Located:
    """Keep an expression with its places; refuse one that ` #` cut off without a word."""
    located = _text(value, door)
    if isinstance(value, Written) and value.style == "":
        line = door.document.line(value.end_line)
        if cut := CUT_OFF.match(line, value.end_column - 1):
            raise misread(
                "E007 is cut off at ' #': YAML takes the rest of the line for a comment",
                quoted(line) if value.line == value.end_line else "put it below a | sign",
                at=(value.end_line, cut.end()),
            )
    return located


def _located_slug(value: str, door: Door) -> Located:
    words.slug(value)
    return _text(value, door)


class OneOrMany:
    """Take a single value for a list of one, unless it is plain words joined by commas."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Wrap a scalar or a mapping before the list is validated."""
        return core_schema.no_info_before_validator_function(_listed, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Allow both forms in an editor."""
        listed = handler(schema)
        return {"anyOf": [listed.get("items", {}), listed]}


def _listed(value: object) -> object:
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, Written) and value.style == "" and SEVERAL.fullmatch(value):
        hint = f"write [{value}]; one value with a comma stands in quotes: '{value}'"
        raise misread("must be a list in brackets", hint)
    return [value]


def many(item: Annotation) -> Annotation:
    """Make the annotation of a list that may also be written as its only member."""
    return Annotated[tuple[item, ...], OneOrMany()]


TIME_PATTERN = "^[0-9]{1,2}:[0-9]{2}$"
Word = Annotated[str, word(str)]
Text = Annotated[Located, Reads(_text)]
Query = Annotated[Located, Reads(_query)]
Duration = Annotated[
    timedelta,
    word(words.duration, pattern="^([0-9]+[smhdw])+$", examples=["15m", "6h", "30d"]),
]
Clock = Annotated[time, word(words.clock_time, pattern=TIME_PATTERN, examples=["07:00"])]
Day = Annotated[date, word(words.day, pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Weekday = Annotated[str, word(words.weekday, examples=["mon"])]
Zone = Annotated[str, word(words.zone, examples=["Asia/Baku"])]
SLUG_PATTERN = "^[a-z0-9][a-z0-9._-]{0,63}$"
Slug = Annotated[str, word(words.slug, pattern=SLUG_PATTERN)]
LocatedSlug = Annotated[Located, Reads(_located_slug, pattern=SLUG_PATTERN)]
Address = Annotated[str, word(words.web_address, pattern="^https?://")]
Language = Annotated[str, word(words.language, examples=["en", "az"])]
Country = Annotated[str, word(words.country, pattern="^[A-Za-z]{2}$")]
Pattern = Annotated[str, word(words.pattern)]
Cron = Annotated[str, word(words.cron, examples=["*/10 6-22 * * mon-fri"])]
Email = Annotated[str, word(words.email_address, examples=["desk@example.org"])]
SecretReference = Annotated[
    Secret,
    Reads(lambda value, door: fetch_secret(value, door.environ), pattern="^(env:.+|file:.+)$"),
]
SecretOrAddress = Annotated[
    Secret, Reads(_secret_or_address, pattern="^(env:.+|file:.+|https?://.+)$")
]
Version = Annotated[int, word(lambda text: int(words.one_of(text, ("1",))), type="integer")]
SIMPLE: dict[Any, Annotation] = {
    str: Word,
    timedelta: Duration,
    time: Clock,
    date: Day,
    Secret: SecretReference,
    Located: Text,
}


def shape_of(kind: type[Any], **overrides: Annotation) -> type[Shape]:
    """Make the shape of a frozen dataclass: same keys, same defaults; overrides by key."""
    hints = get_type_hints(kind)
    fields: dict[str, Any] = {}
    for each in dataclasses.fields(kind):
        annotation = overrides.get(each.name) or _annotation(hints[each.name])
        fields[each.name] = (annotation, _default(each))
    for name in overrides.keys() - {each.name for each in dataclasses.fields(kind)}:
        fields[name] = (overrides[name] | None, None)
    shape = create_model(kind.__name__, __base__=Shape, __doc__=kind.__doc__, **fields)
    shape.builds = kind
    return shape


def _default(each: "dataclasses.Field[Any]") -> Any:
    """Hand on a dataclass default; through a factory, so that no schema tries to print it."""
    if each.default is not dataclasses.MISSING:
        return Field(default_factory=lambda: each.default)
    if each.default_factory is not dataclasses.MISSING:
        return Field(default_factory=each.default_factory)
    return Field()


def _annotation(hint: Any) -> Annotation:
    """Translate a dataclass field's type into what reads it."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        kinds = [each for each in arguments if each is not type(None)]
        return _annotation(kinds[0]) | None if _is_model(kinds[0]) else _annotation(kinds[0])
    if origin is tuple:
        return many(_annotation(arguments[0]))
    if origin is dict:
        return dict[str, _annotation(arguments[1])]  # type: ignore[misc]  # made at run time
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return choice(hint)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return shape_of(hint)
    return hint


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint not in SIMPLE


def finish(value: Any) -> Any:
    """Build the dataclasses that validated shapes stand for, all the way down."""
    if isinstance(value, Shape) and value.builds is not None:
        names = [each.name for each in dataclasses.fields(value.builds)]
        return value.builds(**{name: finish(getattr(value, name)) for name in names})
    if isinstance(value, tuple):
        return tuple(finish(each) for each in value)
    if isinstance(value, dict):
        return {key: finish(each) for key, each in value.items()}
    return value
