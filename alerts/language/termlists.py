"""Read the term lists: parse each spelling, take other lists in, refuse circles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alerts.language.complaint import Complaint, to_mistake
from alerts.language.syntax import ListRef, Query
from alerts.language.term import parse_term
from config.errors import Mistake
from config.rule import TermList
from config.words import did_you_mean

_NAME = re.compile(r"[\w-]+")
_NOT_NAME = re.compile(r"[^\w-]+")
MAX_SPELLINGS = 10_000  # of one list, other lists taken in


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLists:
    """Every usable list with its spellings, and what is wrong with the others."""

    spellings: Mapping[str, tuple[Query, ...]]
    mistakes: tuple[Mistake, ...]


def read_lists(terms: Sequence[TermList]) -> ReadLists:
    """Parse every list; a list with a mistake still counts as known."""
    mistakes: list[Mistake] = []
    parsed = {each.name: _parse(each, mistakes) for each in terms}
    for each in terms:
        mistakes += _unknown(each, parsed)
    circles = {name for name in parsed if _reaches(name, name, parsed, set())}
    for each in terms:
        if each.name in circles:
            complaint = Complaint(
                code="E132",
                offset=0,
                message=f"@{each.name} refers to itself",
                hint="a list may hold other lists, not in a circle",
            )
            mistakes.append(to_mistake(complaint, each.place))
    expanded: dict[str, tuple[Query, ...]] = {}
    for name in parsed:
        _expand(name, parsed, circles, expanded)
    mistakes += [_too_long(each) for each in terms if len(expanded[each.name]) > MAX_SPELLINGS]
    return ReadLists(spellings=expanded, mistakes=tuple(mistakes))


def _parse(terms: TermList, mistakes: list[Mistake]) -> list[Query]:
    found: list[Query] = []
    if not terms.terms:
        complaint = Complaint(code="E100", offset=0, message=f"@{terms.name} is empty")
        mistakes.append(to_mistake(complaint, terms.place))
    if not _NAME.fullmatch(terms.name):
        complaint = Complaint(
            code="E102",
            offset=0,
            message=f"no query can name the list {terms.name}",
            hint=f"letters, digits, - and _ only: {_NOT_NAME.sub('-', terms.name.strip())}",
        )
        mistakes.append(to_mistake(complaint, terms.place))
    if len(terms.terms) == 1 and "," in (only := terms.terms[0]).value:
        complaint = Complaint(
            code="W208",
            offset=only.value.index(","),
            message=f"@{terms.name} is one spelling with a comma in it",
            hint=f"several are a list in brackets:  {terms.name}: [{only.value}]",
        )
        mistakes.append(to_mistake(complaint, only))
    for term in terms.terms:
        parsed = parse_term(term.value)
        mistakes += [to_mistake(complaint, term) for complaint in parsed.complaints]
        if parsed.usable:
            found.append(parsed.tree)
    return found


def _unknown(terms: TermList, parsed: Mapping[str, list[Query]]) -> list[Mistake]:
    found: list[Mistake] = []
    for term in terms.terms:
        name = term.value.strip()
        if name.startswith("@") and name[1:] not in parsed:
            found.append(to_mistake(unknown_list(name[1:], 0, parsed), term))
    return found


def unknown_list(name: str, offset: int, known: Mapping[str, object]) -> Complaint:
    """Complain of a list that is not there."""
    hint = (
        did_you_mean(name.lower(), known, "@")
        or f"lists: {', '.join(sorted(known)[:12]) or 'none'}"
    )
    return Complaint(code="E120", offset=offset, message=f"unknown list @{name}", hint=hint)


def _reaches(start: str, goal: str, parsed: Mapping[str, list[Query]], seen: set[str]) -> bool:
    for query in parsed.get(start, ()):
        if isinstance(query, ListRef) and query.name not in seen:
            seen.add(query.name)
            if query.name == goal or _reaches(query.name, goal, parsed, seen):
                return True
    return False


def _expand(
    name: str,
    parsed: Mapping[str, list[Query]],
    circles: set[str],
    done: dict[str, tuple[Query, ...]],
) -> tuple[Query, ...]:
    if name in done or name in circles:
        return done.setdefault(name, ())
    found: dict[Query, None] = {}  # in the order written, each once
    for query in parsed.get(name, ()):
        if isinstance(query, ListRef):
            found.update(dict.fromkeys(_expand(query.name, parsed, circles, done)))
        else:
            found[query] = None
    done[name] = tuple(found)
    return done[name]


def _too_long(terms: TermList) -> Mistake:
    message = f"@{terms.name} has more than {MAX_SPELLINGS} spellings"
    complaint = Complaint(code="E119", offset=0, message=message, hint="use * for endings")
    return to_mistake(complaint, terms.place)
