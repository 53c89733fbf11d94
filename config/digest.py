"""What digests.yaml says: who reads which digest, and when."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPlan:
    """One digest: its readers, its hour, what stands in it."""

    id: str
    name: str  # begins the subject: "Caspian watch"
    to: tuple[str, ...]
    at: time = time(7, 0)
    timezone: str = "UTC"
    days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    sections: tuple[str, ...] = ()  # order of sections; empty: as the rules name them
    rules: tuple[str, ...] = ()  # rule ids or owners; empty: every rule
    language: str = "en"
    max_stories: int = 40
    max_per_section: int = 8
    thumbnails: bool = False
    when_empty: bool = True  # the no-news mail with its proof
    owner: str = ""
