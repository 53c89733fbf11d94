"""Translate a query of another product, and print every change of meaning."""

from alerts.importing.cursor import TooDeepError
from alerts.importing.dialects import DIALECTS
from alerts.importing.foreign_reader import ForeignReader
from alerts.importing.imported import Imported, Problem
from alerts.language.parser import MAX_QUERY, parse
from alerts.language.printer import print_query
from alerts.language.syntax import is_positive


def import_query(text: str, product: str) -> Imported:
    """Translate a query; product names one of DIALECTS."""
    if len(text) > MAX_QUERY:
        problem = f"E119 longer than {MAX_QUERY} characters; make several rules of it"
        return Imported(query="", changes=(), problems=(Problem(said=problem),))
    reader = ForeignReader(text, DIALECTS[product])
    try:
        tree = reader.read()
    except TooDeepError as deep:
        tree = None
        reader.notes.problem("E119", deep.at, str(deep), "make several rules of it")
    query = "" if tree is None else print_query(tree)
    problems = [*reader.notes.problems, *_problems(query)]
    if tree is None and not problems:
        said = "E100 nothing of the query is left: write the words to look for"
        problems.append(Problem(said=said))
    if tree is not None and not is_positive(tree) and not problems:
        said = "E106 only exclusions: say what must be there, or write it under not:"
        problems.append(Problem(said=said))
    return Imported(
        query=query,
        changes=tuple(dict.fromkeys(reader.notes.changes)),
        problems=tuple(problems),
        warnings=tuple(reader.notes.warnings),
    )


def _problems(query: str) -> list[Problem]:
    """Say what of the translation a person must still correct, where in it, and how."""
    return [
        Problem(
            said=f"{c.code} column {c.offset + 1} of the translation: {c.message}"
            + (f"; {c.hint}" if c.hint else ""),
            at=c.offset,
        )
        for c in parse(query).complaints
        if query and not c.warning
    ]
