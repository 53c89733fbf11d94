"""What people write who come from other products, and what to write here instead."""

import re

# Factiva's fields → ours, and those whose codes we do not know → what to write.
FACTIVA_FIELDS = {
    "hd": "headline", "hlp": "hlead", "lp": "lead", "by": "byline", "au": "byline",
    "art": "caption", "cr": "credit", "se": "section", "la": "lang", "wc": "words",
    "td": "body",
}  # fmt: skip
FACTIVA_CODES = {
    "rst": "its source codes are not ours: write source:(…) with ids of config/sources/",
    "sc": "its source codes are not ours: write source:(…) with ids of config/sources/",
    "re": "its region codes are not ours: name the places, or write country:",
    "ns": "its subject codes are not ours: write the words",
    "in": "its industry codes are not ours: write the words",
    "co": "its company codes are not ours: write the names",
}
# A sign that no word of ours holds, at the place where it stands.
FOREIGN_SIGN = re.compile(
    r"[=!~^|;,،؛\\{}\[\]<>#]|&&|^[&+-]|(?<=\w)\+(?=\w)|(?<=\w)\$\d*$|%$"
    r"|(?<=[^\W\d_]{3})\$(?=[^\W\d_])"
)
FOREIGN_DISTANCE = re.compile(
    r"(?i:(near|onear|adj|within|w|pre|n)/?(\d+)|/?([nw])/?(\d+)/)$|(NEAR|ONEAR|ADJ|PRE|SAME)/?$"
)
SLASHED_DISTANCE = re.compile(r"(?i)/([nwf])(\d+)/")
# Within quotes these are words like all others, and hardly meant so.
QUOTED_OPERATOR = re.compile(r"(?<!\S)(AND|OR|NOT|O?NEAR/\d+|SAME/[SP]|@\w+)(?!\S)")
_SIGNS = {
    "=": "for one field write headline:word (Factiva hd=word)",
    "!": "for other endings write word* (LexisNexis word!)",
    "~": 'for a distance write a NEAR/5 b (Lucene "a b"~5)',
    "|": "write OR",
    "&&": "write AND",
    "&": "write AND",
    "+": "write AND; a + that belongs to the name stands in quotes",
    "-": "write AND NOT before the word",
    **dict.fromkeys(",;،؛", "write OR or AND between the terms"),
    "‘": "the plain ' goes round the whole query, the plain \" round a phrase",
    "$": "for other endings write word* (Factiva word$3)",
}
_AGE = "an alert sees what is new; what is old is left out by  where: {max_age: 48h}"
# How the desk's own languages, and habit, join two terms.
_JOINERS = {
    "və": "AND", "ve": "AND", "и": "AND", "و": "AND",
    "veya": "OR", "yaxud": "OR", "или": "OR", "یا": "OR", "and/or": "OR", "и/или": "OR",
    "w/s": "SAME/S", "/s": "SAME/S", "w/p": "SAME/P", "/p": "SAME/P", "same": "SAME/P",
}  # fmt: skip


def instead_of_sign(mark: str, run: str) -> str:
    """Say what to write instead of a foreign sign in a run of signs without a blank."""
    name, _, value = run.partition(mark)
    if mark in {"=", "<", ">"} and (ours := FACTIVA_FIELDS.get(name.lower())):
        value = (mark if mark != "=" else "") + value
        return f"write {ours}:{value or '( … )'} (Factiva {name}{mark})"
    if mark == "=" and (code := FACTIVA_CODES.get(name.lower())):
        return f"Factiva {name}=: {code}"
    if name.lower() in {"date", "pd"} and mark in {"=", "<", ">"}:
        return _AGE
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
