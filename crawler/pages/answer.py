"""Say what a page was asked for and cannot give; each error is an answer of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from crawler.pages.state import State
from storage.database import Database

LARGEST_ID = 2**63 - 1


class NotAnswered(Exception):  # noqa: N818 - it is an answer, not a fault of ours
    """The page cannot be given; the subclass says why."""

    status = 500


class NotThere(NotAnswered):
    """There is no such thing."""

    status = 404


class BadAsk(NotAnswered):
    """The question cannot be understood; the message says what to write."""

    status = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question: to whom, about what."""

    database: Database
    state: State
    path: Mapping[str, Any]  # what stands in the path
    query: Mapping[str, str]  # what stands behind the question mark

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        """Return a whole number of the query; raises BadAsk when it is none, or too far."""
        text = self.query.get(name, "")
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or len(text) > 20:
            raise BadAsk(f"{name} must be a whole number")
        number = int(text)
        if not least <= number <= most:
            raise BadAsk(f"{name} must be from {least} to {most}")
        return number

    def word(self, name: str) -> str | None:
        """Return a word of the query; None: it is not there, or empty."""
        text = self.query.get(name, "").strip()
        if len(text) > 2000:
            raise BadAsk(f"{name} is longer than 2000 characters")
        return text or None


def to_json(value: Any) -> Any:
    """Return a value of ours as what JSON knows."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: to_json(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value
