"""Say why a clause failed, in any language we write."""

from dataclasses import dataclass
from datetime import timedelta

from alerts.matching.evidence import Evidence
from alerts.wording import Wording, wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where words stand: a field, the number of its paragraph, and the words, if they help."""

    field: str
    paragraph: int | None = None  # counted from 1; None: it stands in no paragraph of the text
    words: str = ""

    def say(self, words: Wording) -> str:
        """Write it: "body ¶2 “Zangezur corridor”"."""
        name = words.words.get(self.field, self.field)
        number = f" {words.say('paragraph', n=self.paragraph)}" if self.paragraph else ""
        return f"{name}{number}{f' “{self.words}”' if self.words else ''}"


Value = str | int | timedelta | Spot


@dataclass(frozen=True, slots=True)
class Reason:
    """One phrase of words/*.json, and what fills its blanks."""

    name: str
    values: tuple[tuple[str, Value], ...] = ()

    def say(self, words: Wording) -> str:
        """Write it in a language."""
        return words.say(
            self.name, **{name: _said(value, words) for name, value in self.values}
        )

    def __str__(self) -> str:
        """Write it in English, for the commands and the pages."""
        return self.say(wording("en"))


def because(name: str, **values: Value) -> Reason:
    """Return the reason of that name."""
    return Reason(f"why_{name}", tuple(values.items()))


def spot(piece: Evidence, *, words: bool = True) -> Spot:
    """Return where a piece of evidence stands."""
    number = piece.block + 1 if piece.field == "body" and piece.block is not None else None
    return Spot(field=piece.field, paragraph=number, words=piece.words if words else "")


def _said(value: Value, words: Wording) -> object:
    match value:
        case Spot():
            return value.say(words)
        case timedelta():
            return words.span(value)
        case _:
            return value
