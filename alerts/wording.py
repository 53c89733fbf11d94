"""The fixed words of alerts and digests, in every language we write (words/*.json).

Where a language would bend a noun behind a number, the number stands after the noun.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files

from config.words import WRITTEN

# From how many of a unit on it is used: "2 h" is not near enough to 90 minutes.
_UNITS = (("days", 86_400, 3), ("hours", 3600, 2), ("minutes", 60, 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language's words."""

    language: str
    direction: str  # ltr | rtl
    days: tuple[str, ...]  # Monday first, short
    months: tuple[str, ...]  # January first, short
    words: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Return one phrase; a template that asks for an unknown one fails."""
        return self.words[name]

    def say(self, name: str, **values: object) -> str:
        """Return a phrase with its blanks filled; n=1 takes the form for one, if there is."""
        if values.get("n") == 1 and f"{name}_one" in self.words:
            name = f"{name}_one"
        return self.words[name].format(**values)

    def kind(self, name: str) -> str:
        """Return the word for a kind of change; one of a later version stays what it is."""
        return self.words.get(f"kind_{name}", name)

    def span(self, span: timedelta) -> str:
        """Write about how long something takes, with one unit."""
        seconds = span.total_seconds()
        for unit, size, least in _UNITS:
            if seconds >= least * size:
                return self.say(unit, n=round(seconds / size))
        short = 0 < seconds < 1
        return self.say("seconds", n=f"{seconds:.2f}" if short else round(seconds))

    def exactly(self, span: timedelta) -> str:
        """Write a time that a person has set: nothing of it is rounded away."""
        seconds = round(span.total_seconds())
        whole = ((unit, size) for unit, size, _ in _UNITS if seconds and seconds % size == 0)
        unit, size = next(whole, ("seconds", 1))
        return self.say(unit, n=seconds // size)

    def day(self, at: datetime) -> str:
        """Write a day: Tue 14 Oct."""
        return f"{self.days[at.weekday()]} {at.day} {self.months[at.month - 1]}"

    def time(self, at: datetime) -> str:
        """Write a day and a time: Tue 14 Oct 07:00."""
        return f"{self.day(at)} {at:%H:%M}"


def wording(language: str) -> Wording:
    """Return the words of a language, English where we do not write it."""
    return _WORDINGS.get(language.split("-")[0].lower(), _WORDINGS["en"])


def _read(name: str) -> Wording:
    read = json.loads(files("alerts").joinpath("words", f"{name}.json").read_text("utf-8"))
    return Wording(
        language=name,
        direction=read["direction"],
        days=tuple(read["days"]),
        months=tuple(read["months"]),
        words=read["words"],
    )


# Read as we start: a daemon outlives the files it was started from.
_WORDINGS = {name: _read(name) for name in WRITTEN}


def lasting(seconds: float) -> str:
    """Write for an operator how long something takes: on pages, in commands, in notices."""
    return wording("en").span(timedelta(seconds=seconds))
