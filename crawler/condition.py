"""Say in one word, and in a person's, how a source does: the same on pages and in commands."""

from dataclasses import dataclass

from alerts.digest.facts import Silence
from alerts.wording import lasting
from config.source import Source
from crawler.rhythm import Silent, is_silent, rhythm_from_text
from storage.sources import SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How a source does."""

    word: str  # well | failing | silent | new | resting
    words: str  # what that means here


def condition_of(source: Source, state: SourceState | None) -> Condition:
    """Judge a source by what is known of it."""
    if not source.enabled:
        return Condition(word="resting", words="switched off in its file")
    if state is None or state.last_polled is None:
        return Condition(word="new", words="not looked at yet")
    if state.last_error:
        return Condition(word="failing", words=state.last_error)
    if state.last_success is None:
        return Condition(word="new", words="has not answered yet")
    if silence := silence_of(state):
        words = (
            f"no article for {lasting(silence.lasts.total_seconds())}; "
            f"its longest wait lately was {lasting(silence.usual.total_seconds())}"
        )
        return Condition(word="silent", words=words)
    return Condition(word="well", words="as usual")


def silence_of(state: SourceState) -> Silence | None:
    """Judge a source against its own rhythm, as of its latest look that succeeded."""
    if state.last_success is None:
        return None
    judged = is_silent(rhythm_from_text(state.rhythm), state.last_success)
    if not isinstance(judged, Silent):
        return None
    return Silence(lasts=state.last_success - judged.since, usual=judged.usual)
