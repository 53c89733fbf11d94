"""Parse a query into its tree, and collect every mistake on the way.

A recursive descent over the lexemes. After a mistake it goes on as the analyst most likely
meant, so that the next one is found too; a text with an error never becomes a live rule.
"""

from collections.abc import Callable
from dataclasses import dataclass

from alerts.language.complaint import Complaint, to_located, to_mistake
from alerts.language.cursor import Cursor
from alerts.language.filters import read_values
from alerts.language.joining import complain_of_both_joiners, complain_of_no_joiner
from alerts.language.lexeme import BEGINS_TERM, Kind, Lexeme
from alerts.language.lexer import Lexer
from alerts.language.patterns import pattern_problem
from alerts.language.spelling import check_short, check_words, typed_tokens
from alerts.language.syntax import (
    And,
    AtLeast,
    Away,
    Case,
    Filter,
    InField,
    Length,
    ListRef,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Same,
    Word,
    is_positive,
    walk,
)
from config.errors import ConfigError
from config.text import Located

MAX_QUERY = 20_000  # characters
MAX_DEPTH = 40
_NOTHING = Word(text="?")  # stands where a term is missing; never goes live


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A query's tree and all that is to be said about its text."""

    tree: Query
    complaints: tuple[Complaint, ...]

    @property
    def usable(self) -> bool:
        """Tell whether nothing worse than a warning was found."""
        return all(complaint.warning for complaint in self.complaints)


def parse(text: str) -> Parsed:
    """Parse a query; the tree means something only when the result is usable."""
    return Parser(text).parse()


def parse_query(text: Located | str) -> Query:
    """Return a query's tree; raises ConfigError with every mistake."""
    located = to_located(text) if isinstance(text, str) else text
    parsed = parse(located.value)
    if not parsed.usable:
        raise ConfigError([to_mistake(complaint, located) for complaint in parsed.complaints])
    return parsed.tree


