"""Tell which hosts are this machine: what goes there leaves it by no wire."""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
