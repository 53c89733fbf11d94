"""Cut a query into lexemes, each with its place; what is foreign gets its complaint here."""

import re
from collections.abc import Callable

from alerts.language.complaint import Complaint
from alerts.language.habits import (
    FOREIGN_DISTANCE,
    FOREIGN_SIGN,
    QUOTED_OPERATOR,
    SLASHED_DISTANCE,
    Habit,
    habit_at,
    instead_of_distance,
    instead_of_field,
    instead_of_sign,
    our_distance,
)
from alerts.language.lexeme import INVISIBLE, JOINERS, Kind, Lexeme
from alerts.language.spelling import typed_tokens
from alerts.language.syntax import (
    FIELD_ALIASES,
    FILTERS,
    MAX_DISTANCE,
    MAX_MENTIONS,
    MIN_MENTIONS,
    TEXT_FIELDS,
)
from alerts.language.tokens import TOKEN
from config.words import did_you_mean

_QUOTES = {'"': '"', "“": '”“»"', "”": '”"', "„": '“”"', "«": '»"', "»": '»«"'}
_RUN = re.compile(rf"[^\s()\"“”„«»{INVISIBLE}]+")
_FIELD = re.compile(r"([^\W\d][\w-]*):")
_LIST = re.compile(r"@([\w-]+)")
_NEAR = re.compile(r"(NEAR|ONEAR|W|PRE)/(\d+)$")
_SAME = re.compile(r"(?:SAME|W)/([SP])$")
_CLOSES = re.compile(r"’(?!\w)")
_FLAGS = re.compile(r"\w*")
_ATLEAST = re.compile(r"(?:(?i:ATLEAST)\s*(\d*)\s*(?=\(|$|\s)|(?i:ATL)(\d+)(?=\())")
_LENGTH = re.compile(r"\s*(>=|<=|>|<)\s*(\d{1,6})(?=[\s)]|$)")