class Parser(Cursor):
    """Read the lexemes of one query as its tree."""

    def __init__(self, text: str) -> None:
        lexer = Lexer(text[:MAX_QUERY])
        super().__init__(text, lexer.read(), lexer.complaints)
        self.depth = 0
        self.case = 0  # how many CASE( stand open
        self.readers: dict[Kind, Callable[[Lexeme], Query]] = {
            Kind.WORD: self._word,
            Kind.PHRASE: self._phrase,
            Kind.LIST: self._list,
            Kind.REGEX: self._pattern,
            Kind.OPEN: self._group,
            Kind.CASE: self._prefixed,
            Kind.ATLEAST: self._prefixed,
            Kind.FIELD: self._field,
            Kind.FILTER: self._filter,
            Kind.LENGTH: self._length,
        }

    def parse(self) -> Parsed:
        """Parse the whole text."""
        if len(self.text) > MAX_QUERY:
            hint = "move its spellings into term lists"
            self.complain("E119", 0, f"a query has at most {MAX_QUERY} characters", hint)
        if self.here().kind is Kind.END:
            remark = (
                "; # begins a remark: a hashtag is found by its word"
                if "#" in self.text
                else ""
            )
            self.complain("E100", 0, "empty query", f"write at least one term{remark}")
            return self._parsed(_NOTHING)
        tree = self._boolean()
        while self.here().kind is not Kind.END:
            self.complain("E101", self.here().start, ") without its (", "delete it, or open it")
            self.at += 1
            if self.here().kind is not Kind.END:
                self._boolean()
        if not is_positive(tree) and all(each.warning for each in self.complaints):
            hint = "say what must be there, then AND NOT; or use the not: key"
            self.complain("E106", 0, "only exclusions: this would match nearly all", hint)
        return self._parsed(tree)

    def _parsed(self, tree: Query) -> Parsed:
        ordered = sorted(self.complaints, key=lambda one: one.offset)
        return Parsed(tree=tree, complaints=tuple(ordered))

    # One level: operands joined by one kind of operator ------------------------------------

    def _boolean(self) -> Query:
        operands = [self._operand()]
        kinds: list[Kind] = []
        while self.here().kind not in {Kind.CLOSE, Kind.END}:
            kinds.append(self._joiner(kinds, operands))
            operands.append(self._operand(after_or=kinds[-1] is Kind.OR))
        if not kinds:
            return operands[0]
        made = Or if kinds[0] is Kind.OR else And
        return made(operands=tuple(operands), span=(operands[0].span[0], operands[-1].span[1]))

    def _joiner(self, kinds: list[Kind], operands: list[Query]) -> Kind:
        """Take the operator between two operands; say what is wrong with it or missing."""
        lexeme = self.here()
        if lexeme.kind in BEGINS_TERM:
            complain_of_no_joiner(self, operands[-1])
            return kinds[0] if kinds else Kind.AND
        if lexeme.kind is not Kind.NOT:  # NOT alone means AND NOT; the operand takes it
            self.next()
        kind = Kind.OR if lexeme.kind is Kind.OR else Kind.AND
        if kinds and kind is not kinds[0]:
            complain_of_both_joiners(self, lexeme, operands)
        return kind

    def _operand(self, *, after_or: bool = False) -> Query:
        if self.here().kind is not Kind.NOT:
            return self._proximity()
        sign = self.next()
        if after_or:
            hint = "OR NOT matches nearly every article; use AND NOT, or the not: key"
            self.complain("E109", sign.start, "OR NOT", hint)
        if self.here().kind is Kind.NOT:
            self.complain("E102", self.here().start, "NOT twice", "once is enough")
            while self.here().kind is Kind.NOT:
                self.next()
        operand = self._proximity()
        return Not(operand=operand, span=(sign.start, operand.span[1]))

    # Distance --------------------------------------------------------------------------------

    def _proximity(self) -> Query:
        left = self._unit()
        kind = self.here().kind
        away = kind is Kind.NOT and self.lexemes[self.at + 1].kind is Kind.PROX
        if kind is not Kind.PROX and not away:
            return left
        self.at += away
        operator = self.next()
        right = self._unit(after=operator.text)
        for side in (left, right):
            self._check_side(side, operator)
        while self.here().kind is Kind.PROX:
            hint = "join two distances with AND: a NEAR/5 b AND b NEAR/5 c"
            self.complain("E111", self.here().start, "distances cannot be chained", hint)
            self.next()
            self._unit(after=operator.text)
        near = _distance(left, right, operator)
        return Away(near=near, span=near.span) if away else near

    def _check_side(self, side: Query, operator: Lexeme) -> None:
        match side:
            case Word() | Phrase() | ListRef():
                return
            case Case():
                self._check_side(side.operand, operator)
            case Or():
                for one in side.operands:
                    self._check_side(one, operator)
            case _:
                what = self.text[side.span[0] : side.span[1]]
                hint = "words, phrases, @lists, CASE() and ( … OR … ) only; a field goes "
                hint += f"outside: headline:(a {operator.text}/… b)"
                message = f"not possible beside {operator.text}: {what}"
                self.complain("E112", self._joined_at(side), message, hint)

    def _joined_at(self, side: Query) -> int:
        """Return where the AND of a side stands; of any other side, where it begins."""
        if not isinstance(side, And):
            return side.span[0]
        end = side.operands[0].span[1]
        joiners = (one.start for one in self.lexemes if one.kind in {Kind.AND, Kind.NOT})
        return next((start for start in joiners if start >= end), side.span[0])

    # Units -----------------------------------------------------------------------------------

    def _unit(self, after: str = "") -> Query:
        lexeme = self.here()
        reader = self.readers.get(lexeme.kind)
        if reader is None:
            return self._missing(lexeme, after)
        if self.depth > MAX_DEPTH:
            self._too_deep(lexeme)
            return _NOTHING
        self.depth += 1
        self.next()
        unit = reader(lexeme)
        self.depth -= 1
        return unit

    def _too_deep(self, lexeme: Lexeme) -> None:
        if not any(complaint.code == "E119" for complaint in self.complaints):
            hint = "split the rule, or move spellings into term lists"
            message = f"nested deeper than {MAX_DEPTH} levels"
            self.complain("E119", lexeme.start, message, hint)
        self.at = len(self.lexemes) - 1

    def _missing(self, lexeme: Lexeme, after: str) -> Query:
        before = self.lexemes[self.at - 1] if self.at else None
        if before is not None and before.kind is Kind.OPEN and lexeme.kind is Kind.CLOSE:
            hint = "write a term between them"
            self.complain("E100", lexeme.start, "nothing between the parentheses", hint)
        elif lexeme.kind in {Kind.AND, Kind.OR, Kind.PROX} and not after:
            message = f"{lexeme.text} has nothing on its left"
            hint = "write a term before it"
            if before is not None and before.kind is Kind.NOT:
                hint = "an a that no b is near: a NOT NEAR/5 b, without AND"
            self.complain("E108", lexeme.start, message, hint)
        elif before is not None:
            name = after or before.text
            message = f"{name} has nothing on its right"
            self.complain("E108", before.start, message, "write a term after it")
        return Word(text="?", span=(lexeme.start, lexeme.start))

    def _word(self, lexeme: Lexeme) -> Query:
        self.complaints += check_words(lexeme.text, lexeme.start)
        if not (typed_tokens(lexeme.text) or self._complained_at(lexeme)):
            hint = "write a word; _ and the like are no part of one"
            self.complain("E113", lexeme.start, f"no letter or digit in {lexeme.text}", hint)
        if not self.case:
            self.complaints += check_short(lexeme.text, lexeme.start)
        return Word(text=lexeme.text, span=(lexeme.start, lexeme.end))

    def _complained_at(self, lexeme: Lexeme) -> bool:
        mistakes = [each for each in self.complaints if not each.warning]
        return any(lexeme.start <= each.offset < lexeme.end for each in mistakes)

    def _phrase(self, lexeme: Lexeme) -> Query:
        if not typed_tokens(lexeme.text):
            self.complain("E113", lexeme.start, "empty phrase", "write words in the quotes")
        self.complaints += check_words(lexeme.text, lexeme.start + 1, in_phrase=True)
        text = " ".join(lexeme.text.split())
        return Phrase(text=text, span=(lexeme.start, lexeme.end))

    def _list(self, lexeme: Lexeme) -> Query:
        return ListRef(name=lexeme.text, span=(lexeme.start, lexeme.end))

    def _pattern(self, lexeme: Lexeme) -> Query:
        if (problem := pattern_problem(lexeme.text)) is not None:
            code, message, at = problem
            hint = "repeat a simple group only, or name a limit: (a|b){1,3} with no + inside"
            self.complain(code, lexeme.start + 1 + at, message, hint * (code == "E115"))
        return Pattern(
            pattern=lexeme.text,
            ignore_case="i" in lexeme.flags,
            span=(lexeme.start, lexeme.end),
        )

    def _group(self, opening: Lexeme) -> Query:
        inner = self._boolean()
        if self.here().kind is Kind.CLOSE:
            self.next()
        else:
            hint = "write ) where the group ends"
            self.complain("E101", opening.start, "( is never closed", hint)
        return inner

    def _prefixed(self, lexeme: Lexeme) -> Query:
        opening = self.here()
        if opening.kind is not Kind.OPEN:
            name = f"{lexeme.text}{lexeme.number or 3}"
            term = opening.text if opening.kind is Kind.WORD else "term"
            message = f"{name} needs parentheses"
            self.complain("E102", lexeme.start, message, f"{name}({term})")
            return self._unit(after=lexeme.text)
        self.next()
        self.case += lexeme.kind is Kind.CASE
        inner = self._group(opening)
        self.case -= lexeme.kind is Kind.CASE
        span = (lexeme.start, self.lexemes[self.at - 1].end)
        if lexeme.kind is Kind.CASE:
            return Case(operand=inner, span=span)
        return AtLeast(count=lexeme.number, operand=inner, span=span)

    def _field(self, lexeme: Lexeme) -> Query:
        operand = self._unit(after=f"{lexeme.text}:")
        fields = (one for one in walk(operand) if isinstance(one, InField | Filter | Length))
        if (inner := next(fields, None)) is not None:
            message = f"a field inside the field {lexeme.text}:"
            self.complain("E125", inner.span[0], message, "join them with AND")
        span = (lexeme.start, self.lexemes[self.at - 1].end)
        return InField(field=lexeme.text, operand=operand, span=span)

    # Filters ---------------------------------------------------------------------------------

    def _filter(self, lexeme: Lexeme) -> Query:
        values = read_values(self, lexeme)
        span = (lexeme.start, self.lexemes[self.at - 1].end)
        return Filter(kind=lexeme.text, values=values, span=span)

    def _length(self, lexeme: Lexeme) -> Query:
        span = (lexeme.start, lexeme.end)
        return Length(comparison=lexeme.text, count=lexeme.number, span=span)


def _distance(left: Query, right: Query, operator: Lexeme) -> Near | Same:
    span = (left.span[0], right.span[1])
    if operator.text == "SAME":
        return Same(left=left, right=right, unit=operator.flags, span=span)
    ordered = operator.text == "ONEAR"
    return Near(left=left, right=right, within=operator.number, ordered=ordered, span=span)
