"""Read the words of other products as ours: their signs, wildcards and gaps."""

import re
from itertools import pairwise

from alerts.importing.dialect import Dialect
from alerts.importing.foreign import Piece
from alerts.importing.notes import Notes
from alerts.language.habits import instead_of_sign
from alerts.language.printer import print_query
from alerts.language.spelling import MIN_BEFORE_STAR, as_expression
from alerts.language.syntax import And, InField, Near, Or, Pattern, Phrase, Query, Word
from alerts.language.tokens import TOKEN

_STRANGE = re.compile(r"^[-–—−=]|\w\.\.+\w")  # an exclusion, a range of numbers
_DOTTED = re.compile(r"(.+)\.([a-z]{2,3})\.$", re.IGNORECASE)  # Factiva's "tesla.hd."
_TAGGED = re.compile(r"[#@]\w[\w-]*|\$[A-Za-z][\w-]*")
_LIMITED = re.compile(r"([A-Za-z]+)(?:\$(\d+)|([?*]+))")  # so many letters more, not any ending
_COUNTED = re.compile(r"\[\*(\d+)\]$")  # ProQuest's word[*3]
_BOTH = re.compile(r"([^\W\d_]+)\?[\w?]*\*")  # one letter within, and any ending
_LOOSE = re.compile(r"[\w*]*\*[\w*]*")  # a * where ours may not stand
_DISTANCE = re.compile(
    r"(?:not)?(?:(?:w|pre|near|onear|adj|within|n|p)?/\w*|(?:near|onear|adj)\d+\w+)",
    re.IGNORECASE,
)
_EITHER = frozenset({"and/or", "or/and"})
_PROSE = frozenset({"w/o", "n/a", "w/out"})
_TIED = re.compile(r"[^\W\d]\w*:(?=\w)|^:|(?<=\w):$")  # a field that is none of theirs
_SPECIAL = re.compile(r"([\\.^$*+?{}\[\]|()/])")
_ESCAPED = r"\\\1"
_INITIALS = re.compile(r"(?:\w\.)+")
_FUZZY = re.compile(r"(?<=[\w*?])~\d*(?:\.\d+)?$")
_UNSEEN = "the sign is not looked at; an expression does: /#word/"
_SIGNS = {
    "+": "every word here is as written, and must be there unless OR stands beside it",
    "~": "no synonyms are looked for: write them, with OR between them",
}


