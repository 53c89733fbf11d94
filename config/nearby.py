"""Tell which hosts are this machine or its own network: what goes there leaves by no wire.

Pure: it knows what an address says, and looks up no name.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from typing import Final

PRIVATE: Final = tuple(
    map(
        IPv4Network,
        ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
    )
)
PRIVATE_6: Final = (IPv6Network("::1/128"), IPv6Network("fc00::/7"))


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_private(host: str) -> bool:
    """Tell whether a host is one that an operator must open by name."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    if isinstance(address, IPv4Address):
        return any(address in network for network in PRIVATE)
    return any(address in network for network in PRIVATE_6)
