"""What digests.yaml says: who reads which digest, and when."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One digest: its readers, its hour, what stands in it."""

    id: str  # unique and stable: its windows hang on it
    name: str  # begins the subject: "Caspian watch"
    to: tuple[str, ...]  # e-mail addresses; each reader has a mail of his own
    at: time = time(7, 0)  # local time; through clock changes it comes once
    timezone: str = "UTC"  # IANA name; left out: the timezone of settings.yaml
    # one day: a weekly digest
    days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    sections: tuple[str, ...] = ()  # order of sections; empty: as the rules name them
    rules: tuple[str, ...] = ()  # rule ids or owners; empty: every rule
    language: str = "en"  # of the words around the stories
    max_stories: int = 40  # a longer mail is not read, and Gmail clips at 102 KB
    max_per_section: int = 8  # then "and 12 more"
    # up to 8 small pictures inside the mail (extra `thumbnails`); a mail never loads any
    thumbnails: bool = False
    when_empty: bool = True  # the no-news mail with its proof
    owner: str = ""  # stands in the footer: whom to ask
