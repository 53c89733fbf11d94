"""The fixed words of alerts and digests, in every language we write (words/*.json).

Where a language would bend a noun behind a number, the number stands after the noun.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from config.words import WRITTEN


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
        """Write a length of time in minutes, hours or days."""
        minutes = int(span.total_seconds() // 60)
        if minutes < 120:
            return self.say("minutes", n=minutes)
        hours = minutes // 60
        return self.say("hours", n=hours) if hours < 72 else self.say("days", n=hours // 24)

    def day(self, at: datetime) -> str:
        """Write a day: Tue 14 Oct."""
        return f"{self.days[at.weekday()]} {at.day} {self.months[at.month - 1]}"

    def time(self, at: datetime) -> str:
        """Write a day and a time: Tue 14 Oct 07:00."""
        return f"{self.day(at)} {at:%H:%M}"


@cache
def wording(language: str) -> Wording:
    """Return the words of a language, English where we do not write it."""
    name = language.split("-")[0].lower()
    name = name if name in WRITTEN else "en"
    read = json.loads(files("alerts").joinpath("words", f"{name}.json").read_text("utf-8"))
    return Wording(
        language=name,
        direction=read["direction"],
        days=tuple(read["days"]),
        months=tuple(read["months"]),
        words=read["words"],
    )
