"""What people write who come from other products, and what to write here instead."""

import re
import unicodedata
from typing import NamedTuple

from alerts.language.syntax import FIELD_ALIASES, FILTERS, TEXT_FIELDS

# Factiva's fields → ours, and those whose codes we do not know → what to write.
FACTIVA_FIELDS = {
    "hd": "headline", "hlp": "hlead", "lp": "lead", "by": "byline", "au": "byline",
    "art": "caption", "cr": "credit", "se": "section", "la": "lang", "wc": "words",
    "td": "body", "hl": "headline",
}  # fmt: skip
FACTIVA_CODES = {
    "rst": "its source codes are not ours: write source:(…) with ids of config/sources/",
    "sc": "its source codes are not ours: write source:(…) with ids of config/sources/",
    "re": "its region codes are not ours: name the places, or write country:",
    "ns": "its subject codes are not ours: write the words",
    "in": "its industry codes are not ours: write the words",
    "co": "its company codes are not ours: write the names",
    "fds": "its company codes are not ours: write the names",
    "sn": "its source names are not ours: write source:(…) with ids of config/sources/",
}
# Those of LexisNexis, written HEADLINE( … ).
LEXIS_FIELDS = {
    "title": "headline",
    "headline": "headline",
    "hlead": "hlead",
    "lead": "lead",
    "body": "body",
    "author": "byline",
    "byline": "byline",
    "section": "section",
    "language": "lang",
    "length": "words",
    "graphic": "caption",
    "publication": "source",
    "pub": "source",
    "source": "source",
    "lang": "lang",
    "subject": "tag",
}
LEXIS_TERMS = {
    **dict.fromkeys(
        ("company", "terms", "term", "headline-terms", "ticker", "industry", "geographic",
         "person", "organization", "country", "city", "state", "region"),
        "its index terms are not ours: write the words",
    ),
    **dict.fromkeys(
        ("type", "publication-type", "source-type"),
        "its kinds of sources are not ours: write source:(…) with ids of config/sources/",
    ),
    "dateline": "we have no field dateline: write the place, in lead:",
}  # fmt: skip
OUR_FIELDS = frozenset((*TEXT_FIELDS, *FIELD_ALIASES, *FILTERS, "words"))
# A sign that no word of ours holds, at the place where it stands.
FOREIGN_SIGN = re.compile(
    r"[=!~^|;,،؛\\{}\[\]<>#：（）！＂＊＝＆｜]|&&|^[&+:-]|(?<=\w)\+(?=\w)|(?<=\w)\$\d*$|%$"
    r"|(?<=[^\W\d_]{3})\$(?=[^\W\d_])"
)
FOREIGN_DISTANCE = re.compile(
    r"(?i:(near|onear|adj|within|w|pre|n)/?(\d+)|/?([nw])/?(\d+)/)$|(NEAR|ONEAR|ADJ|PRE|SAME)/?$"
)
SLASHED_DISTANCE = re.compile(r"(?i)/([nwf])(\d+)/")
# Other ways to write an operator of ours, tried where a word begins.
_DISTANCE = re.compile(
    r"(NEAR|ONEAR|ADJ|PRE|AROUND|WITHIN)(?:\s*[/:(]\s*|-(?=\d)|\s+(?=\d))"
    r"(-?[\w.]+)?\)?(?=[\s()]|$)"
)
_SIGNED = re.compile(r"/(\d+|[spSP])(?=[\s)]|$)")  # Westlaw
_UNIT = re.compile(r"(?i:same|w)/(?i:s\w*|p\w*|x)(?=[\s()]|$)|SAME/\w+")
_CASE = re.compile(r"(?i:case|caps|allcaps|nocaps|cs)(?=\()")
_SEGMENT = re.compile(r"([A-Za-z]+)(?=\()")
_EXACT = re.compile(r"(?:raw:|\+\+)(\w+)")
_FORWARD = re.compile(r"NEAR/(\d+)f(?=[\s()]|$)", re.IGNORECASE)
_SLOP = re.compile(r"~(\d+)(?=[\s()]|$)")
_ADDRESS = re.compile(r"(?i:https?://)([^/\s()\"]+)[^\s()\"]*")
_WIDE = re.compile(r"[ＡＮＤＯＲＴａｎｄｏｒｔ]+(?=[\s()]|$)")
# Within quotes these are words like all others, and hardly meant so.
QUOTED_OPERATOR = re.compile(
    r"(?<![^\s\"“”„«])(AND|OR|NOT|O?NEAR/\d+|SAME/[SP]|@\w+)(?![^\s\"”“»])"
)
_SIGNS = {
    ":": "a field stands without a blank before its :, as in headline:word",
    **{
        wide: f"the plain sign is {unicodedata.normalize('NFKC', wide)}"
        for wide in "：（）＂＊＝＆｜"
    },
    "！": "for other endings write word* (LexisNexis word!)",
    "=": "for one field write headline:word (Factiva hd=word)",
    "!": "for other endings write word* (LexisNexis word!); where ! means NOT, AND NOT",
    "~": "no words that are only alike are found: list the spellings in terms:",
    "^": "a weight only ranks, and is left out; score: adds weights up",
    "[": "from to is written words:>=500 AND words:<=900; of days where: {max_age: 48h} knows",
    "|": "write OR",
    "&&": "write AND",
    "&": "write AND",
    "+": "write AND; a + that belongs to the name stands in quotes",
    **dict.fromkeys("-–—−", "write AND NOT before the word"),
    **dict.fromkeys(",;،؛", "write OR or AND between the terms"),
    "‘": "the plain ' goes round the whole query, the plain \" round a phrase",
    "$": "for other endings write word* (Factiva word$3)",
}
_AGE_OF = "an alert sees what is new; what is old is left out by  where"
_AGE = f"{_AGE_OF}: {{max_age: 48h}}"
# How the desk's own languages, and habit, join two terms.
_JOINERS = {
    "və": "AND", "ve": "AND", "и": "AND", "و": "AND",
    "veya": "OR", "yaxud": "OR", "или": "OR", "یا": "OR", "and/or": "OR", "и/или": "OR",
    "same": "SAME/P",
}  # fmt: skip


