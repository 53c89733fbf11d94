"""What is fuzzed: each takes any bytes, and fails when a promise about them is broken.

A target raises nothing for an input that is understood or refused in a typed way; everything
that escapes is a fault of ours.
"""

from collections.abc import Callable
from contextlib import suppress

from alerts.importing.dialects import DIALECTS
from alerts.importing.importing import import_query
from alerts.language.complaint import to_located
from alerts.language.parser import parse
from alerts.matching.ruleset import compile_rules
from config.errors import ConfigError
from config.load import load_text
from config.rule import RuleText
from config.shapes import FILES
from tests.fuzz import asked, coming, told


def read_query(data: bytes) -> None:
    """Parse a query, and compile it when it is one."""
    text = data.decode("utf-8", "replace")
    parsed = parse(text)
    assert all(0 <= each.offset <= len(text) for each in parsed.complaints)
    rule = RuleText(id="r", place=to_located("r"), name="r", match=to_located(text))
    with suppress(ConfigError):
        compile_rules([rule])


def read_foreign_query(data: bytes) -> None:
    """Translate a query of another product; the first byte says of which."""
    products = sorted(DIALECTS)
    import_query(
        data[1:].decode("utf-8", "replace"), products[(data or b"\0")[0] % len(products)]
    )


def read_settings(data: bytes) -> None:
    """Load a configuration file; the first byte says which."""
    kinds = sorted(FILES)
    with suppress(ConfigError):
        text = data[1:].decode("utf-8", "replace")
        load_text(kinds[(data or b"\0")[0] % len(kinds)], "f.yaml", text, {})


TARGETS: dict[str, Callable[[bytes], None]] = {
    "address": coming.read_address,
    "answer": coming.read_answer,
    "charset": coming.read_charset,
    "coding": coming.read_coding,
    "digest": told.write_digest_page,
    "export": told.write_export,
    "foreign_query": read_foreign_query,
    "hub": coming.hear_hub,
    "log": told.write_log,
    "mail": told.write_mail,
    "page": coming.read_page,
    "payload": told.write_payload,
    "query": read_query,
    "request": asked.ask,
    "robots": coming.read_rules_of_a_host,
    "settings": read_settings,
    "way": coming.read_way,
}