class Spelling:
    """Spell words as we do."""

    def __init__(self, dialect: Dialect, notes: Notes) -> None:
        self._dialect = dialect
        self._notes = notes
        self._words: dict[Query, Word] = {}  # an expression → the word nearest to it

    def word(self, piece: Piece) -> Query | None:
        """Return a word, its field if one is tied to it; None: it is none."""
        text = piece.text.strip(",;'‘’").replace("\\", "")
        if text and piece.text[-1] in ",;":
            at = piece.start + len(piece.text) - 1
            reason = f"it joins nothing; did you mean OR: {text} OR …"
            self._notes.change(at, piece.text[-1], "", reason)
        if not self._dialect.tagged:
            text = text.lstrip("$")
        dotted = _DOTTED.match(text)
        if dotted and (ours := self._dialect.fields.get(dotted[2].lower())):
            made = InField(field=ours, operand=Word(text=self.spelling(dotted[1], piece.start)))
            self._notes.same(piece.start, text, print_query(made), "a field")
            return made
        if dotted and (lost := self._dialect.lost.get(dotted[2].lower())):
            self._notes.change(piece.start, text, "", lost)
            return None
        if text == "&" and not self._dialect.ands:
            return None  # "Marks & Spencer" is a name
        if (strange := self._strange(text or piece.text)) is not None:
            code, hint = strange
            self._notes.problem(code, piece.start, f"unexpected {piece.text}", hint)
            return None
        return self._plain(text, piece.start)

    def _strange(self, text: str) -> tuple[str, str] | None:
        """Return a code and a hint for what no word can be; None: it may be one."""
        if _DISTANCE.fullmatch(text) and text.lower() not in _PROSE:
            title = self._dialect.title
            return "E107", f"{title} reads no such distance; as a word put it in quotes"
        if text.lower() in _EITHER:
            return "E105", "write OR; it finds both, too"
        if _TIED.search(text):
            return (
                "E121",
                f"{self._dialect.title} has no such field; as words put them in quotes",
            )
        if not TOKEN.search(text) or _STRANGE.search(text):
            return "E102", instead_of_sign(text[:1], text)
        return None

    def _plain(self, text: str, at: int) -> Query:
        if self._dialect.tagged and _TAGGED.fullmatch(text):
            reason = f"with its sign only, as there; for the bare word write {text[1:]}"
            pattern = rf"\B{_SPECIAL.sub(_ESCAPED, text)}\b"
            return self._pattern(at, text, pattern, Word(text=text[1:]), reason)
        text = text.lstrip("$")
        text = text if _INITIALS.fullmatch(text) else text.strip(".")
        plain = text.lstrip("#@+~&|")
        if len(plain) < len(text):
            sign = text[: text.index(plain[:1])] if plain else text
            self._notes.change(at, text, plain, _SIGNS.get(sign[:1], _UNSEEN))
        if fuzzy := _FUZZY.search(plain):
            self._notes.change(
                at + fuzzy.start(), fuzzy[0], "", "list the other spellings in terms:"
            )
            plain = plain[: fuzzy.start()]
        return self._wild(plain, at) or Word(text=self.spelling(plain, at))

    def exactly(self, word: Word, at: int) -> Query:
        """Return a word whose signs count as its letters do."""
        if TOKEN.fullmatch(word.text):
            return word
        inner = _SPECIAL.sub(_ESCAPED, word.text)
        reason = "its signs count in an expression only"
        return self._pattern(at, word.text, rf"\b{inner}(?!\w)", word, reason, case=True)

    def in_words(self, query: Query, at: int) -> Query:
        """Return what a distance takes: instead of an expression the word nearest to it."""
        if isinstance(query, Or) and any(arm in self._words for arm in query.operands):
            return Or(operands=tuple(self.in_words(arm, at) for arm in query.operands))
        word = self._words.get(query)
        if word is None:
            return query
        reason = "a distance takes no expression"
        self._notes.change(at, print_query(query), print_query(word), reason)
        return word

    def _wild(self, word: str, at: int) -> Query | None:
        """Return a word whose wildcard is none of ours, as an expression; None: it is ours."""
        word = _COUNTED.sub(r"$\1", word)
        ours = (
            word.replace("*", "?").replace("!", "*") if self._dialect.endings == "!" else word
        )
        if both := _BOTH.fullmatch(ours):
            letters = ours.replace("*", r"\w*").replace("?", r"\w")
            pattern = rf"\b{letters}\b"
            reason = "one wildcard per word here; an expression takes both"
            return self._pattern(at, word, pattern, Word(text=f"{both[1]}*"), reason)
        if limited := _LIMITED.fullmatch(word):
            stem, most, signs = limited.groups()
            found = self._more_letters(stem, most, signs)
            if found is None:
                return None
            letters, reason = found
            return self._pattern(
                at, word, rf"\b{stem}{letters}\b", Word(text=f"{stem}*"), reason
            )
        loose = _LOOSE.fullmatch(word) and "*" in word.rstrip("*")
        if self._dialect.one_letter == "*" or not loose:
            return None
        pattern = as_expression(word)
        made = Pattern(pattern=pattern, ignore_case=True)
        if word.startswith("*") and self._dialect.late_stars:
            reason = f"{self._dialect.title} takes no * before a word: read as meant"
            self._notes.change(at, word, print_query(made), reason)
            self._words[made] = Word(text=word)
            return made
        reason = "a * ends a word here; an expression takes it elsewhere, too"
        return self._pattern(at, word, pattern, Word(text=word), reason)

    def _more_letters(
        self, stem: str, most: str | None, signs: str | None
    ) -> tuple[str, str] | None:
        """Return the letters that may follow, as an expression, and why; None: it is our *."""
        stars = self._dialect.one_letter == "*"
        reason = "so many letters more, in an expression; word* takes any ending"
        if signs is None:
            return rf"\w{{0,{most}}}", reason
        if set(signs) == {self._dialect.endings}:
            short = len(stem) < MIN_BEFORE_STAR
            reason = f"* needs {MIN_BEFORE_STAR} letters before it here"
            return (r"\w*", reason) if short else None
        if ("*" in signs) is not stars:
            return None
        return (rf"\w{{0,{len(signs)}}}" if stars else r"\w" * len(signs)), reason

    def _pattern(
        self, at: int, before: str, pattern: str, word: Word, reason: str, *, case: bool = False
    ) -> Query:
        made = Pattern(pattern=pattern, ignore_case=not case)
        self._words[made] = word
        self._notes.same(at, before, print_query(made), reason)
        return made

    def spelling(self, word: str, at: int) -> str:
        """Translate the wildcards of one word."""
        ours = word
        if self._dialect.one_letter == "*":
            ours = re.sub(r"\*(?=\**\w)", "?", ours)
        ours = (
            ours.replace(self._dialect.endings, "*") if self._dialect.endings != "*" else ours
        )
        same = ours
        ours = re.sub(r"(?<=\w)\$\d*$|[*?]+$", "*", ours)
        if ours != same:
            reason = "any ending, not a given number of letters"
            self._notes.change(at, word, ours, reason)
        elif ours != word:
            self._notes.same(at, word, ours, "our wildcard")
        return ours

    def gap(self, piece: Piece, words: list[str]) -> Query:
        """Return a phrase in which a * stands for words as its parts near each other."""
        sides = [part.split() for part in " ".join(words).split(" * ")]
        phrases = [Phrase(text=" ".join(part)) for part in sides]
        near = [Near(left=a, right=b, within=4, ordered=True) for a, b in pairwise(phrases)]
        made = near[0] if len(near) == 1 else And(operands=tuple(near))
        self._notes.change(
            piece.start, f'"{piece.text}"', print_query(made), "up to three words between them"
        )
        return made
