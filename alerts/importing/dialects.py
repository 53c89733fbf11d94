"""What the query languages of other products look like: operators, fields, order of binding."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from alerts.language.habits import FACTIVA_CODES, FACTIVA_FIELDS


class Op(Enum):
    """The operators that bind operands, whatever a product calls them."""

    OR = auto()
    AND = auto()
    NOT = auto()  # and not
    PROX = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One product's language, as far as it differs from the others."""

    name: str
    binding: tuple[Op, ...]  # the loosest first
    space: str  # what two words side by side mean: "phrase" or "AND"
    fields: Mapping[str, str]  # theirs → ours
    field_sign: re.Pattern[str]  # how a field begins; group 1 is its name
    more_words: int = 0  # added to a distance: the product counts the words between
    one_letter: str = "?"  # stands for one letter
    endings: str = "*"  # stands for any ending
    ordered: tuple[str, ...] = ("adj", "pre", "onear")  # distances that keep the order
    minus: bool = False  # a - before a term means NOT
    signs: bool = False  # it takes Westlaw's /5 +5 /s /p &
    ands: bool = True  # & alone means AND; elsewhere it is a part of a name
    whole: Mapping[str, str] = field(default_factory=dict)  # fields of all that follows → ours
    inflects: str = ""  # what it finds beyond the word as written; empty: nothing
    lost: Mapping[str, str] = field(default_factory=dict)  # fields of theirs → what to write
    dates: re.Pattern[str] | None = None  # a span of time: an alert knows none but "new"


FACTIVA = Dialect(
    name="factiva",
    binding=(Op.OR, Op.AND, Op.NOT, Op.PROX),
    space="phrase",
    fields=FACTIVA_FIELDS,
    ordered=("adj", "pre", "w"),
    ands=False,
    field_sign=re.compile(r"([a-z]{2,4})\s*(?==|>|<)=?", re.IGNORECASE),
    lost=FACTIVA_CODES,
    dates=re.compile(
        r"(?:date|pd)\b\s*(?:after|before|on|from|[<>]=?|=)?\s*-?\d[\d/-]*(?:\s+to\s+\d[\d/-]*)?"
        r"|date\s+in\s+(?:the\s+)?(?:last|past|previous|current)\s+(?:\d+\s+)?[a-z]+",
        re.IGNORECASE,
    ),
)  # fmt: skip
LEXIS = Dialect(
    name="lexis",
    binding=(Op.NOT, Op.AND, Op.PROX, Op.OR),
    space="phrase",
    fields={
        "headline": "headline", "hlead": "hlead", "lead": "lead", "body": "body",
        "byline": "byline", "section": "section", "language": "lang", "length": "words",
        "graphic": "caption", "publication": "source", "subject": "tag",
    },
    field_sign=re.compile(r"([a-z]+)\s*(?=\(|\s*[<>])", re.IGNORECASE),
    one_letter="*",
    endings="!",
    signs=True,
    dates=re.compile(
        r"(?:load-)?date\s*\(?\s*(?:geq|leq|eq|aft(?:er)?|bef(?:ore)?|is|[<>]=?|=)"
        r"\s*\(?\s*[\w/-]*\d[\w/, -]*\)*",
        re.IGNORECASE,
    ),
    inflects="LexisNexis adds plurals",
)  # fmt: skip
MELTWATER = Dialect(
    name="meltwater",
    binding=(Op.OR, Op.AND, Op.NOT, Op.PROX),
    space="AND",
    fields={
        "title": "headline", "headline": "headline", "ingress": "lead", "body": "body",
        "author": "byline", "language": "lang", "country": "country", "source": "source",
        "site": "source",
    },
    field_sign=re.compile(r"([a-z]+):", re.IGNORECASE),
    more_words=1,
)  # fmt: skip
GOOGLE = Dialect(
    name="google",
    binding=(Op.AND, Op.OR, Op.NOT, Op.PROX),
    space="AND",
    fields={
        "intitle": "headline", "intext": "body", "site": "source", "source": "source",
    },
    field_sign=re.compile(r"([a-z]+):", re.IGNORECASE),
    more_words=1,
    ordered=(),
    minus=True,
    inflects="Google adds word forms and synonyms",
    whole={"allintitle": "headline", "allintext": "body"},
    lost={
        "inurl": "an address is not searched here: write source:, or the words",
        "allinurl": "an address is not searched here: write source:, or the words",
        "location": "name the places, or write country:",
    },
    dates=re.compile(r"(?:before|after|when):\S+", re.IGNORECASE),
)  # fmt: skip
DIALECTS = {dialect.name: dialect for dialect in (FACTIVA, LEXIS, MELTWATER, GOOGLE)}
