"""What is needed to read a stamp and does not stand in it."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a page's stamps are read by."""

    now: datetime | None
    fetched_at: datetime | None = None  # None: not known, so no age on the page is read
    zone: tzinfo = UTC  # of the page's own times, where it names none
    language: str = ""
    month_first: bool = False  # 12/7/2023 is December

    @property
    def here(self) -> datetime | None:
        """Return the moment of fetching as the page's own clocks told it."""
        return self.fetched_at and self.fetched_at.astimezone(self.zone)
