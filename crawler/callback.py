"""Where feeds' hubs (WebSub) reach us, and what can become of what they bring there.

Known to both ends: the watch that subscribes, and the page that answers at the address.
"""

from enum import StrEnum

PATH = "/websub/"


class Taken(StrEnum):
    """What became of a delivery."""

    READ = "read"
    POLLED = "polled"  # nothing vouches for it, so the feed itself is asked
    IGNORED = "ignored"  # its signature is wrong; the hub is not told (WebSub, 7.1)
    UNKNOWN = "unknown"
    PUT_OFF = "put off"
