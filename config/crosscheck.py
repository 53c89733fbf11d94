"""Check what one file says against the others: ids that are double, names that nothing bears.

Pure: built values with their documents in, mistakes out.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from config.channel import Channel, ChannelKind
from config.complaints import masked
from config.digest import Digest
from config.errors import Mistake
from config.nearby import is_loopback, is_private
from config.rule import RuleText, TermList
from config.secrets import IN_FILE
from config.settings import Settings
from config.source import Source
from config.words import WRITTEN, did_you_mean
from config.written import Document, Node, Steps, WrittenList

Value = TypeVar("Value")
# Their address is their key, so it may not stand in the file.
KEYED = (
    ChannelKind.SLACK,
    ChannelKind.TEAMS,
    ChannelKind.DISCORD,
    ChannelKind.TELEGRAM,
    ChannelKind.APPRISE,
)
ADDRESSED = (*KEYED, ChannelKind.WEBHOOK, ChannelKind.NTFY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Generic[Value]):
    """A value and where it was written."""

    value: Value
    document: Document
    steps: Steps

    def mistake(self, below: Steps, message: str, hint: str = "") -> Mistake:
        """Complain of something at or below this value."""
        return self.document.mistake(self.document.node((*self.steps, *below)), message, hint)

    def warning(self, below: Steps, message: str, hint: str = "") -> Mistake:
        """Warn of something at or below this value."""
        place = self.document.node((*self.steps, *below))
        return self.document.mistake(place, message, hint, warning=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The names that may be referred to; None: their file is broken, so nothing is known."""

    sources: frozenset[str] | None  # ids, hosts and tags
    source_ids: frozenset[str] | None
    channels: frozenset[str] | None
    sections: frozenset[str] | None  # None also: some digest shows every section
    rules: frozenset[str] | None  # ids and owners


def double_ids(placed: Iterable[Placed[Value]], ids: Iterable[str]) -> Iterator[Mistake]:
    """Refuse an id that two values bear."""
    first: dict[str, Placed[Value]] = {}
    for each, name in zip(placed, ids, strict=True):
        if name in first:
            other = first[name]
            line = other.document.node((*other.steps, "id")).line
            hint = f"the first is {other.document.path}:{line}"
            yield each.mistake(("id",), f"E003 the id {name!r} is used twice", hint)
        first.setdefault(name, each)


def double_terms(placed: Iterable[Placed[TermList]]) -> Iterator[Mistake]:
    """Refuse a term list whose name another file has already given."""
    first: dict[str, TermList] = {}
    for each in placed:
        terms = each.value
        if terms.name in first:
            other = first[terms.name].place
            hint = f"the first is {other.path}:{other.line}; lists are shared by all files"
            message = f"E003 the term list {terms.name!r} is written twice"
            yield each.document.mistake(each.document.key(each.steps), message, hint)
        first.setdefault(terms.name, terms)


def check_settings(placed: Placed[Settings], known: Known) -> Iterator[Mistake]:
    """Check the settings against sources and channels, and for what cannot be safe."""
    settings = placed.value
    alerts = ("alerts", "operator")
    yield from _unknown(placed, alerts, settings.alerts.operator, known.channels, "channel")
    canary = (settings.alerts.canary_channel,) if settings.alerts.canary_channel else ()
    yield from _unknown(placed, ("alerts", "canary_channel"), canary, known.channels, "channel")
    both = None
    if known.source_ids is not None and known.channels is not None:
        both = known.source_ids | known.channels
    private = settings.fetch.allow_private
    yield from _unknown(placed, ("fetch", "allow_private"), private, both, "source or channel")
    for name in settings.retention.by_source:
        steps = ("retention", "by_source", name)
        yield from _unknown(placed, steps, (name,), known.source_ids, "source")
    if not is_loopback(settings.status.host) and settings.status.token is None:
        yield placed.mistake(
            ("status", "host"),
            "the status page would answer strangers: it needs a 'token' outside loopback",
            "add  token: env:PRESSWATCH_TOKEN  or set  host: 127.0.0.1",
        )
    mail = settings.mail
    if (mail.user is None) != (mail.password is None):
        yield placed.mistake(("mail",), "'user' and 'password' belong together")
    if mail.password and mail.tls == "none" and not is_loopback(mail.host or "localhost"):
        yield placed.mistake(
            ("mail", "tls"), "the password would cross the network in clear", "tls: starttls"
        )
    if mail.host and not is_loopback(mail.host) and "@localhost" in mail.sender:
        yield placed.warning(
            ("mail", "sender"),
            "mail from localhost is refused or taken for spam nearly everywhere",
            "an address of yours:  sender: Press desk <presswatch@your.domain>",
        )


def check_sources(placed: Iterable[Placed[Source]]) -> Iterator[Mistake]:
    """Warn of an address that two sources watch."""
    first: dict[str, str] = {}
    for each in placed:
        address = each.value.url.rstrip("/")
        if address in first and first[address] != each.value.id:
            yield each.warning(("url",), f"the source {first[address]!r} has this address, too")
        first.setdefault(address, each.value.id)


def sources_inside(
    placed: Iterable[Placed[Source]], opened: Collection[str]
) -> Iterator[Mistake]:
    """Warn of a source that will be refused: its address is private, and nobody opened it."""
    for each in placed:
        source = each.value
        addresses = [
            ("url", source.url),
            *(("feeds", url) for url in source.feeds),
            *(("sitemaps", url) for url in source.sitemaps),
            *(("sections", url) for url in source.sections),
        ]
        if source.enabled and source.id not in opened:
            yield from _inside(each, source.id, addresses)


