"""Tell old news from news when a source, or a new way of it, is looked at for the first time.

A first look brings whatever the outlet has shown for days. Its old articles are stored and
matched like all others; what they owe is gathered into one message per channel.
"""

from datetime import datetime, timedelta
from typing import Final

from storage.article import Stamp
from storage.stamp import latest

OLD: Final = timedelta(days=1)  # what is younger is news, found late or not
# How people are told of it before they wonder where the alerts are.
ONE_MESSAGE: Final = (
    "what was published more than a day before is one message for each channel, "
    "what is younger is told at once"
)
LONGEST: Final = timedelta(hours=1)  # that the gathering may take


def is_old(published: Stamp | None, found: datetime) -> bool:
    """Tell whether an article was published long before it was found; undated: it was not."""
    return published is not None and found - latest(published) > OLD
