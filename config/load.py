"""Load the config folder: read, parse, check shapes, build values, check them together.

Every mistake of every file is reported at once; a file that is broken does not make the others
complain of names it would have given. The rule language is not checked here: a draft hands on
the queries, those of broken files too, so that its mistakes can be shown beside the others.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from config import crosscheck
from config.build import build_rules, build_terms
from config.channel import Channel
from config.complaints import complaints
from config.config import Config
from config.crosscheck import Known, Placed
from config.digest import Digest
from config.errors import ConfigError, Mistake
from config.files import ConfigFile, Unread, fingerprint_of, read_files, stray_files
from config.parse import parse_document
from config.rule import RuleText, TermList
from config.salvage import sound_part
from config.settings import Settings
from config.shape import Door, Shape, finish
from config.shapes import FILES, RulesFile
from config.source import Source
from config.written import Document, Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the folder says as far as it can be read; the queries in it are not checked."""

    config: Config | None  # None: an error stands in its way
    mistakes: tuple[Mistake, ...]  # of all files, warnings among them
    rules: tuple[RuleText, ...]  # of broken files, too, where their queries can be read
    terms: tuple[TermList, ...]
    all_lists: bool  # terms are complete: a list they lack is unknown
    sources: frozenset[str] | None  # ids, hosts and tags; None: their file is broken
    rules_fingerprint: str