class Habit(NamedTuple):
    """Another way to write what we write otherwise."""

    code: str
    end: int  # where it ends
    message: str
    hint: str
    stands_for: str = ""  # NEAR ONEAR SAME CASE AND OR NOT; empty: a word


def habit_at(text: str, start: int) -> Habit | None:
    """Return the foreign way of writing that begins here, if there is one."""
    if match := _ADDRESS.match(text, start):
        hint = f"articles of one site: source:{match[1]}; the words themselves in quotes"
        return Habit("E102", match.end(), f"an address is no word: {match[0]}", hint)
    if (match := _CASE.match(text, start)) and match[0] != "CASE":
        hint = "CASE( … ) finds the letters as you write them: CASE(Report), CASE(NATO)"
        message = f"letter by letter is written CASE( ), not {match[0]}( )"
        return Habit("E105", match.end(), message, hint, "CASE")
    if match := _WIDE.match(text, start):
        plain = unicodedata.normalize("NFKC", match[0]).upper()
        if plain not in {"AND", "OR", "NOT"}:
            return None
        message = f"operators are written in plain capitals: {plain}"
        return Habit("E105", match.end(), message, plain, plain)
    return _term_at(text, start) or _distance_at(text, start)


def _term_at(text: str, start: int) -> Habit | None:
    """Return a term as Brandwatch, Lucene or LexisNexis writes it."""
    if exact := _EXACT.match(text, start):
        message = f"letter by letter is written CASE( ), not {exact[0]}"
        hint = f"CASE({exact[1]})"
        if text[exact.end() : exact.end() + 1] in {"+", "#"}:
            hint = f"a sign counts in an expression: /{exact[1]}\\{text[exact.end()]}/"
        return Habit("E102", exact.end(), message, hint)
    if (slop := _SLOP.match(text, start)) and text[start - 1 : start] == '"':
        hint = f"a NEAR/{int(slop[1]) + 1} b, where {slop[1]} words may stand between (Lucene)"
        return Habit("E102", slop.end(), f"no {slop[0]} behind a phrase", hint)
    segment = _SEGMENT.match(text, start)
    return _segment(segment) if segment else None


def _segment(match: re.Match[str]) -> Habit | None:
    """Return what stands for a field of LexisNexis, HEADLINE( … )."""
    name = match[1].lower()
    if hint := LEXIS_TERMS.get(name):
        return Habit("E102", match.end(), f"no field is written {match[0]}( )", hint)
    if (ours := LEXIS_FIELDS.get(name)) is None:
        return None
    message = f"a field is written {ours}:( … ), not {match[0]}( … )"
    return Habit("E102", match.end(), message, f"{ours}:( … )", ours)