def channels_inside(
    placed: Iterable[Placed[Channel]], opened: Collection[str]
) -> Iterator[Mistake]:
    """Warn likewise of a channel whose address stands in the file."""
    for each in placed:
        url = each.value.url
        if url and url.origin == IN_FILE and each.value.id not in opened:
            yield from _inside(each, each.value.id, [("url", url.value)])


def _inside(
    placed: Placed[Value], name: str, addresses: Iterable[tuple[str, str]]
) -> Iterator[Mistake]:
    """Warn of the first address that is private."""
    for key, address in addresses:
        host = urlsplit(address).hostname or ""
        if is_private(host):
            message = f"{host} is a private address: {name!r} will be refused there"
            hint = f"if you mean it, below fetch: in settings.yaml:  allow_private: [{name}]"
            place = _written(placed, (key,), address)
            yield placed.document.mistake(place, message, hint, warning=True)
            return


def check_channel(placed: Placed[Channel]) -> Iterator[Mistake]:
    """Check that a channel has what its kind needs."""
    yield from _worded(placed, placed.value.language)
    channel, kind = placed.value, placed.value.kind
    if kind is ChannelKind.EMAIL and not channel.to:
        yield placed.mistake(("id",), "an e-mail channel needs 'to'", "to: [desk@example.org]")
    if kind in ADDRESSED and channel.url is None:
        yield placed.mistake(("id",), f"a {kind} channel needs 'url'", "url: env:NAME")
    if kind in {ChannelKind.TELEGRAM, ChannelKind.NTFY} and not channel.chat:
        yield placed.mistake(("id",), f"a {kind} channel needs 'chat'")
    if kind in KEYED and channel.url and channel.url.origin == IN_FILE:
        message = f"the address of a {kind} channel is its key and must not stand in the file"
        yield masked(placed.mistake(("url",), message, "write env:NAME or file:/path"))
    quiet = channel.quiet
    if quiet and quiet.start == quiet.end:
        yield placed.mistake(
            ("quiet", "end"),
            "E008 quiet hours start and end at the same time: is that never or always?",
            "write different times, or leave 'quiet' out",
        )


def _worded(placed: Placed[Value], language: str) -> Iterator[Mistake]:
    """Warn of a language that alerts and digests are not worded in."""
    if language.split("-")[0].lower() not in WRITTEN:
        hint = f"there are {', '.join(WRITTEN)}; articles keep their own language anyway"
        yield placed.warning(("language",), f"{language!r} is not written: it is English", hint)


def check_digest(placed: Placed[Digest], known: Known) -> Iterator[Mistake]:
    """Check that a digest's rules exist and its readers are named."""
    yield from _worded(placed, placed.value.language)
    if not placed.value.to:
        yield placed.mistake(("id",), "a digest needs readers in 'to'")
    rules = placed.value.rules
    yield from _unknown(placed, ("rules",), rules, known.rules, "rule or owner")


def check_rule(placed: Placed[RuleText], known: Known) -> Iterator[Mistake]:
    """Check the names a rule refers to."""
    rule = placed.value
    channels = ("alert", "channels")
    if placed.document.holds((*placed.steps, *channels)):  # else the defaults are to blame
        yield from _unknown(placed, channels, rule.alert.channels, known.channels, "channel")
    sources = [name for name in rule.where.sources if "*" not in name]
    yield from _unknown(placed, ("where", "sources"), sources, known.sources, "source")
    section = (rule.digest.section,) if rule.digest and rule.digest.section else ()
    yield from _unknown(placed, ("digest", "section"), section, known.sections, "section")


def check_defaults(placed: Placed[tuple[str, ...]], known: Known) -> Iterator[Mistake]:
    """Check the channels that a file's rules have by default."""
    yield from _unknown(placed, (), placed.value, known.channels, "channel")


def names_of(sources: Iterable[Source]) -> frozenset[str]:
    """Return every name by which rules may speak of sources: id, host, tag."""
    return frozenset(chain.from_iterable(_names(source) for source in sources))


def sections_of(digests: Mapping[str, Digest]) -> frozenset[str] | None:
    """Return the sections that some digest shows; None: one shows them all."""
    if any(not digest.sections for digest in digests.values()) or not digests:
        return None
    return frozenset(chain.from_iterable(digest.sections for digest in digests.values()))


def _names(source: Source) -> Iterator[str]:
    yield source.id
    yield from source.tags
    labels = (urlsplit(source.url).hostname or "").split(".")
    for first in range(max(len(labels) - 1, 1)):  # en.irna.ir is also spoken of as irna.ir
        yield ".".join(labels[first:])


def _unknown(
    placed: Placed[Value],
    steps: Steps,
    names: Iterable[str],
    known: frozenset[str] | None,
    noun: str,
) -> Iterator[Mistake]:
    for name in names:
        if known is not None and name not in known:
            place = _written(placed, steps, name)
            hint = did_you_mean(name, known) or _there_are(known)
            message = f"E131 there is no {noun} {name!r}"
            yield placed.document.mistake(place, message, hint)


def _there_are(known: frozenset[str]) -> str:
    """Name what there is, where it is few enough to be read."""
    return f"there are {', '.join(sorted(known))}" if 0 < len(known) <= 12 else ""


def _written(placed: Placed[Value], steps: Steps, name: str) -> Node:
    node = placed.document.node((*placed.steps, *steps))
    if isinstance(node, WrittenList):
        return next((each for each in node if each == name), node)
    return placed.document.key((*placed.steps, *steps)) if steps and steps[-1] == name else node