class Lexer:
    """Read one query from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lexemes: list[Lexeme] = []
        self.complaints: list[Complaint] = []

    def read(self) -> list[Lexeme]:
        """Return every lexeme; the last is the end."""
        while self.at < len(self.text):
            char = self.text[self.at]
            if char.isspace() or char in INVISIBLE:
                self.at += 1
            elif char.isalpha():
                self._run()
            elif char == "#":
                self._skip_comment()
            else:
                _READERS.get(char, Lexer._run)(self)
        self._add(Kind.END, self.at, self.at)
        return self.lexemes

    def _add(self, kind: Kind, start: int, end: int, text: str = "", number: int = 0) -> None:
        self.lexemes.append(Lexeme(kind, start, end, text, number))
        self.at = end

    def _complain(self, code: str, offset: int, message: str, hint: str = "") -> None:
        self.complaints.append(Complaint(code=code, offset=offset, message=message, hint=hint))

    def _skip_comment(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end

    def _open(self) -> None:
        self._add(Kind.OPEN, self.at, self.at + 1, "(")

    def _close(self) -> None:
        self._add(Kind.CLOSE, self.at, self.at + 1, ")")

    def _phrase(self) -> None:
        start, mark = self.at, self.text[self.at]
        ends = [end for q in _QUOTES[mark] if (end := self.text.find(q, start + 1)) > 0]
        if mark != '"':
            hint = 'it is read as "; the plain mark is easier to find and to close'
            self._complain("W201", start, f"typographic quotation mark {mark}", hint)
        if not ends:
            hint = "close the phrase with the same mark after its last word"
            self._complain("E101", start, f"{mark} is never closed", hint)
        end = min(ends, default=len(self.text))
        if ends and (operator := QUOTED_OPERATOR.search(self.text, start + 1, end)):
            message = f"within quotes {operator[1]} is a word like all others"
            hint = "close the quotes before it; round the whole query YAML wants the plain '"
            self._complain("W207", operator.start(1), message, hint)
        self._add(Kind.PHRASE, start, min(end + 1, len(self.text)), self.text[start + 1 : end])

    def _quoted_whole(self) -> None:
        """Complain of a word processor's ‘…’, unless ‘ only begins a name, like ‘Abbas."""
        if _CLOSES.search(self.text, self.at):
            hint = instead_of_sign("‘", "")
            self._complain("E102", self.at, "‘ is no quotation mark here", hint)
        self.at += 1

    def _list(self) -> None:
        if match := _LIST.match(self.text, self.at):
            self._add(Kind.LIST, self.at, match.end(), match[1])
        else:
            self._complain("E102", self.at, "@ needs the name of a term list", "@name")
            self.at += 1

    def _regex(self) -> None:
        start = self.at
        if match := SLASHED_DISTANCE.match(self.text, start):
            self._foreign_near(start, match.end(), match[1], match[2])
            return
        if habit := habit_at(self.text, start):
            self._habit(start, habit)
            return
        end = _regex_end(self.text, start + 1)
        if end < 0:
            hint = "end the expression with /; write \\/ for a slash inside"
            self._complain("E101", start, "/ begins a regular expression, never closed", hint)
            end = len(self.text)
        pattern = self.text[start + 1 : end]
        flags = _FLAGS.match(self.text, end + 1)
        given = flags[0] if flags else ""
        if given not in {"", "i"}:
            self._complain("E114", end + 1, f"unknown flag of a regular expression: {given}",
                           "only i, for either case")  # fmt: skip
        self.at = min(end + 1 + len(given), len(self.text))
        self.lexemes.append(
            Lexeme(kind=Kind.REGEX, start=start, end=self.at, text=pattern, flags=given)
        )

    def _run(self) -> None:
        start = self.at
        match = _RUN.match(self.text, start)
        run = match[0] if match else self.text[start]
        end = start + len(run)
        plain = run.isalpha() and not run.isupper() and run.lower() not in JOINERS
        if plain and self.text[end : end + 1] != "(":
            self._add(Kind.WORD, start, end, run)  # nearly every run is a word
        elif habit := habit_at(self.text, start):
            self._habit(start, habit)
        elif field := _FIELD.match(run):
            self._field(start, field[1])
        elif not self._operator(start, run):
            self._word(start, run)

    def _habit(self, start: int, habit: Habit) -> None:
        """Complain of another product's writing, and read it as ours."""
        self._complain(habit.code, start, habit.message, habit.hint)
        if habit.stands_for in {"NEAR", "ONEAR", "SAME"}:
            self.lexemes.append(
                Lexeme(Kind.PROX, start, habit.end, habit.stands_for, number=5, flags="P")
            )
            self.at = habit.end
        elif habit.stands_for in TEXT_FIELDS:
            self._add(Kind.FIELD, start, habit.end, habit.stands_for)
        elif habit.stands_for in FILTERS:
            self._add(Kind.FILTER, start, habit.end, habit.stands_for)
        elif habit.stands_for == "words":
            self._length(start, habit.end)
        elif habit.stands_for:
            self._add(Kind[habit.stands_for], start, habit.end, habit.stands_for)
        else:
            self._add(Kind.WORD, start, habit.end, self.text[start : habit.end])

    def _operator(self, start: int, run: str) -> bool:
        """Read the run as an operator when it is one, ours or a foreign one."""
        end = start + len(run)
        if run in {"AND", "OR", "NOT"}:
            self._add(Kind[run], start, end, run)
        elif run.lower() in JOINERS:
            word = run.upper()
            self._complain("E105", start, f"operators are written in capitals: {word}",
                           f'{word}, or "{run}" in quotes for the word itself')  # fmt: skip
            self._add(Kind[word], start, end, word)
        elif match := _NEAR.match(run):
            self._near(start, end, match)
        elif match := _SAME.match(run):
            flags = match[1]
            self.lexemes.append(
                Lexeme(kind=Kind.PROX, start=start, end=end, text="SAME", flags=flags)
            )
            self.at = end
        elif match := FOREIGN_DISTANCE.match(run):
            name, number = match[1] or match[3] or match[5], match[2] or match[4] or ""
            if name.lower() in {"w", "n"} and "/" not in run:
                return False  # N5 or W3 may well be a word
            self._foreign_near(start, end, name, number)
        else:
            return self._prefix(start, run)
        return True

    def _prefix(self, start: int, run: str) -> bool:
        """Read CASE( and ATLEASTn(."""
        if run == "CASE" and self.text[start + 4 : start + 5] == "(":
            self._add(Kind.CASE, start, start + 4, "CASE")
        elif (m := _ATLEAST.match(self.text, start)) and (m[1] or m[2] or run == "ATLEAST"):
            count = int(m[1] or m[2] or 0)
            if not run.isupper() or m[2]:
                ours = f"ATLEAST{count or ''}"
                message = f"operators are written in capitals: {ours}"
                message = (
                    f"mentions are counted by {ours}( ), not {run}( )" if m[2] else message
                )
                self._complain("E105", start, message, f"{ours}(term)")
            if not MIN_MENTIONS <= count <= MAX_MENTIONS:
                message = f"ATLEAST counts from {MIN_MENTIONS} to {MAX_MENTIONS} mentions"
                self._complain("E116", start, message, "ATLEAST3(term)")
            self._add(Kind.ATLEAST, start, m.end(), "ATLEAST", count)
        else:
            return False
        return True

    def _near(self, start: int, end: int, match: re.Match[str]) -> None:
        name = "ONEAR" if match[1] in {"ONEAR", "PRE"} else "NEAR"
        within = int(match[2])
        if not 1 <= within <= MAX_DISTANCE:
            hint = "for wider distances use SAME/P (one paragraph) or AND"
            self._complain("E110", start, f"a distance is 1 to {MAX_DISTANCE} words", hint)
        elif within > 30:
            hint = "SAME/S (one sentence) or SAME/P (one paragraph) may say what is meant"
            self._complain("W205", start, f"{name}/{within} reaches over sentences", hint)
        self._add(Kind.PROX, start, end, name, min(max(within, 1), MAX_DISTANCE))

    def _foreign_near(self, start: int, end: int, name: str, number: str) -> None:
        ours, hint = our_distance(name), instead_of_distance(name, number)
        written = self.text[start:end]
        self._complain(
            "E107", start, f"a distance is written {ours}/{number or 5}, not {written}", hint
        )
        if name.lower() == "f":
            self.at = end
        else:
            self._add(Kind.PROX, start, end, ours, min(max(int(number or 5), 1), MAX_DISTANCE))

    def _field(self, start: int, typed: str) -> None:
        name, end = FIELD_ALIASES.get(typed.lower(), typed.lower()), start + len(typed) + 1
        if name == "words":
            self._length(start, end)
        elif name in FILTERS:
            self._add(Kind.FILTER, start, end, name)
        else:
            if name not in TEXT_FIELDS:
                known = (*TEXT_FIELDS, *FILTERS, *FIELD_ALIASES, "words")
                hint = instead_of_field(typed.lower()) or did_you_mean(typed.lower(), known)
                hint = hint or f"fields: {', '.join(TEXT_FIELDS)}"
                self._complain("E121", start, f"unknown field {typed}:", hint)
                name = "any"
            self._add(Kind.FIELD, start, end, name)

    def _length(self, start: int, end: int) -> None:
        if match := _LENGTH.match(self.text, end):
            self._add(Kind.LENGTH, start, match.end(), match[1], int(match[2]))
            return
        self._complain("E122", start, "words: needs > < >= or <= and a number", "words:>120")
        self.at = end
        rest = _RUN.match(self.text, end)
        self._add(Kind.LENGTH, start, rest.end() if rest else end, ">", 0)

    def _word(self, start: int, run: str) -> None:
        end = start + len(run)
        if slashed := SLASHED_DISTANCE.search(run):
            self._add(Kind.WORD, start, start + slashed.start(), run[: slashed.start()])
            place = start + slashed.start(), start + slashed.end()
            self._foreign_near(*place, slashed[1], slashed[2])
            return
        foreign = FOREIGN_SIGN.search(run)
        if foreign or not (TOKEN.search(run) or typed_tokens(run)):
            at = foreign.start() if foreign else 0
            mark = foreign[0] if foreign else run[0]
            message = f"unexpected {mark} in {run}"
            self._complain("E102", start + at, message, instead_of_sign(mark, run))
        if run in {"CASE", "ATLEAST"}:
            self._complain("E102", start, f"{run} needs parentheses", f"{run}(term)")
        self._add(Kind.WORD, start, end, run)


_READERS: dict[str, Callable[[Lexer], None]] = {
    **dict.fromkeys(_QUOTES, Lexer._phrase),
    "‘": Lexer._quoted_whole,
    "(": Lexer._open,
    ")": Lexer._close,
    "@": Lexer._list,
    "/": Lexer._regex,
}


def _regex_end(text: str, at: int) -> int:
    """Return the offset of the slash that closes a regular expression, or -1."""
    in_class = False
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == "[":
            in_class = True
        elif text[at] == "]":
            in_class = False
        elif text[at] == "/" and not in_class:
            return at
        at += 1
    return -1
