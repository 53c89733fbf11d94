"""Name the holds in which messages wait to be told together."""

from typing import Final

QUIET: Final = "quiet"  # a channel's quiet hours
_STORM: Final = "storm/"
_FIRST: Final = "first/"


def storm_of(rule_id: str) -> str:
    """Return the hold of a rule that has said enough already."""
    return f"{_STORM}{rule_id}"


def storming_rule(hold: str) -> str:
    """Return the rule whose storm a hold gathers; empty: it gathers none's."""
    return hold.removeprefix(_STORM) if hold.startswith(_STORM) else ""


def first_look_of(source_id: str) -> str:
    """Return the hold of what a source's first look brings of old news."""
    return f"{_FIRST}{source_id}"


def is_first_look(hold: str) -> bool:
    """Tell whether a hold gathers a first look's old news."""
    return hold.startswith(_FIRST)
