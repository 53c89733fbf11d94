"""Write and read what passes between the daemon and its extracting processes.

A worker has parsed hostile pages: what comes back from it is read by an unpickler that makes
plain values and our own records, and calls nothing else.
"""

import dataclasses
import enum
import io
import pickle
import struct
import sys
from datetime import date, datetime, timedelta, timezone
from importlib import import_module
from typing import Any, Final
from zoneinfo import ZoneInfo

HEADER: Final = struct.Struct(">II")  # lengths of the pickled part and of the page behind it
ANSWER: Final = struct.Struct(">I")
_OURS: Final = ("storage.", "crawler.extract.", "alerts.", "config.")


class UntrustedAnswerError(pickle.UnpicklingError):
    """A worker sent something that is no plain value: it must have been taken over."""


def pack(value: object) -> bytes:
    """Return a value as bytes."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Any:
    """Return the value a worker sent; raises UntrustedAnswerError."""
    return _PlainUnpickler(io.BytesIO(data)).load()


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        known = _KNOWN.get((module, name))
        if known is not None:
            return known
        if module.startswith(_OURS):
            found = getattr(sys.modules.get(module) or import_module(module), name, None)
            if isinstance(found, type) and found.__module__ == module and _is_record(found):
                return found
        raise UntrustedAnswerError(f"{module}.{name} is no plain value")


def _is_record(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) or issubclass(kind, enum.Enum)


def _zone_maker(kind: object, name: str) -> Any:
    """Stand in for getattr, which pickled time zones ask for."""
    if kind is ZoneInfo and name == "_unpickle":
        return lambda key, _: ZoneInfo(key)
    raise UntrustedAnswerError(f"attribute {name!r} is not for a worker to ask")


_KNOWN: Final[dict[tuple[str, str], Any]] = {
    ("builtins", "frozenset"): frozenset,
    ("builtins", "set"): set,
    ("builtins", "getattr"): _zone_maker,
    ("datetime", "date"): date,
    ("datetime", "datetime"): datetime,
    ("datetime", "timedelta"): timedelta,
    ("datetime", "timezone"): timezone,
    ("zoneinfo", "ZoneInfo"): ZoneInfo,
}
