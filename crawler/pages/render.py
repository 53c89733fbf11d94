"""Write values as HTML: the templates and the few words they need.

Everything a page or a feed said is escaped; a link is one only if it is http or https.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import DictLoader, Environment, StrictUndefined

from alerts.plain import shown_host
from alerts.wording import lasting
from config.counting import count
from config.settings import Settings
from crawler.fates import FATES
from crawler.pages.guard import root_of

# Read as we start: a daemon outlives the files it was started from.
TEMPLATES = {
    entry.name: entry.read_bytes() for entry in (files("crawler.pages") / "templates").iterdir()
}
STYLE, ICON = TEMPLATES["style.css"], TEMPLATES["icon.svg"]

MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\dZ")  # as alerts/routing/telling.py writes it


def environment() -> Environment:
    """Return the templates with our filters."""
    found = Environment(
        loader=DictLoader({name: text.decode() for name, text in TEMPLATES.items()}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "lasting": lasting,
        "href": safe_href,
        "host": shown_host,
        "count_of": count,
        "blocks": blocks,
        "ledger": lambda state: FATES[state],
        "day": lambda iso, number: (
            datetime.fromisoformat(iso) + timedelta(days=number)
        ).strftime("%d %b"),
    }
    return found


class Renderer:
    """Render templates with the reader's zone and the present moment."""

    def __init__(self) -> None:
        self.environment = environment()

    def render(
        self, template: str, values: Mapping[str, Any], *, now: datetime, settings: Settings
    ) -> str:
        """Return a page."""
        timezone = settings.timezone
        zone = ZoneInfo(timezone)
        words = {
            "now": now,
            "root": root_of(settings.status),
            "timezone": timezone,
            "when": lambda moment: local(moment, now, zone),
            "ago": lambda moment: ago(moment, now),
            "stamp": lambda text: page_stamp(text, now, zone),
            "here": lambda text: MOMENT.sub(
                lambda found: local(datetime.fromisoformat(found[0]), now, zone), text
            ),
        }
        return self.environment.get_template(template).render(**words, **values)


def local(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Write a moment in the readers' zone, the year only where it is another."""
    there = moment.astimezone(zone)
    year = "" if there.year == now.astimezone(zone).year else f" {there.year}"
    return f"{there:%d %b}{year} {there:%H:%M}".lstrip("0")


def page_stamp(text: str, now: datetime, zone: ZoneInfo) -> str:
    """Write what a page says of its time; a day without a time stays a day."""
    if "T" in text:
        return local(datetime.fromisoformat(text), now, zone)
    return f"{date.fromisoformat(text):%d %b %Y}".lstrip("0")


def ago(moment: datetime, now: datetime) -> str:
    """Write how long ago, or in how long."""
    seconds = (now - moment).total_seconds()
    if abs(seconds) < 45:
        return "just now"
    return f"{lasting(seconds)} ago" if seconds > 0 else f"in {lasting(-seconds)}"


def blocks(text: str) -> list[list[str]]:
    """Return a mail's text as blocks of lines: what stands together is printed together."""
    return [block.splitlines() for block in text.strip().split("\n\n")]


def safe_href(address: str) -> str:
    """Return an address that a person may follow; the empty string for any other."""
    return address if address.lower().startswith(("https://", "http://")) else ""
