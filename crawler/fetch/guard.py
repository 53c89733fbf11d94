"""Find the addresses we may connect to: every answer is vetted, and one bad one spoils all.

The connection then goes to the literal that was vetted, so a name that answers differently
a moment later (DNS rebinding) gains nothing.
"""

from ipaddress import ip_address

from crawler.fetch.address import objection
from crawler.fetch.errors import BlockedAddressError
from crawler.fetch.printable import printable
from crawler.fetch.resolver import Resolver


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


async def vetted_addresses(
    host: str, port: int, resolve: Resolver, *, allow_private: bool
) -> tuple[str, ...]:
    """Return the host's addresses; raise BlockedAddressError or NameNotResolvedError."""
    addresses = (host,) if _is_literal(host) else tuple(await resolve(host, port))
    for address in addresses:
        reason = objection(address, allow_private=allow_private)
        if reason:
            named = "" if host == address else f"{printable(host)} leads to "
            raise BlockedAddressError(f"{named}{address}, {reason}")
    return addresses