def load_config(directory: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """Return everything the folder says; raises ConfigError with every mistake in it."""
    draft = read_draft(directory, environ)
    if draft.config is None:
        raise ConfigError([each for each in draft.mistakes if not each.warning])
    return draft.config


def read_draft(
    directory: Path, environ: Mapping[str, str] = os.environ, called: Path | None = None
) -> Draft:
    """Read the folder as far as it can be understood; a copy is called by its original."""
    files = read_files(directory, called)
    loaded = _Loaded(environ=environ)
    for file in files:
        loaded.take(file)
    mistakes = (*loaded.mistakes, *loaded.crosschecked(), *stray_files(directory))
    config = None
    rules_fingerprint = fingerprint_of(file for file in files if file.kind == "rules")
    if loaded.settings is not None and all(mistake.warning for mistake in mistakes):
        config = Config(
            settings=loaded.settings.value,
            sources=tuple(each.value for each in loaded.sources),
            terms=tuple(each.value for each in loaded.terms),
            rules=tuple(each.value for each in loaded.rules),
            channels=tuple(each.value for each in loaded.channels),
            digests=tuple(loaded.digests_in_zone()),
            fingerprint=fingerprint_of(files),
            rules_fingerprint=rules_fingerprint,
            warnings=mistakes,
        )
    return Draft(
        config=config,
        mistakes=mistakes,
        rules=(*(each.value for each in loaded.rules), *loaded.sound_rules),
        terms=(*(each.value for each in loaded.terms), *loaded.sound_terms),
        all_lists=loaded.all_lists,
        sources=loaded.known().sources,
        rules_fingerprint=rules_fingerprint,
    )


def fingerprint(directory: Path) -> str:
    """Return the hash of the folder's files as they are now; changes when any of them does."""
    return fingerprint_of(read_files(directory))


def load_text(
    kind: str, path: str, text: str, environ: Mapping[str, str]
) -> tuple[Document, Shape]:
    """Parse one file and check its shape; raises ConfigError with all its own mistakes."""
    document = parse_document(path, text)
    return document, _shaped(kind, document, environ)


@dataclass(slots=True, kw_only=True)
class _Loaded:
    """What has been understood so far; one instance per load."""

    environ: Mapping[str, str]
    mistakes: list[Mistake] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)  # kinds of which a file could not be used
    settings: Placed[Settings] | None = None
    sources: list[Placed[Source]] = field(default_factory=list)
    terms: list[Placed[TermList]] = field(default_factory=list)
    rules: list[Placed[RuleText]] = field(default_factory=list)
    defaults: list[Placed[tuple[str, ...]]] = field(default_factory=list)
    channels: list[Placed[Channel]] = field(default_factory=list)
    digests: list[Placed[Digest]] = field(default_factory=list)
    # Of rules files with mistakes: only to be checked.
    sound_rules: list[RuleText] = field(default_factory=list)
    sound_terms: list[TermList] = field(default_factory=list)
    all_lists: bool = True

    def take(self, file: ConfigFile | Unread) -> None:
        """Parse, check and build one file; note its mistakes instead of raising them."""
        document = None
        try:
            if isinstance(file, Unread):
                raise ConfigError([file.mistake])  # noqa: TRY301 - one place notes them all
            document = parse_document(file.path, _decoded(file))
            self.keep(file.kind, document, _shaped(file.kind, document, self.environ))
        except ConfigError as error:
            self.mistakes += error.mistakes
            self.broken.add(file.kind)
            if file.kind == "rules":
                self.keep_sound(document, error.mistakes)

    def keep_sound(self, document: Document | None, mistakes: Sequence[Mistake]) -> None:
        """Keep of a broken rules file what can be checked for further mistakes."""
        if document is None:
            self.all_lists = False
            return
        sound = sound_part(document, mistakes)
        self.all_lists = self.all_lists and sound.all_lists
        with suppress(ConfigError):
            shape: Any = _shaped("rules", sound.document, self.environ)
            self.sound_rules += build_rules(shape, self.timezone())
            self.sound_terms += build_terms(shape)

    def keep(self, kind: str, document: Document, shape: Any) -> None:
        if kind == "settings":
            self.settings = Placed(value=finish(shape), document=document, steps=())
        elif kind == "rules":
            self.keep_rules(document, shape)
        else:
            into: list[Placed[Any]] = getattr(self, kind)
            into += _placed(document, kind, finish(getattr(shape, kind)))

    def keep_rules(self, document: Document, shape: RulesFile) -> None:
        self.rules += _placed(document, "rules", build_rules(shape, self.timezone()))
        channels = shape.defaults.channels
        steps: Steps = ("defaults", "channels")
        self.defaults.append(Placed(value=channels, document=document, steps=steps))
        for terms in build_terms(shape):
            self.terms.append(
                Placed(value=terms, document=document, steps=("terms", terms.name))
            )

    def timezone(self) -> str:
        """Return the readers' zone, which holds where a rule or a digest names none."""
        return self.settings.value.timezone if self.settings else "UTC"

    def digests_in_zone(self) -> Iterator[Digest]:
        for each in self.digests:
            told = each.document.holds((*each.steps, "timezone"))
            yield each.value if told else replace(each.value, timezone=self.timezone())

    def crosschecked(self) -> Iterator[Mistake]:
        known = self.known()
        lists: list[list[Placed[Any]]] = [self.sources, self.channels, self.digests, self.rules]
        for each in lists:
            yield from crosscheck.double_ids(each, [placed.value.id for placed in each])
        yield from crosscheck.double_terms(self.terms)
        yield from crosscheck.check_sources(self.sources)
        if self.settings:
            yield from crosscheck.check_settings(self.settings, known)
            opened = self.settings.value.fetch.allow_private
            yield from crosscheck.sources_inside(self.sources, opened)
            yield from crosscheck.channels_inside(self.channels, opened)
        yield from chain.from_iterable(map(crosscheck.check_channel, self.channels))
        for digest in self.digests:
            yield from crosscheck.check_digest(digest, known)
        for defaults in self.defaults:
            yield from crosscheck.check_defaults(defaults, known)
        for rule in self.rules:
            yield from crosscheck.check_rule(rule, known)

    def known(self) -> Known:
        sources = [each.value for each in self.sources]
        ids = frozenset(source.id for source in sources)
        channels = frozenset(each.value.id for each in self.channels)
        rules = frozenset(
            chain.from_iterable((each.value.id, each.value.owner) for each in self.rules)
        )
        digests = {each.value.id: each.value for each in self.digests}
        return Known(
            sources=None if "sources" in self.broken else crosscheck.names_of(sources),
            source_ids=None if "sources" in self.broken else ids,
            channels=None if "channels" in self.broken else channels,
            sections=None if "digests" in self.broken else crosscheck.sections_of(digests),
            rules=None if "rules" in self.broken else rules,
        )


def _placed(document: Document, key: str, values: tuple[Any, ...]) -> list[Placed[Any]]:
    return [
        Placed(value=value, document=document, steps=(key, index))
        for index, value in enumerate(values)
    ]


def _decoded(file: ConfigFile) -> str:
    try:
        return file.body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = file.body.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 text: byte 0x{file.body[error.start]:02x}"
        hint = "save it as UTF-8; the file may also be damaged or half saved"
        mistake = Mistake(path=file.path, line=line, message=message, hint=hint)
        raise ConfigError([mistake]) from error


def _shaped(kind: str, document: Document, environ: Mapping[str, str]) -> Shape:
    """Check a document's shape; raises ConfigError with all its mistakes."""
    door = Door(document=document, environ=environ)
    found: list[Mistake] = []
    shape: Shape | None = None
    try:
        shape = ADAPTERS[kind].validate_python(document.root, context=door)
    except ValidationError as error:
        found = complaints(error, document)
    mistakes = sorted([*door.mistakes, *found], key=lambda each: each.line or 0)
    if mistakes or shape is None:
        raise ConfigError(mistakes)
    return shape


ADAPTERS: dict[str, TypeAdapter[Shape]] = {
    kind: TypeAdapter(shape) for kind, shape in FILES.items()
}
