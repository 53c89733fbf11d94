"""Keep an analyst's regular expression harmless: checked at load, timed at every use."""

import warnings
from collections.abc import Iterator
from functools import lru_cache
from time import perf_counter

import regex

MAX_PATTERN = 500
MAX_TEXT = 100_000
MAX_REPEAT = 1000
BUDGET = 0.1  # seconds for one expression on one article


# Recursion, calls of groups and fuzzy matching: of no use to an analyst, and never cheap.
_STRANGE = regex.compile(r"(?<!\\)\(\?(?:R|&|P>|[+-]?\d)[^)]*\)|(?<!\\)\{[^{}]*[<=~][^{}]*\}")


class PatternTooSlowError(Exception):
    """An expression did not finish in its time; its rule is set aside for this article."""


@lru_cache(maxsize=4096)
def compile_pattern(pattern: str, *, ignore_case: bool) -> regex.Pattern[str]:
    """Compile a checked expression; raises regex.error for one that is wrong."""
    flags = regex.VERSION0 | (regex.IGNORECASE if ignore_case else 0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # notes on future syntax are nothing to an analyst
        return regex.compile(pattern, flags)


def pattern_problem(pattern: str) -> tuple[str, str, int] | None:
    """Return the code, the sentence and the offset of what is wrong; None: it may be used."""
    if len(pattern) > MAX_PATTERN:
        return "E114", f"regular expression longer than {MAX_PATTERN} characters", MAX_PATTERN
    if (at := nested_repeat(pattern)) is not None:
        return "E115", "a repeated group repeats inside: it could run for ever", at
    if strange := _STRANGE.search(pattern):
        message = f"not offered in a regular expression here: {strange[0]}"
        return "E114", message, strange.start()
    try:
        compiled = compile_pattern(pattern, ignore_case=False)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        reason = str(getattr(error, "msg", error))
        return "E114", f"bad regular expression: {reason}", getattr(error, "pos", 0) or 0
    try:
        finds_nothing = compiled.search("", timeout=BUDGET) is not None
    except TimeoutError:
        return "E115", "this regular expression runs for ever, even on no text at all", 0
    if finds_nothing:
        return "E114", "this regular expression finds the empty text, so every article", 0
    return None


def nested_repeat(pattern: str) -> int | None:
    """Return where a group that repeats inside is itself repeated, or a count is too large."""
    inside: list[bool] = [False]  # per open group: does it hold a repeat?
    closed = False  # what was read last is a group that holds one
    for at, piece in _pieces(pattern):
        if piece[0] in "*+{" and _is_repeat(piece):
            if closed or _too_many(piece):
                return at
            inside[-1] = True
        elif piece == "(":
            inside.append(False)
        elif piece == ")" and len(inside) > 1:
            closed = inside.pop()
            inside[-1] = inside[-1] or closed
            continue
        closed = closed and piece == "?"
    return None


_PIECE = regex.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]?|\{\d*,?\d*\}|.", regex.DOTALL)


def _pieces(pattern: str) -> Iterator[tuple[int, str]]:
    """Cut a pattern into escapes, [sets], counts and single characters."""
    return ((match.start(), match[0]) for match in _PIECE.finditer(pattern))


def _is_repeat(piece: str) -> bool:
    return piece in {"*", "+"} or len(piece) > len("{}")


def _too_many(piece: str) -> bool:
    return any(int(number) > MAX_REPEAT for number in regex.findall(r"\d+", piece))


def search_times(
    compiled: regex.Pattern[str], texts: list[str], *, first_only: bool
) -> list[tuple[int, int, int]]:
    """Return (text, start, end) of what the expression finds; raises PatternTooSlowError."""
    found: list[tuple[int, int, int]] = []
    left, end = MAX_TEXT, perf_counter() + BUDGET
    try:
        for number, text in enumerate(texts):
            seconds = max(0.001, end - perf_counter())  # one budget for all the texts
            for match in compiled.finditer(text[:left], timeout=seconds):
                found.append((number, match.start(), match.end()))
                if first_only or len(found) >= 1000:
                    return found
            left -= len(text)
            if left <= 0:
                break
    except TimeoutError as error:
        raise PatternTooSlowError(compiled.pattern) from error
    return found
