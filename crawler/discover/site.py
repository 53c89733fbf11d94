"""Tell whether two addresses belong to one site. Pure."""

from crawler.discover.address import host_of


def same_site(one: str, other: str) -> bool:
    """Return whether both hosts have the same registrable domain."""
    return _domain(host_of(one)) == _domain(host_of(other))


def _domain(host: str) -> str:
    labels = host.split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    return host if labels[-1].isdigit() else ".".join(labels[-keep:])
