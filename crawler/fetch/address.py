"""Decide whether an address belongs to the public internet.

An explicit list: ipaddress.is_global calls 224.0.0.1, 64:ff9b::7f00:1, 2002:7f00:1::,
fec0::1, 192.88.99.1 and 3fff::1 global on Python 3.11.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

from config.nearby import PRIVATE, PRIVATE_6

# What nobody may open: link-local (cloud metadata answers there), multicast, reserved. What an
# operator may open for a source by name is PRIVATE.
_NEVER = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
# Global unicast is 2000::/3; outside of it lie ::, mapped IPv4, NAT64, link-local, site-local
# and multicast. Inside, these are not hosts of the internet (Teredo, 6to4, documentation, …).
_GLOBAL_6 = IPv6Network("2000::/3")
_NEVER_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


@lru_cache(maxsize=4096)
def objection(address: str, *, allow_private: bool = False) -> str | None:
    """Return why we must not connect to the address; None means we may."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "not an address"
    if isinstance(parsed, IPv4Address):
        private = any(parsed in network for network in PRIVATE)
        never = any(parsed in network for network in _NEVER)
    else:
        private = any(parsed in network for network in PRIVATE_6)
        never = not private and (
            parsed not in _GLOBAL_6 or any(parsed in network for network in _NEVER_6)
        )
    if never:
        return "not a public address"
    if private and not allow_private:
        return "a private address"
    return None
