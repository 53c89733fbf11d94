"""What people write who come from other products, and what to write here instead."""

import re

# A sign that no word of ours holds, at the place where it stands.
FOREIGN_SIGN = re.compile(r"[=!~^|;,\\{}\[\]<>#]|&&|^[&+-]|(?<=\w)\$\d*$|%$")
FOREIGN_DISTANCE = re.compile(
    r"(?i:(near|onear|adj|within|w|pre|n)/?(\d+)|/?([nw])/?(\d+)/)$|(NEAR|ONEAR|ADJ|PRE|SAME)/?$"
)
SLASHED_DISTANCE = re.compile(r"(?i)/([nwf])(\d+)/")
_SIGNS = {
    "=": "for one field write headline:word (Factiva hd=word)",
    "!": "for other endings write word* (LexisNexis word!)",
    "~": 'for a distance write a NEAR/5 b (Lucene "a b"~5)',
    "|": "write OR",
    "&&": "write AND",
    "&": "write AND",
    "+": "every term of AND must be there; leave the + out",
    "-": "write AND NOT before the word",
    ",": "write OR or AND between the terms",
    "$": "for other endings write word* (Factiva word$3)",
}


def instead_of_sign(mark: str) -> str:
    """Say what to write instead of a foreign sign."""
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
    if number:
        return (
            f"{ours}/{number}: at most {number} words away (Factiva {name}{number}); "
            f"Meltwater's NEAR/{number} is {ours}/{int(number) + 1} here"
        )
    return f"{ours}/5: at most 5 words away (Factiva near5; Meltwater's bare NEAR is 5)"