def _distance_at(text: str, start: int) -> Habit | None:
    if match := _UNIT.match(text, start):
        if match[0] in {"SAME/S", "SAME/P", "W/S", "W/P"}:
            return None
        hint = "one sentence: SAME/S; one paragraph: SAME/P; anywhere: AND"
        message = f"{match[0]} is no distance of ours"
        return Habit("E107", match.end(), message, hint, "SAME")
    if match := _FORWARD.match(text, start):
        ours = f"ONEAR/{int(match[1]) + 1}"
        message = f"a distance in this order is written {ours}, not {match[0]}"
        hint = f"{ours}: {match[1]} words may stand between (Brandwatch)"
        return Habit("E107", match.end(), message, hint, "ONEAR")
    if match := _SIGNED.match(text, start):
        hint = "words: NEAR/5; one sentence: SAME/S; one paragraph: SAME/P"
        message = f"a distance is written NEAR/5 or SAME/S, not {match[0]}"
        return Habit("E107", match.end(), message, hint, "NEAR")
    match = _DISTANCE.match(text, start)
    if match is None or re.fullmatch(r"(NEAR|ONEAR|PRE)/\d+", match[0]):
        return None
    ours = our_distance(match[1])
    steps = match[2] if match[2] and match[2].isdecimal() else "5"
    message = f"a distance is written {ours}/{steps}, not {match[0]}"
    hint = f"{ours}/{steps}: at most {steps} words away, a whole number from 1 to 100"
    return Habit("E107", match.end(), message, hint, ours)


def instead_of_field(name: str) -> str:
    """Say what to write instead of a field of other products; empty: we know none."""
    return _FIELDS.get(name, "")


_NO_ADDRESS = "an address is not searched; write source:host, or the words"
_FIELDS = {
    **dict.fromkeys(("date", "pd", "before", "after", "since", "until", "when"), _AGE),
    **dict.fromkeys(("url", "inurl", "allinurl"), _NO_ADDRESS),
    "language": "did you mean lang?",
    **dict.fromkeys(("content", "text", "intext", "allintext"), "did you mean body?"),
    "allintitle": "headline:(one AND other)",
    "sourcecountry": "did you mean country?",
    "article_title": "did you mean headline?",
    "_exists_": "whether a field is there, no rule asks",
}


def instead_of_sign(mark: str, run: str) -> str:
    """Say what to write instead of a foreign sign in a run of signs without a blank."""
    name, _, value = run.partition(mark)
    if mark in {"=", "<", ">"} and (ours := FACTIVA_FIELDS.get(name.lower())):
        value = (mark if mark != "=" else "") + value
        return f"write {ours}:{value or '( … )'} (Factiva {name}{mark})"
    if mark in {"=", "<", ">"} and name.lower() in OUR_FIELDS:
        return f"write {name}:{mark if mark != '=' else ''}{value or '( … )'}"
    if mark == "=" and (code := FACTIVA_CODES.get(name.lower())):
        return f"Factiva {name}=: {code}"
    if name.lower() in {"date", "pd"} and mark in {"=", "<", ">"}:
        return _AGE
    if mark == "-" and value.isdecimal():  # Factiva date after -7
        return f"{_AGE_OF}: {{max_age: {value}d}}"
    if mark == "$" and value:
        return f"an open letter is a question mark: {name}?{value} (Factiva {run})"
    hint = _SIGNS.get(mark if mark == "&&" else mark[:1], "")
    return hint or "put the term in quotes, or leave the sign out"


def our_distance(name: str) -> str:
    """Return our operator for another product's distance; ONEAR keeps the order."""
    return "ONEAR" if name.lower() in {"adj", "pre", "onear"} else "NEAR"


def instead_of_distance(name: str, number: str) -> str:
    """Say what to write instead of another product's distance."""
    ours = our_distance(name)
    if name.lower() == "f":
        return "headline and first paragraphs: hlead:term (Factiva /F50/)"
    if name == "SAME":
        return "one sentence: SAME/S; one paragraph: SAME/P"
    if name.lower() == "w" and number:
        return (
            f"LexisNexis w/{number}, in any order: NEAR/{number}; "
            f"Factiva w/{number}, in this order: ONEAR/{number}"
        )
    if number:
        return (
            f"{ours}/{number}: at most {number} words away (Factiva {name}{number}); "
            f"Meltwater's NEAR/{number} is {ours}/{int(number) + 1} here"
        )
    return f"{ours}/5: at most 5 words away (Factiva near5; Meltwater's bare NEAR is 5)"


def instead_of_words(words: list[str]) -> str:
    """Say what to write for words that are another product's; empty: they are none."""
    small = [word.lower() for word in words]
    if small[0] in {"date", "pd"}:
        return _AGE
    at = next((at for at, word in enumerate(small) if word in _JOINERS), 0)
    if not 0 < at < len(words) - 1:
        return ""
    ours = f"{_term(words[:at])} {_JOINERS[small[at]]} {_term(words[at + 1 :])}"
    return f'write {ours}; in quotes, "{" ".join(words)}" is a phrase'


def _term(words: list[str]) -> str:
    """Write a term; several words are a phrase."""
    return words[0] if len(words) == 1 else f'"{" ".join(words)}"'
