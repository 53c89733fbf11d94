"""Propose spellings that stand in the archive and that a term list lacks, in all scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alerts.explaining.transliterating import MIN_CONSONANTS, readings, script_of
from alerts.language.spelling import typed_tokens
from alerts.language.syntax import Phrase, Query, Word
from alerts.matching.ruleset import RuleSet
from alerts.matching.vocabulary import Vocabulary
from config.counting import count

ENDING = 2  # consonants that an inflected form may add: Zəngəzurda, Зангезурского


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A spelling that a list may lack."""

    spelling: str  # folded, as the archive's index holds it
    articles: int  # how many hold it
    script: str
    alike: str  # the spelling of the list that it sounds like
    inflected: bool  # it adds an ending: a * behind its stem would take it


class UnknownListError(Exception):
    """There is no term list of that name."""


def suggest(
    rules: RuleSet, name: str, frequencies: Mapping[str, int], *, least: int = 1
) -> tuple[Suggestion, ...]:
    """Return what a list lacks, the most frequent first; raises UnknownListError.

    frequencies: in how many articles of the archive each folded token stands.
    """
    if name not in rules.lists:
        raise UnknownListError(name)
    return suggest_for(rules.lists[name], frequencies, least=least)


def suggest_for(
    spellings: Sequence[Query], frequencies: Mapping[str, int], *, least: int = 1
) -> tuple[Suggestion, ...]:
    """Return the archive's tokens that sound like a spelling and are none of them."""
    single = dict(filter(None, map(_one_token, spellings)))
    known = Vocabulary()
    keys: dict[str, str] = {}
    for text, token in single.items():
        known.atom(token)
        for key in readings(token.rstrip("*").replace("?", "")):
            if len(key) >= MIN_CONSONANTS:
                keys.setdefault(key, text)
    found: list[Suggestion] = []
    for token, articles in frequencies.items():
        if articles < least or known.present(frozenset((token,))):
            continue
        if (match := _alike(token, keys)) is not None:
            found.append(_suggestion(token, articles, *match))
    return tuple(sorted(found, key=lambda one: (one.inflected, -one.articles, one.spelling)))


def _suggestion(token: str, articles: int, alike: str, inflected: bool) -> Suggestion:
    script = script_of(token)
    return Suggestion(
        spelling=token, articles=articles, script=script, alike=alike, inflected=inflected
    )


def _one_token(query: Query) -> tuple[str, str] | None:
    """Return a one-word spelling and its token; a phrase has no sound of its own."""
    if not isinstance(query, Word | Phrase):
        return None
    tokens = typed_tokens(query.text)
    return (query.text, tokens[0]) if len(tokens) == 1 else None


def _alike(token: str, keys: Mapping[str, str]) -> tuple[str, bool] | None:
    """Return the spelling that a token sounds like, and whether it adds an ending."""
    if len(token) <= MIN_CONSONANTS or token.isdecimal():
        return None
    sounds = readings(token)
    for sound in sounds & keys.keys():
        return keys[sound], False
    for sound in sounds:
        for length in range(len(sound) - 1, len(sound) - ENDING - 1, -1):
            # Short skeletons with an ending are every second word of the language.
            if length > MIN_CONSONANTS and sound[:length] in keys:
                return keys[sound[:length]], True
    return None


def render_suggestions(name: str, found: Sequence[Suggestion]) -> str:
    """Write suggestions for a person, ready to be copied into the list."""
    if not found:
        return f"@{name}: the archive holds no spelling that it lacks"
    rows = [f"@{name} may lack:"]
    for each in found:
        ending = ", with an ending" if each.inflected else ""
        rows.append(
            f"  {each.spelling}  {count(each.articles, 'article')}, {each.script}, "
            f"sounds like {each.alike}{ending}"
        )
    return "\n".join(rows)


def suggestion_to_dict(found: Suggestion) -> dict[str, object]:
    """Return a suggestion as values that JSON knows."""
    return {
        "spelling": found.spelling,
        "articles": found.articles,
        "script": found.script,
        "alike": found.alike,
        "inflected": found.inflected,
    }
