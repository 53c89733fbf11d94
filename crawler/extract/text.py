"""Write an article as text in the shape of the seed article."""

from datetime import datetime
from typing import Final

from storage.article import Article, Image, Stamp

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def to_text(article: Article) -> str:
    """Return the stamp, the logo, the headline, the byline, two blank lines, caption and body.

    What the article lacks leaves no empty place; no line break ends the text.
    """
    head = [
        f"Last update: {write_stamp(article.last_update)}" if article.last_update else "",
        _newsroom(article),
        article.headline,
        _byline(article),
    ]
    rest = [_caption(article.lead_image), *(block.text for block in article.body)]
    parts = ("\n\n".join(part for part in group if part) for group in (head, rest))
    return "\n\n\n".join(part for part in parts if part)


def write_stamp(stamp: Stamp) -> str:
    """Return "July 24, 2024 00:56" in the stamp's own offset, or the day alone."""
    clock = f" {stamp:%H:%M}" if isinstance(stamp, datetime) else ""
    return f"{_MONTHS[stamp.month - 1]} {stamp.day}, {stamp.year}{clock}"


def _newsroom(article: Article) -> str:
    logo = article.newsroom_logo
    if logo is not None and logo.alt:
        return logo.alt
    return (
        f"{article.newsroom} logo"
        if logo is not None and article.newsroom
        else article.newsroom
    )


def _byline(article: Article) -> str:
    """Return "By A and B December 7, 2023": the line has room for the day only."""
    *others, last = article.authors or ("",)
    names = f"{', '.join(others)} and {last}" if others else last
    stamp = article.published_at
    day = f"{_MONTHS[stamp.month - 1]} {stamp.day}, {stamp.year}" if stamp else ""
    return " ".join(part for part in (f"By {names}" if names else "", day) if part)


def _caption(image: Image | None) -> str:
    if image is None:
        return ""
    return " / ".join(part for part in (image.caption, image.credit) if part)
